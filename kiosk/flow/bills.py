"""What is unpaid: which bills, and under which insurance."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.benefits import ChronicRegistration, OnFile
from kiosk.domain.codes import MedType
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, OpenSettlement
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    Event,
    InsuranceChosen,
    Left,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.rules import Rules
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
        case BillsWereSought(_, Bills(), OnFile(stays=stays)) if stays:
            return fail(turn, FaultCode.IN_HOSPITAL)
        case BillsWereSought(_, Bills(batches), on_file):
            return _choose_bill(turn, screen.person, batches, on_file)
        case BillsWereSought(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case BillsWereSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault, can_retry=True)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE, can_retry=True)
        case _:
            return turn


def _choose_bill(turn: Turn, person: Person, batches: tuple[FeeBatch, ...], on_file: OnFile) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(ChoosingBill(ticket, person, batches, on_file))


def choosing_bill(turn: Turn, screen: ChoosingBill, event: Event) -> Turn:
    match event:
        case BillChosen(batch_no):
            chosen = tuple(batch for batch in screen.batches if batch.batch_no == batch_no)
            return _choose_insurance(turn, screen, chosen) if chosen else turn
        case AllBillsChosen():
            return _choose_insurance(turn, screen, screen.batches)
        case Woke():
            return doubt(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Stayed():
            return _choose_bill(turn, screen.person, screen.batches, screen.on_file)
        case _:
            return turn


def _choose_insurance(turn: Turn, screen: ChoosingBill, batches: tuple[FeeBatch, ...]) -> Turn:
    """The hospital may have fixed a bill's insurance; one that can settle needs no question.

    Of bills that leave a choice the question is asked once. A bill that no insurance settles stays unpaid.
    """
    rules = turn.state.rules
    usable = tuple(batch for batch in batches if _usable(screen.person, batch, rules))
    if not usable:
        return fail(turn, _why_not_here(screen.person, batches, rules))
    others = len(screen.batches) - len(usable)
    choices = (_usable(screen.person, batch, rules) for batch in usable)
    rows = next((rows for rows in choices if len(rows) > 1), ())
    if rows:
        turn, ticket = turn.wake(rules.read_page)
        return turn.show(ChoosingInsurance(ticket, screen.person, usable, rows, others, screen.on_file))
    return _open(turn, _under(screen, usable, "", rules), others)


def _usable(person: Person, batch: FeeBatch, rules: Rules) -> tuple[Insurance, ...]:
    """The insurances that can settle this bill here; none for what the province settles at a window only."""
    if batch.med_type in rules.window_med_types:
        return ()
    rows = person.settling(batch.begun.date())
    here = (row for row in rows if row.insutype not in rules.window_insutypes and _known(row, rules))
    return tuple(row for row in here if batch.insutype in {None, row.insutype})


def _known(row: Insurance, rules: Rules) -> bool:
    """Whether the province's table says how a person insured there is settled; a wrong guess is a wrong fund."""
    return not rules.known_areas or row.insuplc_admdvs in rules.known_areas


def _why_not_here(person: Person, batches: tuple[FeeBatch, ...], rules: Rules) -> FaultCode:
    rows = [row for batch in batches for row in person.settling(batch.begun.date())]
    if not rows:
        return FaultCode.INSURANCE_STOPPED
    return FaultCode.WINDOW_ONLY if any(_known(row, rules) for row in rows) else FaultCode.AREA_UNKNOWN


def _under(
    screen: ChoosingBill | ChoosingInsurance, batches: tuple[FeeBatch, ...], insutype: str, rules: Rules
) -> tuple[Bill, ...]:
    """Each bill under the chosen insurance where it may be, else under the first that may settle it."""
    bills: list[Bill] = []
    for batch in batches:
        rows = _usable(screen.person, batch, rules)
        row = next((row for row in rows if row.insutype == insutype), rows[0])
        bills.append(Bill(screen.person, row, batch, chronic=_not_made_chronic(batch, screen.on_file)))
    return tuple(bills)


def _not_made_chronic(batch: FeeBatch, on_file: OnFile) -> tuple[ChronicRegistration, ...]:
    """The diseases on file that an ordinary prescription leaves unused. The kiosk never turns one into the other."""
    if batch.med_type != MedType.OUTPATIENT:
        return ()
    return tuple(row for row in on_file.chronic if row.in_force(batch.begun.date()))


def choosing_insurance(turn: Turn, screen: ChoosingInsurance, event: Event) -> Turn:
    match event:
        case InsuranceChosen(insutype):
            if all(row.insutype != insutype for row in screen.rows):
                return turn
            return _open(turn, _under(screen, screen.batches, insutype, turn.state.rules), screen.others)
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


def _open(turn: Turn, bills: tuple[Bill, ...], others: int) -> Turn:
    """All at once where the province takes one payment for several bills, else the first and the rest behind it."""
    return quote(turn, bills, (), others) if turn.state.rules.together else quote_next(turn, bills, others)


def quote_next(turn: Turn, queue: tuple[Bill, ...], others: int) -> Turn:
    return quote(turn, queue[:1], queue[1:], others)


def quote(turn: Turn, bills: tuple[Bill, ...], queue: tuple[Bill, ...], others: int) -> Turn:
    """Not with a fault that was noticed after the card went in: a reply may have shown that our clock is wrong."""
    fault = standing_fault(turn.state)
    if fault:
        return fail(turn, fault)
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(OpenSettlement(ticket, bills)).show(Quoting(ticket, bills, patience, queue, others))
