"""A refund of an invented person's bill, as the makers of pages and paper get it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName
from kiosk.domain.sid import spoken_number
from kiosk.domain.stay import Back, Deposit, returns_of
from kiosk.domain.visit import Booking, FiscalReceipt, Redress
from kiosk.ports.documents import RefundedBill
from tests.support.paid_bills import BATCH, BOOKING, LINES, MORNING, SETTLEMENT, SID

COLLECTED = (Deposit("TF1-1", Money(1345), MORNING - timedelta(hours=2), "wechat", order="0k3m9x2p7q4w8r1t5y6u0iz2d7"),)
_UNDONE = ("TF2026112300071", BATCH.batch_no, SETTLEMENT.setl_id, "M20261123000071", COLLECTED)
REST = replace(
    BATCH,
    batch_no="B20261123000099",
    lines=(LINES[0], LINES[3]),
    total=LINES[0].amount + LINES[3].amount,
    redress=Redress(*_UNDONE, LINES[1:3]),
)
TAKEN_BACK = replace(BATCH, redress=Redress(*_UNDONE, LINES, whole=True))
"""What stays of a paid bill, and a bill of which nothing stays."""
RED = Booking("T20261123000012", (), FiscalReceipt("00060199", "0000000777", "c0ffee", "https://einvoice.invalid/777"))
BACK = tuple(replace(one, back=Back.RETURNED) for one in returns_of(Money(1000), COLLECTED, SID.lower()))
REFUNDED_BILL = RefundedBill(
    spoken_number(SID),
    PersonName("张三"),
    REST,
    REST.redress or Redress(*_UNDONE),
    RED,
    BACK,
    MORNING,
    replace(
        SETTLEMENT,
        setl_id="S20261123000099",
        amounts=replace(SETTLEMENT.amounts, medfee_sumamt=REST.total, psn_cash_pay=Money(345)),
        details=(),
    ),
    BOOKING,
)
"""A refund that was made: what stays costs 3.45, and ten yuan are back."""
