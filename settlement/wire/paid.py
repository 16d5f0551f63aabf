"""Bills that were paid, as the hospital keeps them: at whichever till, so that a kiosk can make their papers again."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.hospital import BookedPayment, DepositPaid, EInvoice, FeeBatch, Key, NextStep, Settler
from settlement.wire.questions import Answered, Question
from settlement.wire.values import LARGEST_FEN, Amount, Given, GivenShown, Shown, ShownOrEmpty

PAID = "/hospital/paid"
REFUNDED = "/hospital/refunded"


class Till(StrEnum):
    """Where a bill was paid."""

    KIOSK = "kiosk"
    PHONE = "phone"
    WINDOW = "window"


class Asker(Message):
    """Whoever asks for the person: read from an ID card of their own, `relation` as they said it."""

    name: str
    certno: str
    relation: str


class PaidQuery(Question):
    """Of the person who was identified, booked on `since` (ISO date) or later. `agent` asks in their place, and the
    hospital writes that down. Where `settled_by` is HIS, what is to be settled again comes as `Bills` would bring it.
    """

    certno: str
    psn_name: str = ""
    psn_no: str = ""
    since: str
    agent: Asker | None = None
    settled_by: Settler = Settler.KIOSK

    @property
    def subject(self) -> str:
        return self.certno


class AtKiosk(Message):
    """What a kiosk needs to give it back itself. `rest` is the bill of the lines that stay, absent where none do: it is
    nobody's to pay before `REFUNDED`. `payments` are all that was collected, each with its order, which is unique.
    """

    rest: FeeBatch | None = None
    payments: Annotated[tuple[DepositPaid, ...], Field(min_length=1)]


class RefundApproved(Message):
    """What the hospital takes back of a bill, after whoever ordered or gave it has agreed: `lines` are feedetl_sn of
    its lines, `total` their sum. `window` are sentences why only a window can pay it back: a receipt on paper was
    issued, it was paid in cash, its channel takes nothing back any more. `at_kiosk` is there only where none of that
    is so.
    """

    approval_no: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    lines: Annotated[tuple[str, ...], Field(min_length=1)]
    total: Amount
    window: tuple[Shown, ...] = ()
    at_kiosk: AtKiosk | None = None


class ClaimEnd(StrEnum):
    """OPEN: the insurer has not said."""

    OPEN = "open"
    PAID = "paid"
    REFUSED = "refused"


class InsurersPart(Message):
    """What an insurer was to pay of it, and whether it did; `bill.policy` says which."""

    amount_fen: Annotated[int, Field(strict=True, gt=0, le=LARGEST_FEN)]
    end: ClaimEnd


class PaidBill(Message):
    """One bill that stands settled and booked.

    `settled` is setlinfo and setldetail as 2207 or 2304 answered them, `msgid` what they answered. `book_key` is the
    key it was booked under. The fiscal receipt is `einvoice`; while it is being issued, `einvoice_at` says where it
    can be looked up instead. `refund` is there only while the hospital takes something of it back.
    """

    bill: FeeBatch
    insuplc_admdvs: str
    msgid: str
    settled: dict[str, Any]
    booked: Annotated[str, StringConstraints(pattern=r"\S")]
    book_key: str = ""
    till: Till
    payments: tuple[BookedPayment, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    einvoice: EInvoice | None = None
    einvoice_at: ShownOrEmpty = ""
    refund: RefundApproved | None = None
    insurer: InsurersPart | None = None


class PaidBills(Answered):
    """Newest first."""

    bills: tuple[PaidBill, ...] = ()


class Refunded(Message):
    """Tells the hospital that the settlement of a paid bill is cancelled under its approval. From here on the bill is
    as if it had not been paid, the rest of it is owed, and the money collected for it waits for the kiosk.
    """

    refund_key: Key
    hold_key: Key
    batch_no: str
    approval_no: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    setl_id: str


class RefundedReply(Message):
    """`refunded` is the hospital's number of it (退费单号). `einvoice` is the red one; while it is being issued,
    `einvoice_at` says where it can be looked up.
    """

    refund_key: str = ""
    refunded: Given = None
    einvoice: EInvoice | None = None
    einvoice_at: ShownOrEmpty = ""
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> RefundedReply:
        if (self.refunded is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self
