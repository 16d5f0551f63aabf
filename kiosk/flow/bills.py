"""What is unpaid: which bill, and under which insurance."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.insured import Insurance, Person
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, OpenSettlement
from kiosk.flow.events import BillChosen, BillsWereSought, Event, InsuranceChosen, Left, Stayed, WentBack, Woke
from kiosk.flow.states import Bill, ChoosingBill, ChoosingInsurance, FindingBills, Quoting
from kiosk.flow.turn import Turn, doubt, fail, part, standing_fault
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills


def begin(turn: Turn, person: Person) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(FindBills(ticket, person)).show(FindingBills(ticket, person, patience))


def finding_bills(turn: Turn, screen: FindingBills, event: Event) -> Turn:
    match event:
        case BillsWereSought(_, Bills(())):
            return fail(turn, FaultCode.NO_BILL)
        case BillsWereSought(_, Bills(batches)):
            return _choose_bill(turn, screen.person, batches)
        case BillsWereSought(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case BillsWereSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault, can_retry=True)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE, can_retry=True)
        case _:
            return turn


def _choose_bill(turn: Turn, person: Person, batches: tuple[FeeBatch, ...]) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(ChoosingBill(ticket, person, batches))


def choosing_bill(turn: Turn, screen: ChoosingBill, event: Event) -> Turn:
    match event:
        case BillChosen(batch_no):
            chosen = [batch for batch in screen.batches if batch.batch_no == batch_no]
            return _choose_insurance(turn, screen, chosen[0]) if chosen else turn
        case Woke():
            return doubt(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Stayed():
            return _choose_bill(turn, screen.person, screen.batches)
        case _:
            return turn


def _choose_insurance(turn: Turn, screen: ChoosingBill, batch: FeeBatch) -> Turn:
    """The hospital may have fixed the insurance; one that can settle needs no question."""
    rows, others = _usable(screen.person, batch), len(screen.batches) - 1
    if len(rows) > 1:
        turn, ticket = turn.wake(turn.state.rules.read_page)
        return turn.show(ChoosingInsurance(ticket, screen.person, batch, rows, others))
    for row in rows:
        return _open(turn, Bill(screen.person, row, batch, others))
    return fail(turn, FaultCode.INSURANCE_STOPPED)


def _usable(person: Person, batch: FeeBatch) -> tuple[Insurance, ...]:
    rows = person.settling(batch.begun.date())
    return tuple(row for row in rows if batch.insutype in {None, row.insutype})


def choosing_insurance(turn: Turn, screen: ChoosingInsurance, event: Event) -> Turn:
    match event:
        case InsuranceChosen(insutype):
            chosen = [row for row in screen.rows if row.insutype == insutype]
            return _open(turn, Bill(screen.person, chosen[0], screen.batch, screen.others)) if chosen else turn
        case Woke():
            return doubt(turn, screen)
        case WentBack():
            return begin(turn, screen.person)
        case Left():
            return part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def _open(turn: Turn, bill: Bill) -> Turn:
    """Not with a fault that was noticed after the card went in: a reply may have shown that our clock is wrong."""
    fault = standing_fault(turn.state)
    if fault:
        return fail(turn, fault)
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(OpenSettlement(ticket, bill)).show(Quoting(ticket, bill, patience))
