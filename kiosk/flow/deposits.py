"""A deposit for a stay: what the hospital suggests and why, then a payment of its own."""

from __future__ import annotations

from kiosk.flow.events import Continued, Event, Left, MoneyReported, Stayed, WentBack, WindowChosen, Woke
from kiosk.flow.outcome import follow
from kiosk.flow.pay import accept
from kiosk.flow.stay_states import DepositOffered
from kiosk.flow.turn import Turn, doubt, leave, to_window, wait_anew


def offered(turn: Turn, screen: DepositOffered, event: Event) -> Turn:
    match event:
        case Continued():
            return accept(turn, screen)
        case WindowChosen():
            return to_window(turn, screen)
        case Left() | WentBack():
            return leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn
