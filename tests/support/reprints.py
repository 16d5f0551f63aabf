"""Sample states of whoever wants the papers of what was paid before."""

from __future__ import annotations

from kiosk.faults import FaultCode
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, OfPaid, Reprinting
from kiosk.flow.rules import Door
from kiosk.flow.ticket import Ticket
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted
from tests.support import paid_bills
from tests.support.people import ZHANG


def reprints(at: Ticket) -> dict[str, OfPaid]:
    """By name, in the order of a visit; all wait for `at`."""
    return {
        "finding-paid": FindingPaid(at, ZHANG, at),
        "choosing-paid": ChoosingPaid(at, ZHANG, paid_bills.PAID_BEFORE),
        "reprinting": Reprinting(at, ZHANG, paid_bills.PAID_BEFORE[0], at, paid_bills.PAID_BEFORE, SlipPrinted()),
        "reprinting--pending": Reprinting(at, ZHANG, paid_bills.PAID_BEFORE[1], at, paid_bills.PAID_BEFORE[1:2]),
        "reprinting--first": Reprinting(
            at, ZHANG, paid_bills.PAID_BEFORE[1], at, paid_bills.PAID_BEFORE[1:2], first=True, others=1
        ),
        "choosing-paid--refund": ChoosingPaid(at, ZHANG, (paid_bills.REFUNDED,), Door.REFUND),
        "refunding": Reprinting(at, ZHANG, paid_bills.REFUNDED, at, (paid_bills.REFUNDED,), door=Door.REFUND),
        "refunding--too-old": Reprinting(at, ZHANG, paid_bills.TOO_OLD, at, (), door=Door.REFUND),
        "refunding--missing": Reprinting(
            at, ZHANG, paid_bills.REFUNDED, at, (), SlipNotPrinted(FaultCode.PAPER_OUT, started=False), door=Door.REFUND
        ),
        "reprinting--official": Reprinting(
            at, ZHANG, paid_bills.PAID_BEFORE[0], at, (), SlipPrinted(), official=at, sheet=PagePrinted("1")
        ),
        "reprinting--no-official": Reprinting(
            at,
            ZHANG,
            paid_bills.PAID_BEFORE[0],
            at,
            (),
            SlipPrinted(),
            official=at,
            sheet=PageNotPrinted(FaultCode.OFFICIAL_NOT_MADE),
        ),
        "reprinting--missing": Reprinting(
            at, ZHANG, paid_bills.PAID_BEFORE[2], at, (), SlipNotPrinted(FaultCode.PAPER_OUT, started=False)
        ),
    }
