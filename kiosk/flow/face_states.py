"""The states of a face check, each a page of its own. The picture of the card lives in them and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.insured import Person
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.flow.ticket import Ticket
from kiosk.ports.face import FaceProgress, Need


@dataclass(frozen=True, slots=True)
class FaceConsent:
    """May the camera look at you? Not ticked for anybody, and the other way is as large on the page.

    `reference` is the card's own picture, None where it gave none: then only that somebody is there can be found.
    """

    ticket: Ticket
    person: Person
    reference: Portrait | None = None


@dataclass(frozen=True, slots=True)
class FaceChecking:
    """The camera looks. `ticket` brings progress and answer, `patience` ends waiting for them, `tries` count from 1."""

    ticket: Ticket
    patience: Ticket
    person: Person
    progress: FaceProgress
    reference: Portrait | None = None
    needs: frozenset[Need] = frozenset()
    tries: int = 1


@dataclass(frozen=True, slots=True)
class FaceAgain:
    """It did not do, for a reason in words: once more, or the other way."""

    ticket: Ticket
    person: Person
    fault: FaultCode
    reference: Portrait | None = None
    needs: frozenset[Need] = frozenset()
    tries: int = 1


@dataclass(frozen=True, slots=True)
class FaceDone:
    """Somebody is there in person; `compared`: and looks like the card's picture. The visit goes on from here."""

    ticket: Ticket
    person: Person
    compared: bool


@dataclass(frozen=True, slots=True)
class FaceElsewhere:
    """The desk looks instead of the camera. `fault` is why, None when the person chose it. The visit is kept."""

    ticket: Ticket
    person: Person
    fault: FaultCode | None = None
