"""A stay's day list, leafed through one day at a time, before anything is decided."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.day_door import days_of
from kiosk.flow.day_events import DayTurned
from kiosk.flow.day_states import QuotedDays, ReadingDays
from kiosk.flow.events import Continued, Event, Left, MoneyReported, Stayed, WentBack, Woke
from kiosk.flow.outcome import follow
from kiosk.flow.states import ChoosingBill, Explaining
from kiosk.flow.turn import Turn, doubt, leave


def reading(turn: Turn, screen: ReadingDays, event: Event) -> Turn:
    match event:
        case DayTurned(later):
            return _leaf(turn, screen, screen.at + (1 if later else -1))
        case Continued() | WentBack():
            return _back(turn, screen)
        case Left():
            return leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return _leaf(turn, screen, screen.at)
        case MoneyReported(_, report) if isinstance(screen, QuotedDays):
            return follow(turn, screen, report)
        case _:
            return turn


def _leaf(turn: Turn, screen: ReadingDays, at: int) -> Turn:
    """There is nothing before the first day, nor after the last."""
    if not 0 <= at < days_of(screen.batch):
        return turn
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(replace(screen, ticket=ticket, at=at))


def _back(turn: Turn, screen: ReadingDays) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    if isinstance(screen, QuotedDays):
        return turn.show(Explaining(ticket, screen.money, screen.offer))
    return turn.show(ChoosingBill(ticket, screen.person, screen.batches, screen.on_file))
