"""How an insurer's part of a booked bill ended, as the kiosk tells the hospital."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from settlement.wire.codec import Message
from settlement.wire.hospital import FeeBatch, Fen, Key, Prepaid
from settlement.wire.values import GivenShown, TextOrEmpty

CLAIMED = "/hospital/claimed"


class ClaimEnd(StrEnum):
    PAID = "paid"
    REFUSED = "refused"


class Claimed(Message):
    """`claim_no` is the insurer's number where it paid, `reason` its sentence where it did not. `prepaid` is there
    where it did not and a stay has deposits: what they pay of the bill now, and what of each is still left over.
    """

    claim_key: Key
    batch_no: str
    amount_fen: Fen
    end: ClaimEnd
    claim_no: TextOrEmpty = ""
    reason: TextOrEmpty = ""
    prepaid: Prepaid | None = None


class ClaimedReply(Message):
    """`owed` is what the hospital asks the patient for where the insurer refused: one of `Bills` until it is paid, less
    what deposits have paid of it, and none where that is all.
    """

    claim_key: str = ""
    noted: bool | None = None
    owed: FeeBatch | None = None
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> ClaimedReply:
        if (self.noted is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self
