"""Counts what a visit asks of a person, on the loop's thread; it leaves as one `Usage` when the visit is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import get_args

from kiosk.domain.catalogue import Way
from kiosk.domain.filing import CaseState
from kiosk.flow.events import Event, Focused, Intent
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.served_states import Choosing, Concluding, Filling, Guiding, Reviewing
from kiosk.flow.services.desk import Asking, Detailed, Filing, Informed, Lodged, Reading, Scoring
from kiosk.flow.states import (
    AtWindow,
    Explaining,
    Failed,
    Farewell,
    Home,
    Kiosk,
    NextSteps,
    OutOfService,
    Patient,
    Screen,
)
from kiosk.usage import Ended, Usage

SETTLEMENT = "settlement"
ADVICE = "advice"
RIGHTS = "query-rights"
_TOUCHES = tuple(kind for kind in get_args(Intent) if kind is not Focused)
_READ = (*get_args(Patient), Concluding, NextSteps, AtWindow, AtPhone, Failed)
_OVER = (Home, Farewell, OutOfService)
_BROUGHT = {Way.PHOTOGRAPHED, Way.DEFERRED, Way.WINDOW}


@dataclass(slots=True)
class _Count:
    began: float
    item: str = ""
    ended: Ended = Ended.LEFT
    taps: int = 0
    steps: int = 0
    seconds: float = 0.0
    answers: int = 0
    materials: int = 0
    rating: int = 0
    place: tuple[str, str] = ("", "")


class Tally:
    """`write` gets each visit that was about something; who only looked at the list of items is not counted."""

    def __init__(self, write: Callable[[Usage], object], kiosk: str, pack: str) -> None:
        self._write, self._kiosk, self._pack = write, kiosk, pack
        self._count: _Count | None = None

    def saw(self, event: Event, before: Kiosk, after: Kiosk, mono: float, today: date) -> None:
        if after.ticket.visit != before.ticket.visit:
            self._count = _Count(mono)
        count = self._count
        if count is None:
            return
        screen = after.screen
        if count.ended is Ended.LEFT:  # what comes after the answer is thanks and a rating
            _counted(count, event, screen)
            count.seconds = mono - count.began
        _about(count, screen)
        if isinstance(screen, _OVER):
            self._count = None
            if count.item:
                self._write(self._usage(count, today))

    def _usage(self, count: _Count, today: date) -> Usage:
        return Usage(
            today,
            self._kiosk,
            self._pack,
            count.item,
            count.ended,
            count.taps,
            count.steps,
            round(count.seconds, 1),
            count.answers,
            count.materials,
            count.rating,
        )


def _counted(count: _Count, event: Event, screen: Screen) -> None:
    if isinstance(event, _TOUCHES):
        count.taps += 1
    if isinstance(screen, _READ) and count.place != (place := _place(screen)):
        count.place = place
        count.steps += 1


def _place(screen: Screen) -> tuple[str, str]:
    """A question after a question is another page, though of the same kind."""
    desk = getattr(screen, "desk", None)
    asked = desk.asked if isinstance(desk, Filing) else type(desk).__name__
    return type(screen).__name__, asked


def _about(count: _Count, screen: Screen) -> None:
    match screen:
        case Guiding(desk=Informed() | Detailed()):
            count.item, count.ended = count.item or RIGHTS, Ended.ANSWERED
        case Guiding(desk=Asking()):
            count.item, count.ended = count.item or ADVICE, Ended.ANSWERED
        case Guiding(desk=Reading(item)):
            count.item, count.ended = item.key, Ended.LEFT  # an answer read before was not all they came for
        case Concluding(desk=Lodged() as desk):
            _lodged(count, desk)
        case Choosing(desk=Scoring(level=int(level))):
            count.rating = level
        case Explaining():
            count.item = count.item or SETTLEMENT
        case NextSteps():
            count.item, count.ended = SETTLEMENT, Ended.SETTLED
        case AtWindow():
            count.item, count.ended = count.item or SETTLEMENT, Ended.AT_WINDOW
        case Filling(desk=Filing() as filing) | Choosing(desk=Filing() as filing) | Reviewing(desk=Filing() as filing):
            count.item = filing.item.key
        case _:
            pass


def _lodged(count: _Count, desk: Lodged) -> None:
    filing, case = desk.filing, desk.case
    brought = [way for one in filing.materials if (way := filing.way_of(one)) in _BROUGHT]
    count.item, count.answers, count.materials = filing.item.key, len(filing.answers), len(brought)
    if case is None:
        count.ended = Ended.UNKNOWN
    elif case.state in {CaseState.REFUSED, CaseState.NOT_SERVED}:
        count.ended = Ended.REFUSED
    else:
        count.ended = Ended.AT_WINDOW if Way.WINDOW in brought else Ended.FILED
