"""One day's rows as hospital and payment service give them to the reconciliation, page by page.

Our own JSON, like the two faces they belong to. Both lists say how things are now: a refund or a cancellation of the
next morning is in them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from settlement.wire.codec import Message
from settlement.wire.hospital import BookedPayment, Fen
from settlement.wire.values import Amount, Day, Text, TextOrEmpty

HOSPITAL_DAY = "/hospital/day"
PAYMENT_DAY = "/pay/day"

LARGEST_PAGE = 1_000


class DayQuery(Message):
    """Rows of settlements of that day, or of orders paid on it; `after` is what the page before ended with."""

    day: Day
    after: str = ""
    limit: Annotated[int, Field(strict=True, gt=0, le=LARGEST_PAGE)] = LARGEST_PAGE


class HospitalRow(Message):
    """A settlement that the hospital booked, whoever sent the 2207. `opter_no` is the till's number there.

    `insuplc_admdvs` says where the person is insured; `undone`: the booking was taken back since. `payments` are
    what was collected for it, `deposits_fen` what a stay's deposits paid of psn_cash_pay, at whichever till,
    `promised_fen` what was promised when it was booked: an insurer's part, and what waits.
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


class DepositRow(Message):
    """A deposit for a stay that a kiosk took on that day, or what it took in an insurer's place; `opter_no` is its
    terminal number.
    """

    deposit_key: TextOrEmpty = ""
    opter_no: TextOrEmpty = ""
    order: Text
    channel: TextOrEmpty = ""
    amount_fen: Fen


class HospitalDay(Message):
    """`after` None: this was the last page. `deposits` are all of that day, and stand on the first page alone."""

    rows: tuple[HospitalRow, ...]
    deposits: tuple[DepositRow, ...] = ()
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


class PaymentDay(Message):
    rows: tuple[PaymentRow, ...]
    after: str | None = None
