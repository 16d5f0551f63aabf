"""The frame around every visit: nobody there, somebody who left, farewell, and what ends a visit early."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow import bills, doors, identify
from kiosk.flow.asking import AskingWhose
from kiosk.flow.events import (
    Continued,
    DeviceChanged,
    Entered,
    Event,
    Left,
    Retried,
    SlipWasPrinted,
    Stayed,
    WentBack,
    WhoseChosen,
    Woke,
)
from kiosk.flow.rules import Door
from kiosk.flow.services import browse
from kiosk.flow.states import Failed, Farewell, OutOfService, Patient
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn, doubt, part, part_with_paper, rest
from kiosk.ports.card_reader import CardInserted, CardRemoved
from kiosk.ports.id_reader import IdCardPlaced


def home(turn: Turn, event: Event) -> Turn:
    fault = doors.all_shut(turn.state)
    if fault:
        return turn.show(OutOfService(fault))
    match event:
        case Entered(door) if door not in turn.state.rules.doors or doors.shut(turn.state, door):
            return turn
        case Entered(Door.SERVICES):
            return browse.begin(_visit(turn))
        case Entered(door):
            return _begin(turn, door)
        case CardInserted() if not doors.shut(turn.state, turn.state.rules.doors[0]):
            return _begin(turn, turn.state.rules.doors[0])
        case IdCardPlaced() if not doors.shut(turn.state, turn.state.rules.doors[0]):
            return _begin(turn, turn.state.rules.doors[0], id_card=True)
        case _:
            return turn


def _begin(turn: Turn, door: Door, *, id_card: bool = False) -> Turn:
    turn = _visit(turn)
    return _ask_whose(turn, door, id_card) if door in turn.state.rules.relatives else _identify(turn, door, id_card)


def _identify(turn: Turn, door: Door, id_card: bool) -> Turn:
    return identify.read_id_card(turn, door) if id_card else identify.begin(turn, door)


def _ask_whose(turn: Turn, door: Door, id_card: bool) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.insert_card)
    return turn.show(AskingWhose(ticket, door, id_card))


def asking_whose(turn: Turn, screen: AskingWhose, event: Event) -> Turn:
    match event:
        case WhoseChosen(whose):
            return _identify(Turn(replace(turn.state, whose=whose), turn.effects), screen.door, screen.id_card)
        case IdCardPlaced():
            return turn.show(replace(screen, id_card=True))
        case Woke():
            return doubt(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Stayed():
            return _ask_whose(turn, screen.door, screen.id_card)
        case _:
            return turn


def _visit(turn: Turn) -> Turn:
    """A new one, with tickets of its own."""
    return Turn(replace(turn.state, ticket=Ticket(turn.state.ticket.visit + 1, 0), wish="", draft=""), turn.effects)


def out_of_service(turn: Turn, screen: OutOfService, _event: Event) -> Turn:
    fault = doors.all_shut(turn.state)
    if fault == screen.fault:
        return turn
    return rest(turn)


def failed(turn: Turn, screen: Failed, event: Event) -> Turn:
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Continued() | Left():
            return part(turn)
        case Retried() if screen.can_retry and screen.person is not None:
            return bills.begin(turn, screen.person)
        case Retried() if screen.can_retry:
            return _again(turn)
        case SlipWasPrinted():
            return turn.show(replace(screen, slip=None))
        case _:
            return turn


def deserted(turn: Turn) -> Turn:
    """Nobody stands there any more: whose page it is, is asked now, not minutes later before somebody else's eyes.

    Whoever comes back taps it on: coming near is not enough, it may be the next person.
    """
    screen = turn.state.screen
    return doubt(turn, screen) if isinstance(screen, Patient) and turn.state.aid is None else turn


def _again(turn: Turn) -> Turn:
    """The way to what the person came for: an item of the catalogue, or the first door."""
    item = turn.state.rules.services.items.get(turn.state.wish)
    return browse.start(turn, item) if item else identify.begin(turn, turn.state.rules.doors[0])


def farewell(turn: Turn, screen: Farewell, event: Event) -> Turn:
    match event:
        case CardRemoved() | DeviceChanged() if screen.card_in and not turn.state.fixtures.card_in:
            turn, ticket = turn.wake(turn.state.rules.farewell_page)
            return turn.show(Farewell(ticket, card_in=False))
        case CardInserted() | IdCardPlaced() if not screen.card_in:
            return home(rest(turn), event)
        case Woke(ticket) if ticket == screen.ticket and screen.card_in:
            turn, ticket = turn.alarm(turn.state.rules.card_left)
            return turn.show(Farewell(ticket, card_in=True, reminded=True))
        case Woke(ticket) if ticket == screen.ticket:
            return rest(turn)
        case Continued() | Left() | Entered() if not screen.card_in:
            return rest(turn)
        case _:
            return turn
