"""Which lights are lit: where the page wants a card, a code or a hand. A light never says more than its page does."""

from __future__ import annotations

from kiosk.flow.effects import Guide
from kiosk.flow.paid_states import Reprinting
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.served_states import Choosing, Concluding, Guiding
from kiosk.flow.services.desk import Resuming
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    Farewell,
    Kiosk,
    NextSteps,
    ScanningKey,
    Screen,
)
from kiosk.flow.turn import Turn
from kiosk.ports.guide_light import Spot
from kiosk.ports.receipt_printer import SlipPrinted


def guided(before: Kiosk, turn: Turn) -> Turn:
    """Lights that another page needs are switched with the page."""
    lit = _lit(turn.state)
    return turn if lit == _lit(before) else turn.ask(Guide(lit))


def _lit(kiosk: Kiosk) -> frozenset[Spot]:
    return _of_page(kiosk.screen) if kiosk.rules.guided else frozenset()


def _of_page(screen: Screen) -> frozenset[Spot]:
    match screen:
        case AwaitingCard():
            return frozenset({Spot.CARD, Spot.ID_CARD})
        case AwaitingCode() | ScanningKey() | Choosing(desk=Resuming()):
            return frozenset({Spot.CODE})
        case AtTerminal():
            return frozenset({Spot.BANK_CARD})
        case AtWindow(printed=SlipPrinted()) | Concluding(printed=SlipPrinted()) | Guiding(printed=SlipPrinted()):
            return frozenset({Spot.RECEIPT})
        case Reprinting(printed=SlipPrinted()) | AtPhone(printed=SlipPrinted()):
            return frozenset({Spot.RECEIPT})
        case NextSteps():
            return _papers(screen)
        case Farewell(card_in=True):
            return frozenset({Spot.CARD})
        case _:
            return frozenset()


def _papers(screen: NextSteps) -> frozenset[Spot]:
    """Where a paper lies ready for the hand."""
    ready = {
        Spot.RECEIPT: any(isinstance(one.paper.receipt, SlipPrinted) for one in screen.paid),
        Spot.PAGE: any(one.paper.statement is True for one in screen.paid),
    }
    return frozenset(spot for spot, is_so in ready.items() if is_so)
