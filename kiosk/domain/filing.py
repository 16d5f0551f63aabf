"""One application to the insurance office as values: what is handed in, and what the office made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.catalogue import Way
from kiosk.domain.confirming import Attested
from kiosk.domain.insured import Person
from kiosk.domain.personal import Typed

Answers = tuple[tuple[str, Typed], ...]
"""By field, in the order they were given."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the receiver has for one person and one field: what may be answered, and its words. They are theirs:
    a prescription, a referral, whose affairs they may see to.
    """

    question: str
    key: str
    label: str = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Handed:
    """One material and how it comes to the office. `pictures` are the receiver's names of photographs it has."""

    material: str
    way: Way
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """What is handed in. `item` and `code` are the catalogue's; `pack` says under which version of it.

    `parts` are the items of one application for several (一件事). `promised`: the commitment was given, by hand or by
    the keypad. `helper` is the number of staff who stood beside the person (帮办).
    """

    item: str
    code: str
    pack: str
    person: Person
    answers: Answers
    materials: tuple[Handed, ...] = ()
    promised: bool = False
    parts: tuple[str, ...] = ()
    helper: str = ""


class CaseState(StrEnum):
    """What an office may answer; only IN_FORCE changes what anything costs."""

    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    REFUSED = "refused"
    NOT_SERVED = "not_served"


@dataclass(frozen=True, slots=True)
class Part:
    """One of several items in a case, which the office follows by itself."""

    item: str
    case_no: str
    state: CaseState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An application as the office has it.

    `due` is the office's own last day, None where it names none. `reason` is its sentence, for the person to read.
    `handover` is a code signed by the office with which a window or another kiosk finds the case; it names nobody.
    `confirmed`: a doctor has, where the item needs one.
    """

    case_no: str
    item: str
    state: CaseState
    accepted: date
    due: date | None = None
    reason: str = ""
    handover: str = ""
    parts: tuple[Part, ...] = ()
    rated: bool = False
    confirmed: Attested | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """好差评 of one case: a level from 1 to 5 and the labels that were tapped, by their place in the pack."""

    case_no: str
    level: int
    labels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One insurance of a person as the office has it, also of somebody for whom nothing can be settled."""

    insutype: str
    active: bool
    since: date | None = None
    stopped: date | None = None
