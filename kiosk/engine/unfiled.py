"""What a page hears of the insurance office where a site has connected none."""

from __future__ import annotations

from kiosk.engine.registry import Order
from kiosk.faults import FaultCode
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import AskAway, AskCases, AskStanding, LeaveDraft, SendPicture
from kiosk.flow.events import AwayWasSought, CasesWereSought, Event, StandingWasSought
from kiosk.flow.picture_events import PictureWasSent
from kiosk.ports.answers import NotSent


def unfiled(effect: Order) -> Event | None:
    """No door to the services opens without an office; the rights are shown without their cases."""
    nobody = NotSent(FaultCode.OFFICE_UNREACHABLE)
    match effect:
        case AskCases(ticket):
            return CasesWereSought(ticket, nobody)
        case AskStanding(ticket):
            return StandingWasSought(ticket, nobody)
        case SendPicture(ticket):
            return PictureWasSent(ticket, nobody)
        case AskAway(ticket):
            return AwayWasSought(ticket, nobody)
        case LeaveDraft(ticket):
            return DraftWasLeft(ticket, nobody)
        case _:
            return None
