"""The key server's face: our own JSON by POST, the card's text in and the server's text out.

What a hospital puts behind it is its region's own: the key service of 人社 is reached by other means in each.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import TextOrEmpty

STEP_TWO = "/keys/card"

Proof = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class AskStepTwo(Message):
    """`step1` is the reader's text as it is, fields parted by "|"; `terminal` is the kiosk's number."""

    step1: str
    terminal: str = ""


class StepTwoReply(Message):
    """`step2` for the card, or the sentence why there is none."""

    step2: Proof | None = None
    refused: TextOrEmpty = ""
