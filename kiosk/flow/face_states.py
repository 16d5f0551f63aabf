"""The states of a face check, each a page of its own. The picture of the card lives in them and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.insured import Person, VoucherIdentity
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.flow.services.desk import Vouching
from kiosk.flow.ticket import Ticket
from kiosk.ports.face import FaceProgress, Need


class Asks(StrEnum):
    """What consent is asked for: that our camera looks, that the province's service may be asked besides, that the
    certified terminal looks, that our camera looks at somebody who came for the patient, or at the doctor who confirms,
    or that the certified terminal looks so that a settlement may rest on its word.
    """

    OURS = "ours"
    SECOND = "second"
    CERTIFIED = "certified"
    AGENT = "agent"
    DOCTOR = "doctor"
    SETTLING = "settling"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody told and allowed on the page of consent, kept for a second try. `agent`: they came for another;
    `vouching`: they are the doctor who confirms a case; `settling`: they pay on the terminal's word, else with a card.
    """

    needs: frozenset[Need] = frozenset()
    seconded: bool = False
    agent: bool = False
    vouching: Vouching | None = None
    settling: bool = False


NOTHING_MORE = Agreed()
AMISS = frozenset({FaultCode.FACE_NOT_SAME, FaultCode.FACE_NOT_AUTHORISED})
"""What the certified terminal found of whoever wanted to pay: somebody looks. Without any of it the card does."""


@dataclass(frozen=True, slots=True)
class FaceAgent:
    """Whoever came for `person` lays down an ID card of their own: their face is compared with that, never with the
    patient's. `reading` brings the card, `again` says why the last did not do, `patients`: it was the patient's.
    """

    ticket: Ticket
    person: Person
    reading: Ticket | None = None
    again: FaultCode | None = None
    patients: bool = False


@dataclass(frozen=True, slots=True)
class FaceConsent:
    """May the camera look at you? Not ticked for anybody, and the other way is as large on the page.

    `reference` is the card's own picture, None where it gave none: then only that somebody is there can be found.
    """

    ticket: Ticket
    person: Person
    reference: Portrait | None = None
    asks: Asks = Asks.OURS
    vouching: Vouching | None = None


@dataclass(frozen=True, slots=True)
class FaceChecking:
    """The camera looks. `ticket` brings progress and answer, `patience` ends waiting for them, `tries` count from 1.

    `elsewhere`: it is the certified terminal that looks, with its own camera beside this screen.
    """

    ticket: Ticket
    patience: Ticket
    person: Person
    progress: FaceProgress
    reference: Portrait | None = None
    agreed: Agreed = NOTHING_MORE
    tries: int = 1
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class FaceAgain:
    """It did not do, for a reason in words: once more, or the other way."""

    ticket: Ticket
    person: Person
    fault: FaultCode
    reference: Portrait | None = None
    agreed: Agreed = NOTHING_MORE
    tries: int = 1


@dataclass(frozen=True, slots=True)
class FaceDone:
    """Somebody is there in person; `compared`: and looks like the picture. The visit goes on from here.

    `authorised`: not our camera says so but a provider on whose word a settlement may rest. `holder`: whom it names,
    and the token with which what follows is settled.
    """

    ticket: Ticket
    person: Person
    compared: bool
    authorised: bool = False
    agent: bool = False
    holder: VoucherIdentity | None = None


@dataclass(frozen=True, slots=True)
class FaceElsewhere:
    """Somebody looks instead of the camera. `fault` is why, None when the person chose it. The visit is kept. `doctor`:
    it was a doctor who would have confirmed, and the hospital's own system still can.

    `goes_on`: nothing was found amiss, so the stay is registered here all the same, and the ward looks at the card.
    """

    ticket: Ticket
    person: Person
    fault: FaultCode | None = None
    doctor: bool = False
    goes_on: bool = False


FaceAsking = FaceAgent | FaceConsent | FaceAgain
"""Those in which the kiosk waits for somebody."""
OfFace = FaceAsking | FaceChecking | FaceDone | FaceElsewhere
