"""The states in which a service of the catalogue is shown: each carries in `page` what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.pages import Capture, Choice, Commitment, Form, Guide, Result, Review, Wait
from kiosk.faults import FaultCode
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
from kiosk.flow.ticket import Ticket
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class Guiding:
    """A page of a service that is read: a guide, an answer, what is on file. `ticket` is the page's patience here and
    below, `desk` what the page is about. `slip` waits for the printer, `printed` is what it did.
    """

    ticket: Ticket
    page: Guide
    desk: Reading | Asking | Informed | Detailed
    slip: Ticket | None = None
    printed: SlipResult | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """One field of an application, or the number of the doctor who confirms it."""

    ticket: Ticket
    page: Form
    desk: Filing | Vouching


@dataclass(frozen=True, slots=True)
class Choosing:
    """One of a few: an item, an answer, how a material comes, a level of satisfaction. `scan` waits for a code."""

    ticket: Ticket
    page: Choice
    desk: Browsing | Asking | Filing | Pausing | Resuming | Recounting | Scoring
    scan: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Capturing:
    """A material is photographed. `picture` waits for the camera, then for the receiver."""

    ticket: Ticket
    page: Capture
    desk: Filing
    picture: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Committing:
    """告知承诺 of an application."""

    ticket: Ticket
    page: Commitment
    desk: Filing


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Everything once more before it is handed in, or confirmed."""

    ticket: Ticket
    page: Review
    desk: Filing | Vouching


@dataclass(frozen=True, slots=True)
class Waiting:
    """The office, or the hospital, is asked. `sought`: bytes left and no answer came; `fault`: why it takes so long."""

    ticket: Ticket
    patience: Ticket
    page: Wait
    desk: Opening | Pausing | Submitting | Inquiring | InquiringStopped | Recalling | Vouching
    fault: FaultCode | None = None
    sought: bool = False


@dataclass(frozen=True, slots=True)
class Concluding:
    """What the office said. `slip` waits for the printer, `printed` is what it did."""

    ticket: Ticket
    page: Result
    desk: Lodged
    slip: Ticket | None = None
    printed: SlipResult | None = None


Answering = Guiding | Filling | Choosing | Capturing | Committing | Reviewing
"""Those that wait for the person."""

Served = Guiding | Filling | Choosing | Capturing | Committing | Reviewing | Waiting | Concluding
"""The pages of services from the catalogue: each carries in `page` what it shows."""
