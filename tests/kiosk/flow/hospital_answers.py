"""What the hospital may answer to what a crowd asks of it besides bills, and how answers are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.faults import FaultCode
from kiosk.flow.effects import FindAdmission, FindPaid, PrintAdmissionSlip, PrintAgain, RegisterStay
from kiosk.flow.events import Result, SlipWasPrinted
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.sheets import DaysWerePrinted, PrintDays
from kiosk.flow.stay_events import AdmissionWasSought, StayWasRegistered
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Orders, PaidBills
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown
from tests.support.paid_bills import PAID_BEFORE, REFUNDED
from tests.support.people import ADMISSION, ORDERED, PHONABLE

FAILURES = (NotSent(FaultCode.PLATFORM_UNREACHABLE), Refused(FaultCode.BILL_REFUSED), Unknown(FaultCode.REPLY_BROKEN))

_ON_PHONE = replace(PAID_BEFORE[0], batch=PHONABLE)
Make = Callable[[Ticket], Result]


def each(kind: Callable[[Ticket, Any], Result], *answers: object) -> tuple[Make, ...]:
    def make(answer: object) -> Make:
        return lambda ticket: kind(ticket, answer)

    return tuple(make(answer) for answer in answers)


OF_THE_HOSPITAL: dict[type[Any], tuple[Make, ...]] = {
    FindPaid: each(
        PaidWereSought, PaidBills((*PAID_BEFORE, REFUNDED)), PaidBills(()), PaidBills((_ON_PHONE,)), *FAILURES
    ),
    PrintAgain: each(SlipWasPrinted, SlipPrinted(), SlipUnknown()),
    PrintAdmissionSlip: each(SlipWasPrinted, SlipPrinted(), SlipUnknown()),
    FindAdmission: each(AdmissionWasSought, Orders((ORDERED,)), Orders(()), *FAILURES),
    PrintDays: each(DaysWerePrinted, PagePrinted("1"), SlipPrinted(), PageNotPrinted(FaultCode.PAGE_PAPER_OUT)),
    RegisterStay: each(StayWasRegistered, ADMISSION, replace(ADMISSION, deposit=None), *FAILURES),
}
