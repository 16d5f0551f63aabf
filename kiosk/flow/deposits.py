"""A deposit for a stay: what the hospital suggests and why, then a payment of its own."""

from __future__ import annotations

from kiosk.flow.events import Continued, Event, Left, WentBack, WindowChosen
from kiosk.flow.outcome import undecided
from kiosk.flow.pay import accept
from kiosk.flow.stay_states import DepositOffered
from kiosk.flow.turn import Turn, leave, to_window


def offered(turn: Turn, screen: DepositOffered, event: Event) -> Turn:
    match event:
        case Continued():
            return accept(turn, screen)
        case WindowChosen():
            return to_window(turn, screen)
        case Left() | WentBack():
            return leave(turn, screen)
        case _:
            return undecided(turn, screen, event)
