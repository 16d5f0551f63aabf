"""What the crowd meets of a stay's day list."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from kiosk.domain.money import Money
from kiosk.domain.stay import FeeDay
from kiosk.flow.day_events import DaysWanted, DayTurned
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.events import BillChosen, Continued, Event, PaperWanted, WentBack
from kiosk.flow.states import ChoosingBill, Explaining, Screen
from tests.support.people import STAY, STAYED

_DAYS = (
    FeeDay(date(2026, 11, 18), Money(200), Money(200)),
    FeeDay(date(2026, 11, 19), STAYED.total - Money(200), STAYED.total),
)
BILL = replace(STAYED, batch_no="B1", stay=replace(STAY, days=_DAYS))
INTENTS: tuple[Event, ...] = (DaysWanted("B1"), DayTurned(later=False), DayTurned(later=True), PaperWanted())
_MOSTLY = 0.85


def wanted(screen: Screen, dice: random.Random, luck: float) -> Event | None:
    """What these pages, and the one that leads to them, wait for."""
    match screen:
        case _ if luck > _MOSTLY:
            return None
        case Explaining(offer=offer) if offer.bills[0].bill.batch.stay is not None:
            return dice.choice((DaysWanted("B1"), Continued()))
        case ChoosingBill(batches=batches) if BILL in batches:
            return dice.choice((BillChosen("B1"), DaysWanted("B1")))
        case ListedDays() | QuotedDays():
            return WentBack()
        case _:
            return None
