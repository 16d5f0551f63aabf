"""What became of a picture of a paper: of taking it, and of sending it to whoever receives it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Attached
from kiosk.ports.photograph import Photograph, PictureTrouble


@dataclass(frozen=True, slots=True)
class PictureWasTaken:
    """None: the camera is lost."""

    ticket: Ticket
    answer: Photograph | PictureTrouble | None


@dataclass(frozen=True, slots=True)
class PictureWasSent:
    ticket: Ticket
    answer: Attached | NotSent | Refused | Unknown
