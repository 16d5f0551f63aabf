"""The frame around every visit: nobody there, somebody who left, farewell, and what ends a visit early."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.faults import CATALOGUE, FaultCode, Severity
from kiosk.flow import identify
from kiosk.flow.effects import DeclineQuote, Effect, Forget, StopScanning, Wake
from kiosk.flow.events import Continued, Entered, Event, Left, Retried, SlipWasPrinted, Stayed, Woke
from kiosk.flow.rules import Door
from kiosk.flow.states import (
    AwaitingCode,
    Cancelling,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    Home,
    Kiosk,
    OutOfService,
    Patient,
    Screen,
    StillThere,
)
from kiosk.flow.ticket import Ticket
from kiosk.ports.card_reader import CardInserted, CardRemoved

_NEEDED_DEVICES = {"card_reader": FaultCode.CARD_READER_GONE, "scanner": FaultCode.SCANNER_GONE}
_STOPPING = {Severity.SETTLEMENT, Severity.KIOSK}


@dataclass(frozen=True, slots=True)
class Turn:
    """A state on its way to the next, with the effects gathered so far."""

    state: Kiosk
    effects: tuple[Effect, ...] = ()

    def show(self, screen: Screen) -> Turn:
        return Turn(replace(self.state, screen=screen), self.effects)

    def ask(self, *effects: Effect) -> Turn:
        return Turn(self.state, self.effects + effects)

    def draw(self) -> tuple[Turn, Ticket]:
        """A fresh ticket of this visit."""
        ticket = self.state.ticket.next()
        return Turn(replace(self.state, ticket=ticket), self.effects), ticket

    def wake(self, seconds: float) -> tuple[Turn, Ticket]:
        """A fresh ticket that comes back after so many seconds."""
        turn, ticket = self.draw()
        return turn.ask(Wake(ticket, seconds)), ticket


def blocking_fault(state: Kiosk) -> FaultCode | None:
    """Why no visit can begin: a far party, the journal or a device without which nothing can be paid."""
    for fault in sorted(state.fixtures.faults):
        if CATALOGUE[fault].severity in _STOPPING:
            return fault
    for name, fault in _NEEDED_DEVICES.items():
        health = state.fixtures.health.get(name)
        if health is not None and not health.usable:
            return fault
    return None


def rest(turn: Turn) -> Turn:
    """Back to nobody: home, or out of service."""
    fault = blocking_fault(turn.state)
    return turn.show(OutOfService(fault) if fault else Home())


def home(turn: Turn, event: Event) -> Turn:
    fault = blocking_fault(turn.state)
    if fault:
        return turn.show(OutOfService(fault))
    match event:
        case Entered(door) if door in turn.state.rules.doors:
            return _begin(turn, door)
        case CardInserted():
            return _begin(turn, turn.state.rules.doors[0])
        case _:
            return turn


def _begin(turn: Turn, door: Door) -> Turn:
    visit = turn.state.ticket.visit + 1
    return identify.begin(Turn(replace(turn.state, ticket=Ticket(visit, 0)), turn.effects), door)


def out_of_service(turn: Turn, screen: OutOfService, _event: Event) -> Turn:
    fault = blocking_fault(turn.state)
    if fault == screen.fault:
        return turn
    return rest(turn)


def fail(turn: Turn, fault: FaultCode, *, number: str | None = None, reason: str = "", can_retry: bool = False) -> Turn:
    """End the visit with an explanation that stays long enough to be read twice."""
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    return turn.show(Failed(ticket, fault, number, reason, can_retry=can_retry))


def failed(turn: Turn, screen: Failed, event: Event) -> Turn:
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return part(turn)
        case Continued() | Left():
            return part(turn)
        case Retried() if screen.can_retry:
            return identify.begin(turn, turn.state.rules.doors[0])
        case SlipWasPrinted():
            return turn.show(replace(screen, slip=None))
        case _:
            return turn


def doubt(turn: Turn, screen: Patient) -> Turn:
    """Nobody touched the page for long: ask before ending the visit."""
    turn, ticket = turn.wake(turn.state.rules.still_there)
    return turn.ask(StopScanning()).show(StillThere(ticket, screen))


def still_there(turn: Turn, screen: StillThere, event: Event) -> Turn:
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return leave(turn, screen.resume)
        case Left():
            return leave(turn, screen.resume)
        case Stayed() | Continued():
            return _resume(turn, screen.resume)
        case _:
            return turn


def _resume(turn: Turn, screen: Patient) -> Turn:
    if isinstance(screen, AwaitingCode):
        from kiosk.flow import pay

        return pay.show_code_page(turn, screen, screen.again)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(replace(screen, ticket=ticket))


def leave(turn: Turn, screen: Patient) -> Turn:
    """The patient stops; a bill that is held is given back first."""
    if isinstance(screen, Explaining | Confirming | AwaitingCode):
        turn, money = turn.draw()
        return turn.ask(StopScanning(), DeclineQuote(money, screen.sid)).show(Cancelling(money))
    return part(turn)


def part(turn: Turn) -> Turn:
    """Forget the visit and say goodbye; a card still in the slot is asked for."""
    visit = turn.state.ticket.visit
    card_in = turn.state.fixtures.card_in
    turn, ticket = turn.wake(turn.state.rules.card_left if card_in else turn.state.rules.farewell_page)
    return turn.ask(Forget(visit)).show(Farewell(ticket, card_in))


def farewell(turn: Turn, screen: Farewell, event: Event) -> Turn:
    match event:
        case CardRemoved() if screen.card_in:
            turn, ticket = turn.wake(turn.state.rules.farewell_page)
            return turn.show(Farewell(ticket, card_in=False))
        case CardInserted() if not screen.card_in:
            return home(rest(turn), event)
        case Woke(ticket) if ticket == screen.ticket and screen.card_in:
            turn, ticket = turn.wake(turn.state.rules.card_left)
            return turn.show(Farewell(ticket, card_in=True, reminded=True))
        case Woke(ticket) if ticket == screen.ticket:
            return rest(turn)
        case Continued() | Left() | Entered() if not screen.card_in:
            return rest(turn)
        case _:
            return turn
