"""Pages of a paid bill of which something is taken back, and of what came of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.offer import Bill, Offer, Quoted
from kiosk.flow.sheets import PaperState
from kiosk.flow.ticket import Ticket
from kiosk.ports.receipt_printer import SlipPrinted
from tests.support import paid_bills, refunded_bills
from tests.support.people import EMPLOYEE, ZHANG

_T = Ticket(1, 1)
_MADE = refunded_bills.REFUNDED_BILL
COLLECTED = refunded_bills.COLLECTED[0].amount


def _offer(batch: FeeBatch) -> Offer:
    return Offer((Quoted(Bill(ZHANG, EMPLOYEE, batch), paid_bills.SID, _MADE.number, None),))


def _paid(batch: FeeBatch) -> at.Paid:
    made = at.Paid(
        Bill(ZHANG, EMPLOYEE, batch),
        paid_bills.SID,
        _MADE.number,
        _MADE.settlement,
        None,
        replace(paid_bills.BOOKING, steps=()),
        _T,
        None,
        PaperState(SlipPrinted()),
    )
    return replace(made, returns=_MADE.returns, unbooked=_MADE.unbooked)


def samples() -> dict[str, at.Screen]:
    whole = replace(_paid(refunded_bills.TAKEN_BACK), settlement=None, booking=_MADE.unbooked)
    later = replace(_MADE.unbooked, receipt=None, receipt_at="医院公众号“电子票据”")
    return {
        "taking-back": at.Confirming(_T, _T, _offer(refunded_bills.REST)),
        "taking-back--whole": at.Confirming(_T, _T, _offer(refunded_bills.TAKEN_BACK)),
        "settling--back": at.Settling(_T, _offer(refunded_bills.REST), _T),
        "next-steps--back": at.NextSteps(_T, (_paid(refunded_bills.REST),)),
        "next-steps--back-whole": at.NextSteps(_T, (replace(whole, unbooked=later, booking=later),)),
        "failed--rest": at.Failed(_T, FaultCode.REST_NOT_SETTLED, _MADE.number, amount=COLLECTED),
    }
