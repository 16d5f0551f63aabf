"""Pages of a stay that is read day by day, and of one whose day list is not its bill."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.settlement import Quote
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.offer import Bill, Offer, Quoted
from kiosk.flow.ticket import Ticket
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from tests.support import insured_stays, long_stay, refund_states
from tests.support.people import EMPLOYEE, ZHANG

_T = Ticket(1, 1)
_OUT = PageNotPrinted(FaultCode.PAGE_PAPER_OUT)
_STAYS = replace(long_stay.STAY, discharged=None, obstacles=("病区还没有办理出院",))
IN_HOSPITAL = replace(long_stay.BATCH, stay=_STAYS)
"""Whoever is still in bed: nothing can be settled, and all can be read."""


def _offer(batch: FeeBatch) -> Offer:
    quote = Quote(long_stay.BILL.settlement.amounts)
    return Offer((Quoted(Bill(ZHANG, EMPLOYEE, batch), long_stay.BILL.sid, long_stay.BILL.number, quote),))


def samples() -> dict[str, at.Screen]:
    """With those of refunds, which bills lead to as well, and of what a discharge leaves open."""
    whole, withheld, wrong = long_stay.BATCH, long_stay.WITHHELD.batch, long_stay.WRONG.batch
    last = len(long_stay.DAYS) - 1
    before = refund_states.samples() | insured_stays.samples()
    return before | {
        "listed-days": ListedDays(_T, ZHANG, (IN_HOSPITAL,), IN_HOSPITAL, last),
        "quoted-days": QuotedDays(_T, _T, _offer(whole), 3),
        "listed-days--printing": ListedDays(_T, ZHANG, (IN_HOSPITAL,), IN_HOSPITAL, 0, slip=_T),
        "listed-days--printed": ListedDays(_T, ZHANG, (IN_HOSPITAL,), IN_HOSPITAL, 1, printed=PagePrinted("1")),
        "listed-days--second": ListedDays(
            _T, ZHANG, (IN_HOSPITAL,), IN_HOSPITAL, 1, printed=PagePrinted("1"), second=True
        ),
        "listed-days--missing": ListedDays(_T, ZHANG, (IN_HOSPITAL,), IN_HOSPITAL, 1, printed=_OUT),
        "quoted-days--first": QuotedDays(_T, _T, _offer(whole), 0),
        "quoted-days--withheld": QuotedDays(_T, _T, _offer(withheld), last),
        "choosing-bill--days": at.ChoosingBill(_T, ZHANG, (IN_HOSPITAL,)),
        "choosing-bill--days-wrong": at.ChoosingBill(_T, ZHANG, (wrong,)),
        "explaining--days": at.Explaining(_T, _T, _offer(whole)),
        "explaining--days-wrong": at.Explaining(_T, _T, _offer(wrong)),
    }
