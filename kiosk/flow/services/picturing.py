"""A material that is photographed: taken, judged, sent to the receiver at once, and kept nowhere here."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.catalogue import Material
from kiosk.domain.pages import SILENT, Words
from kiosk.faults import FaultCode
from kiosk.flow import doors
from kiosk.flow.effects import SendPicture, TakePicture
from kiosk.flow.events import (
    DeviceChanged,
    Event,
    Left,
    OtherWayWanted,
    PictureWanted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.picture_events import PictureWasSent, PictureWasTaken
from kiosk.flow.served_states import Capturing
from kiosk.flow.services import filling, parting
from kiosk.flow.services.capture import begin
from kiosk.flow.services.desk import MATERIAL, Filing
from kiosk.flow.turn import Turn, doubt, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Attached
from kiosk.ports.photograph import Photograph, PictureTrouble

_SECONDS = 2.5
"""A hand needs a moment to leave the paper."""


def capturing(turn: Turn, screen: Capturing, event: Event) -> Turn:
    filing, book = screen.desk, turn.state.rules.book
    match event:
        case PictureWanted() if screen.picture is None:
            turn, picture = turn.draw()
            page = replace(screen.page, ready=False, advice=book.say("services.picture.taking"), error=SILENT)
            return turn.ask(TakePicture(picture, _SECONDS)).show(replace(screen, page=page, picture=picture))
        case PictureWasTaken(_, answer):
            return _taken(turn, screen, answer)
        case PictureWasSent(_, answer):
            return _sent(turn, screen, answer)
        case OtherWayWanted() | WentBack():
            return _another_way(turn, filing)
        case DeviceChanged() if doors.gone(turn.state, "document_camera"):
            return _another_way(turn, filing)
        case Left():
            return parting.offer(turn, filing)
        case Woke(ticket) if ticket == screen.ticket:
            page = replace(screen.page, ready=True, advice=SILENT)
            return doubt(turn, replace(screen, picture=None, page=page))
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def _taken(turn: Turn, screen: Capturing, answer: Photograph | PictureTrouble | None) -> Turn:
    filing, book = screen.desk, turn.state.rules.book
    match answer:
        case Photograph():
            turn, picture = turn.draw()
            page = replace(screen.page, advice=book.say("services.picture.sending"))
            turn = turn.ask(SendPicture(picture, filing.person, filing.item.key, _material(filing).key, answer))
            return turn.show(replace(screen, page=page, picture=picture))
        case PictureTrouble():
            return begin(turn, filing, _material(filing), book.say(f"services.picture.{answer}"))
        case None:
            return _another_way(turn, filing)


def _sent(turn: Turn, screen: Capturing, answer: Attached | NotSent | Refused | Unknown) -> Turn:
    """What the receiver will not take is photographed again, with its reason; what did not arrive, too."""
    filing, book = screen.desk, turn.state.rules.book
    match answer:
        case Attached(picture):
            return filling.go_on(turn, filing.with_picture(_material(filing).key, picture))
        case Refused(FaultCode.FILING_REFUSED, reason) if reason:
            return begin(turn, filing, _material(filing), Words(reason))
        case Refused() | NotSent() | Unknown():
            return begin(turn, filing, _material(filing), book.say("services.picture.not_sent"))


def _another_way(turn: Turn, filing: Filing) -> Turn:
    return filling.ask_material(turn, filing, _material(filing))


def _material(filing: Filing) -> Material:
    return next(one for one in filing.materials if f"{MATERIAL}{one.key}" == filing.asked)
