"""Pages of a bill that goes to its patient's phone or comes back from there, and of stays and refunds beside them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.benefits import NOTHING_ON_FILE
from kiosk.domain.money import Money
from kiosk.domain.sid import spoken_number
from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.offer import Bill, Offer, Quoted
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone
from kiosk.flow.rules import PayMethod
from kiosk.flow.ticket import Ticket
from kiosk.ports.payment import Way
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted
from tests.support import day_pages, paid_bills
from tests.support.people import EMPLOYEE, HANDED, ZHANG, quote

_T = Ticket(1, 1)
_BATCH = replace(paid_bills.BATCH, phone=True)
_WAITS = replace(_BATCH, handed=HANDED)
_BILL = Bill(ZHANG, EMPLOYEE, _BATCH)
_NUMBER = spoken_number(paid_bills.SID)


def samples() -> dict[str, at.Screen]:
    offer = Offer((Quoted(_BILL, paid_bills.SID, _NUMBER, quote(Money(2610))),))
    methods = (PayMethod("scan"), PayMethod("show", Way.SHOWN, 120.0))
    at_phone = AtPhone(_T, _BILL, paid_bills.SID, _NUMBER, HANDED, _T)
    asking = AskingBack(_T, ZHANG, _WAITS, (_WAITS,), NOTHING_ON_FILE)
    missing = SlipNotPrinted(FaultCode.PAPER_OUT, started=False)
    return day_pages.samples() | {
        "choosing-method--phone": at.ChoosingMethod(_T, _T, offer, methods, phone=True),
        "handing-to-phone": HandingToPhone(_T, offer, _T),
        "at-phone": at_phone,
        "at-phone--printed": replace(at_phone, printed=SlipPrinted()),
        "at-phone--missing": replace(at_phone, printed=missing, handed=replace(HANDED, link="")),
        "asking-back": asking,
        "asking-back--paid": replace(asking, paid=True),
        "choosing-bill--handed": at.ChoosingBill(_T, ZHANG, (_WAITS, paid_bills.BATCH)),
        "failed--phone": at.Failed(_T, FaultCode.PHONE_UNKNOWN, _NUMBER, slip=_T),
    }
