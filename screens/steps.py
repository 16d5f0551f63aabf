"""The four steps of a visit as the step bar names them; of a refund the third pays back."""

from __future__ import annotations

from kiosk.flow.states import (
    Cancelling,
    Collecting,
    Confirming,
    NextSteps,
    Quoting,
    Screen,
    Settling,
    StillAsking,
)

OF_A_VISIT = ("card", "check", "pay", "take")
OF_A_REFUND = ("card", "check", "back", "take")


def steps(screen: Screen) -> tuple[str, ...]:
    return OF_A_REFUND if _gives_back(screen) else OF_A_VISIT


def _gives_back(screen: Screen) -> bool:
    match screen:
        case Quoting(bills=(bill, *_)):
            return bill.batch.redress is not None
        case Confirming() | Collecting() | Settling() | StillAsking() | Cancelling():
            return screen.offer.redress is not None
        case NextSteps(paid=(one, *_)):
            return one.bill.batch.redress is not None
        case _:
            return False
