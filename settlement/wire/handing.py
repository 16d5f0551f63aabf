"""A bill that a kiosk hands to its patient's phone, and one that comes back from there.

The hospital's mobile service is the one that the mobile payment centre knows: it uploads the bill (6201), has it paid
(6202) and withdraws it (6401). A kiosk only says who may.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from settlement.wire.codec import Message
from settlement.wire.values import GivenShown, Shown, TextOrEmpty

HAND_OVER = "/hospital/hand_over"


class OnPhone(Message):
    """Of an unpaid bill: it waits on a phone. `until` (ISO 8601, +08:00) is when it stops doing so by itself; `where`
    is where on the phone, in words that a patient can follow; `link` opens that place. `number` is the order's.
    """

    until: str
    where: Shown
    number: Shown
    link: TextOrEmpty = ""


class TooLate(StrEnum):
    """Why a bill cannot be taken back from a phone."""

    PAYING = "paying"
    PAID = "paid"


class HandOver(Message):
    """The bill that is held under `hold_key` goes to its patient's phone: from the answer on the phone alone may pay
    it, and that hold is over. `hand_key` makes a repeat the same.
    """

    hand_key: str
    hold_key: str
    batch_no: str


class HandOverReply(Message):
    hand_key: str = ""
    handed: OnPhone | None = None
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> HandOverReply:
        if (self.handed is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self
