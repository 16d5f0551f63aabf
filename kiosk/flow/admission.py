"""Registering a stay that a doctor ordered, and then its deposit. The hospital registers; it costs nothing."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.admission import Admission, AdmissionOrder, Seen
from kiosk.domain.insured import Person
from kiosk.faults import FaultCode
from kiosk.flow import bills
from kiosk.flow.effects import FindAdmission, PrintAdmissionSlip, RegisterStay
from kiosk.flow.events import (
    Continued,
    Event,
    Left,
    SlipWasPrinted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.stay_events import AdmissionWasSought, StayWasRegistered
from kiosk.flow.stay_states import AdmissionOffered, Admitted, Admitting, FindingAdmission
from kiosk.flow.turn import Turn, doubt, fail, part, part_with_paper, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Orders


def begin(turn: Turn, person: Person, seen: Seen) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(FindAdmission(ticket, person)).show(FindingAdmission(ticket, person, patience, seen))


def finding(turn: Turn, screen: FindingAdmission, event: Event) -> Turn:
    match event:
        case AdmissionWasSought(_, Orders(())):
            return fail(turn, FaultCode.NO_ADMISSION)
        case AdmissionWasSought(_, Orders(orders)):
            return _offer(turn, screen.person, orders[0], screen.seen)
        case AdmissionWasSought(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case AdmissionWasSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE)
        case _:
            return turn


def _offer(turn: Turn, person: Person, order: AdmissionOrder, seen: Seen) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(AdmissionOffered(ticket, person, order, seen))


def offered(turn: Turn, screen: AdmissionOffered, event: Event) -> Turn:
    match event:
        case Continued() if screen.order.obstacles:  # done meanwhile? then it is offered anew
            return begin(turn, screen.person, screen.seen)
        case Continued():
            return _register(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return _offer(turn, screen.person, screen.order, screen.seen)
        case _:
            return turn


def _register(turn: Turn, screen: AdmissionOffered) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    turn = turn.ask(RegisterStay(ticket, screen.person, screen.order.number, screen.seen))
    return turn.show(Admitting(ticket, screen.person, screen.order, patience, screen.seen))


def registering(turn: Turn, screen: Admitting, event: Event) -> Turn:
    """Without an answer the page before comes back: pressed again, it asks for the same stay."""
    match event:
        case StayWasRegistered(_, Admission() as admission):
            return _done(turn, screen, _spared(turn, screen.person, admission))
        case StayWasRegistered(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case StayWasRegistered(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE)
        case _:
            return turn


def _spared(turn: Turn, person: Person, admission: Admission) -> Admission:
    """Whoever is treated first and pays later never sees a deposit."""
    asked = (admission.deposit,) if admission.deposit else ()
    return admission if bills.spared(turn, person, asked) == asked else replace(admission, deposit=None)


def _done(turn: Turn, screen: Admitting, admission: Admission) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    turn = turn.ask(PrintAdmissionSlip(slip, screen.person, admission))
    return turn.show(Admitted(ticket, screen.person, admission, slip))


def admitted(turn: Turn, screen: Admitted, event: Event) -> Turn:
    match event:
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case Continued() if screen.admission.deposit is not None and screen.person.insurances:
            return bills.quote_deposit(turn, screen.person, screen.admission.deposit)
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Continued() | Left():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn
