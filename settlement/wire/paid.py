"""Bills that were paid, as the hospital keeps them: at whichever till, so that a kiosk can make their papers again."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.hospital import BookedPayment, EInvoice, FeeBatch, NextStep
from settlement.wire.values import Amount, TextOrEmpty

PAID = "/hospital/paid"


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


class PaidQuery(Message):
    """Of the person who was identified, booked on `since` (ISO date) or later. `agent` asks in their place, and the
    hospital writes that down.
    """

    certno: str
    psn_name: str = ""
    psn_no: str = ""
    since: str
    agent: Asker | None = None


class RefundApproved(Message):
    """What the hospital takes back of a bill, after whoever ordered or gave it has agreed: `lines` are feedetl_sn of
    its lines, `total` their sum. `window` are sentences why only a window can pay it back: a receipt on paper was
    issued, it was paid in cash, its channel takes nothing back any more.
    """

    approval_no: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    lines: Annotated[tuple[str, ...], Field(min_length=1)]
    total: Amount
    window: tuple[str, ...] = ()


class ClaimEnd(StrEnum):
    """OPEN: the insurer has not said."""

    OPEN = "open"
    PAID = "paid"
    REFUSED = "refused"


class InsurersPart(Message):
    """What an insurer was to pay of it, and whether it did; `bill.policy` says which."""

    amount_fen: Annotated[int, Field(strict=True, gt=0)]
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
    booked: str
    book_key: str = ""
    till: Till
    payments: tuple[BookedPayment, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    einvoice: EInvoice | None = None
    einvoice_at: TextOrEmpty = ""
    refund: RefundApproved | None = None
    insurer: InsurersPart | None = None


class PaidBills(Message):
    """Newest first."""

    bills: tuple[PaidBill, ...] = ()
