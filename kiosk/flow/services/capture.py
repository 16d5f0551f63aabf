"""The page on which a material is photographed: whether there can be one, and how it begins."""

from __future__ import annotations

from kiosk.domain.catalogue import Material, Way
from kiosk.domain.pages import SILENT, Words
from kiosk.flow import doors
from kiosk.flow.served_states import Capturing
from kiosk.flow.services import wording
from kiosk.flow.services.desk import Filing
from kiosk.flow.turn import Turn


def possible(turn: Turn, wanted: Material) -> bool:
    """Whether this material may be photographed, here and now."""
    there = turn.state.rules.photographs and doors.gone(turn.state, "document_camera") is None
    return there and Way.PHOTOGRAPHED in wanted.ways


def begin(turn: Turn, filing: Filing, wanted: Material, error: Words = SILENT) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    page = wording.capture(filing, wanted, turn.state.rules.book, error)
    return turn.show(Capturing(ticket, page, filing))
