"""Which part of the services' flow a page belongs to."""

from __future__ import annotations

from typing import assert_never

from kiosk.flow.events import Event
from kiosk.flow.served_states import (
    Capturing,
    Choosing,
    Committing,
    Concluding,
    Filling,
    Guiding,
    Reviewing,
    Served,
    Waiting,
)
from kiosk.flow.services import browse, doctor, ending, filling, pausing, picturing, records, rights, vouching
from kiosk.flow.services.desk import (
    Asking,
    Browsing,
    Detailed,
    Filing,
    Informed,
    Inquiring,
    InquiringStopped,
    Lodged,
    Opening,
    Pausing,
    Reading,
    Recalling,
    Recounting,
    Resuming,
    Scoring,
    Submitting,
    Vouching,
)
from kiosk.flow.turn import Turn


def serve(turn: Turn, screen: Served, event: Event) -> Turn:
    match screen:
        case Guiding():
            return _guiding(turn, screen, event)
        case Filling(desk=desk):
            if isinstance(desk, Vouching):
                return doctor.numbered(turn, screen, desk, event)
            return filling.filling(turn, screen, desk, event)
        case Choosing():
            return _choosing(turn, screen, event)
        case Capturing():
            return picturing.capturing(turn, screen, event)
        case Committing(desk=Filing() as filing):
            return filling.committing(turn, screen, filing, event)
        case Reviewing(desk=desk):
            if isinstance(desk, Vouching):
                return doctor.reviewing(turn, screen, desk, event)
            return filling.reviewing(turn, screen, desk, event)
        case Waiting():
            return _waiting(turn, screen, event)
        case Concluding(desk=Lodged() as desk):
            return ending.concluding(turn, screen, desk, event)
        case _ as never:
            assert_never(never)


def _guiding(turn: Turn, screen: Guiding, event: Event) -> Turn:
    match screen.desk:
        case Reading() as desk:
            return browse.reading(turn, screen, desk, event)
        case Asking():
            return browse.answered(turn, screen, event)
        case Informed() as desk:
            return rights.informed(turn, screen, desk, event)
        case Detailed() as desk:
            return rights.detailed(turn, screen, desk, event)
        case _ as never:
            assert_never(never)


def _choosing(turn: Turn, screen: Choosing, event: Event) -> Turn:
    match screen.desk:
        case Browsing() as desk if pausing.wanted(turn, desk, event):
            return pausing.resume(turn)
        case Browsing() as desk:
            return browse.browsing(turn, screen, desk, event)
        case Asking():
            return browse.asking(turn, screen, event)
        case Resuming():
            return pausing.resuming(turn, screen, event)
        case Pausing() as desk:
            return pausing.offering(turn, screen, desk, event)
        case Filing() as filing:
            return filling.choosing(turn, screen, filing, event)
        case Recounting() as desk:
            return rights.recounting(turn, screen, desk, event)
        case Scoring() as desk:
            return ending.scoring(turn, screen, desk, event)
        case _ as never:
            assert_never(never)


def _waiting(turn: Turn, screen: Waiting, event: Event) -> Turn:
    match screen.desk:
        case Opening() as desk:
            return filling.opening(turn, desk, event)
        case Pausing() as desk:
            return pausing.leaving(turn, screen, desk, event)
        case Submitting() as desk:
            return ending.submitting(turn, screen, desk, event)
        case Inquiring() as desk:
            return rights.inquiring(turn, screen, desk, event)
        case Recalling() as desk:
            return records.recalling(turn, screen, desk, event)
        case InquiringStopped():
            return rights.inquiring_stopped(turn, screen, event)
        case Vouching(doctor=None) as desk:
            return doctor.seeking(turn, desk, event)
        case Vouching() as desk:
            return vouching.attesting(turn, desk, event)
        case _ as never:
            assert_never(never)


def respoken(turn: Turn, screen: Reviewing) -> Turn:
    """The same review in the language that was just chosen."""
    desk = screen.desk
    return doctor.review(turn, desk) if isinstance(desk, Vouching) else filling.review(turn, desk)
