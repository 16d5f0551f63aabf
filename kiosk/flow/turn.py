"""A state on its way to the next, and the turns that every flow may take: fail, wait anew, doubt, leave, part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.domain.insured import Person
from kiosk.faults import FaultCode
from kiosk.flow import doors
from kiosk.flow.access_states import Access
from kiosk.flow.day_states import QuotedDays
from kiosk.flow.effects import DeclineQuote, Effect, Forget, StopScanning, Wake
from kiosk.flow.face_states import FaceDone, FaceElsewhere
from kiosk.flow.insurer_states import AskingInsurer, InsurerAsked, InsurerRefused
from kiosk.flow.paid_states import Reprinting
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.rules import Look, Whose
from kiosk.flow.served_states import Concluding
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCode,
    Cancelling,
    ChoosingMethod,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    Home,
    Kiosk,
    NextSteps,
    OutOfService,
    Patient,
    Screen,
    ShowingCode,
    StillThere,
)
from kiosk.flow.stay_states import Admitted, DepositOffered
from kiosk.flow.ticket import Ticket
from kiosk.ports.payment import Way


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
        """A fresh ticket that comes back after so many seconds, or as many more as this person needs."""
        return self.alarm(self.state.patience(seconds))

    def alarm(self, seconds: float) -> tuple[Turn, Ticket]:
        """A fresh ticket that comes back after so many seconds, whoever is there."""
        turn, ticket = self.draw()
        return turn.ask(Wake(ticket, seconds)), ticket

    def patience(self) -> tuple[Turn, Ticket]:
        """A ticket that comes back when a device or a far party should long have answered."""
        return self.alarm(self.state.rules.machine_answers)

    def gone(self, device: str) -> FaultCode | None:
        """The fault of a needed device that cannot be used now."""
        return doors.gone(self.state, device)

    def lacks(self, way: Way) -> FaultCode | None:
        """Why nobody can pay in this way now."""
        return doors.lacks(self.state, way)


def rest(turn: Turn) -> Turn:
    """Back to nobody, as for whoever comes next: home, or out of service."""
    fault = doors.all_shut(turn.state)
    access = Access(speaking=turn.state.fixtures.headset)  # one still in its socket is still listened to
    state = replace(turn.state, look=Look.STANDARD, covered=False, whose=Whose.SELF, wish="", draft="", access=access)
    turn = Turn(state, turn.effects)
    return turn.show(OutOfService(fault) if fault else Home())


def fail(
    turn: Turn,
    fault: FaultCode,
    *,
    number: str | None = None,
    reason: str = "",
    can_retry: bool = False,
    person: Person | None = None,
) -> Turn:
    """End the visit with an explanation that stays long enough to be read twice.

    With `person` a try again begins at their bills: nobody is asked twice in one visit who they are.
    """
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    return turn.show(Failed(ticket, fault, number, reason, can_retry=can_retry, person=person))


LastPage = NextSteps | AtWindow | AtPhone | Failed | Admitted | Reprinting
"""The pages that end a visit, with what is printed for it."""
Reading = Patient | StillThere | LastPage | InsurerRefused | FaceDone | FaceElsewhere | Concluding
"""The pages that end when nobody answers them."""


def wait_anew(turn: Turn, screen: Reading, seconds: float) -> Turn:
    """Somebody is still there, or comes back to the page: it begins its patience anew.

    The ticket is a new one, so the end of the patience it had before is not heard any more.
    """
    turn, ticket = turn.wake(seconds)
    return turn.show(replace(screen, ticket=ticket))


def doubt(turn: Turn, screen: Patient) -> Turn:
    """Nobody touched the page for long: ask before ending the visit."""
    turn, ticket = turn.wake(turn.state.rules.still_there)
    return turn.ask(StopScanning()).show(StillThere(ticket, screen))


Held = (
    Explaining
    | QuotedDays
    | Confirming
    | DepositOffered
    | InsurerAsked
    | ChoosingMethod
    | AwaitingCode
    | ShowingCode
    | AtTerminal
)
"""The pages from which one may leave while bills are held."""


def leave(
    turn: Turn, screen: Patient | AskingInsurer | ShowingCode | AtTerminal, fault: FaultCode | None = None
) -> Turn:
    """The patient stops, or a fault stops them; a bill that is held is given back first, an open order closed."""
    if isinstance(screen, Held):
        return _give_back(turn, screen, fault)
    return fail(turn, fault) if fault else part(turn)


def to_window(
    turn: Turn, screen: Confirming | DepositOffered | ChoosingMethod | AwaitingCode | ShowingCode | AtTerminal
) -> Turn:
    """The bills are given back first: a window can charge only what nobody holds."""
    return _give_back(turn, screen, window=True)


def _give_back(turn: Turn, screen: Held, fault: FaultCode | None = None, *, window: bool = False) -> Turn:
    turn, money = turn.draw()
    turn, patience = turn.alarm(turn.state.rules.patient_waits)
    turn = turn.ask(StopScanning(), DeclineQuote(money, screen.offer.sids))
    return turn.show(Cancelling(money, patience, screen.offer, fault, window=window))


def part_with_paper(turn: Turn, screen: LastPage) -> Turn:
    """Its patience is over: while a printer is still at work the page stays, once, as long as a printer may take."""
    if screen.late or not screen.printing:
        return part(turn)
    turn, ticket = turn.patience()
    return turn.show(replace(screen, ticket=ticket, late=True))


def part(turn: Turn) -> Turn:
    """Forget the visit and say goodbye; a card still in the slot is asked for."""
    visit = turn.state.ticket.visit
    card_in = turn.state.fixtures.card_in
    access = replace(turn.state.access, offered=False)  # it came of the person's age
    turn = Turn(replace(turn.state, access=access, wish="", draft=""), turn.effects)
    turn, ticket = turn.alarm(turn.state.rules.card_left if card_in else turn.state.rules.farewell_page)
    return turn.ask(Forget(visit)).show(Farewell(ticket, card_in))
