"""One day's rows as hospital, payment service and insurer give them to the reconciliation, page by page.

Our own JSON, like the faces they belong to. All lists say how things are now: a refund or a cancellation of the
next morning is in them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from settlement.wire.codec import Message
from settlement.wire.hospital import BookedPayment, Fen
from settlement.wire.insurer import ClaimStatus
from settlement.wire.paid import ClaimEnd
from settlement.wire.values import Amount, Day, Text, TextOrEmpty

HOSPITAL_DAY = "/hospital/day"
INSURER_DAY = "/insurer/day"
PAYMENT_DAY = "/pay/day"

LARGEST_PAGE = 1_000


class DayQuery(Message):
    """Rows of settlements of that day, or of orders paid on it; `after` is what the page before ended with."""

    day: Day
    after: str = ""
    limit: Annotated[int, Field(strict=True, gt=0, le=LARGEST_PAGE)] = LARGEST_PAGE


class ClaimNoted(Message):
    """An insurer's part of a booking: what the hospital was told of it. OWED in its place is refused here as well."""

    claim_key: str
    amount_fen: Fen
    end: ClaimEnd


class HospitalRow(Message):
    """A settlement that the hospital booked, whoever sent the 2207. `opter_no` is the till's number there.

    `insuplc_admdvs` says where the person is insured; `undone`: the booking was taken back since. `payments` are
    what was collected for it, `deposits_fen` what a stay's deposits paid of psn_cash_pay, at whichever till,
    `promised_fen` what was promised when it was booked: an insurer's part, and what waits. `deferred_fen` is the latter
    alone, `claims` what the hospital knows of the former; `receipt` the number of the fiscal receipt, "" while it is
    being issued. None is not told, and then not compared.
    """

    book_key: TextOrEmpty = ""
    setl_id: Text
    msgid: TextOrEmpty = ""
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    insutype: TextOrEmpty = ""
    clr_type: TextOrEmpty = ""
    clr_optins: TextOrEmpty = ""
    insuplc_admdvs: TextOrEmpty = ""
    opter_no: TextOrEmpty = ""
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    acct_pay: Amount
    psn_cash_pay: Amount
    payments: tuple[BookedPayment, ...] = ()
    deposits_fen: Fen = 0
    promised_fen: Fen = 0
    undone: bool = False
    deferred_fen: Fen | None = None
    claims: tuple[ClaimNoted, ...] | None = None
    receipt: TextOrEmpty | None = None


class DepositRow(Message):
    """A deposit for a stay that a kiosk took on that day, or what it took in an insurer's place; `opter_no` is its
    terminal number.
    """

    deposit_key: TextOrEmpty = ""
    opter_no: TextOrEmpty = ""
    order: Text
    channel: TextOrEmpty = ""
    amount_fen: Fen


class ReturnedRow(Message):
    """What a kiosk paid back on that day of a payment made before: a stay's deposit, or what was collected for a bill
    that was taken back. `returns_key` is that with which it told the hospital, `opter_no` its terminal number.
    """

    returns_key: str
    opter_no: TextOrEmpty = ""
    order: Text
    channel: TextOrEmpty = ""
    amount_fen: Fen


class TakenBackRow(Message):
    """A booking that was taken back on that day by whichever till, of a settlement of `settled_on`. `red` is the number
    of the red receipt, "" while it is being issued. `orders` are the payments that were made for it: what of them goes
    back without a kiosk is the till's that took it back.
    """

    refund_key: TextOrEmpty = ""
    opter_no: TextOrEmpty = ""
    setl_id: Text
    settled_on: Day
    red: TextOrEmpty = ""
    orders: tuple[str, ...] = ()


class HandedState(StrEnum):
    """Where a bill is that a kiosk handed to a phone. PAYING: the insurance's part is settled there, the rest is not
    paid; UNDONE: it was paid there and taken back since; LAPSED: its time is over, and nobody paid it there; BACK: a
    till took it from the phone.
    """

    WAITING = "waiting"
    PAYING = "paying"
    PAID = "paid"
    UNDONE = "undone"
    LAPSED = "lapsed"
    BACK = "back"


class HandedRow(Message):
    """A bill that a kiosk handed to a phone on that day, and how it stands now, whatever day it was paid on. `hand_key`
    is that of `/hospital/hand_over`, `setl_id` what the phone settled of it; "" where that is nothing, or was undone
    without ever having been booked.
    """

    hand_key: str
    batch_no: TextOrEmpty = ""
    state: HandedState
    setl_id: TextOrEmpty = ""


class HospitalDay(Message):
    """`after` None: this was the last page. `deposits` are all of that day, and stand on the first page alone; so do
    `returned`, `taken_back` and `handed`, None where the hospital does not tell them.
    """

    rows: tuple[HospitalRow, ...]
    deposits: tuple[DepositRow, ...] = ()
    returned: tuple[ReturnedRow, ...] | None = None
    taken_back: tuple[TakenBackRow, ...] | None = None
    handed: tuple[HandedRow, ...] | None = None
    after: str | None = None


class PaymentRefund(Message):
    refund_order: str
    amount_fen: Fen


class PaymentRow(Message):
    """A paid order with every refund made of it so far."""

    order: str
    terminal: TextOrEmpty = ""
    channel: TextOrEmpty = ""
    amount_fen: Fen
    refunds: tuple[PaymentRefund, ...] = ()


class DayRefund(Message):
    """A refund made on that day, of an order paid whenever; `terminal` and `channel` are the order's."""

    refund_order: str
    order: str
    terminal: TextOrEmpty = ""
    channel: TextOrEmpty = ""
    amount_fen: Fen


class PaymentDay(Message):
    """`refunds` are all of that day, on the first page alone; None where the service does not list them."""

    rows: tuple[PaymentRow, ...]
    refunds: tuple[DayRefund, ...] | None = None
    after: str | None = None


class ClaimRow(Message):
    """A claim first made on that day, and how it stands now; `key` is that of `/insurer/settle`."""

    key: str
    setl_id: TextOrEmpty = ""
    amount_fen: Fen
    status: ClaimStatus
    claim_no: TextOrEmpty = ""


class InsurerDay(Message):
    rows: tuple[ClaimRow, ...]
    after: str | None = None
