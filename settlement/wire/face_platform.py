"""The province's face service: our own JSON by POST, for whatever a province puts behind the hospital's front.

Pictures travel as Base64 of PNG files. Nothing here is sent without the person's second consent.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import TextOrEmpty

PORTRAIT = "/face/portrait"
JUDGE = "/face/judge"

Base64 = Annotated[str, StringConstraints(min_length=1, max_length=8_000_000, pattern=r"^[A-Za-z0-9+/]+={0,2}$")]


class AskPortrait(Message):
    """Whose enrolled photograph is wanted; `terminal` is the kiosk's number."""

    psn_no: str
    certno: str
    terminal: str = ""


class PortraitReply(Message):
    """`portrait` is a picture file, or there is a sentence why none is given."""

    portrait: Base64 | None = None
    refused: TextOrEmpty = ""


class AskJudgement(Message):
    """`frames` in the order they were taken; `purpose` is presence, admission or proxy."""

    psn_no: str
    certno: str
    purpose: str
    frames: list[Base64] = Field(min_length=1, max_length=8)
    terminal: str = ""


class JudgementReply(Message):
    """`auth_no`: this person, alive. Else a sentence."""

    auth_no: str | None = None
    refused: TextOrEmpty = ""
