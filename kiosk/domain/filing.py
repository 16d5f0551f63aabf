"""One application to the insurance office as values: what is handed in, and what the office made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.catalogue import Way
from kiosk.domain.confirming import Attested
from kiosk.domain.insured import Person
from kiosk.domain.money import Money
from kiosk.domain.personal import Typed

Answers = tuple[tuple[str, Typed], ...]
"""By field, in the order they were given."""
DRAFT_CODE = r"YBD1\.[a-z][a-z0-9-]{1,40}\.[0-9A-F]{16}\.[0-9]{8}\.[0-9a-f]{20}"
"""The code of a slip that continues an unfinished application: item, the office's reference, last day, its tag."""


def item_of_draft(code: str) -> str | None:
    """Which item a slip's code continues; None when it is no such code. Whether it is genuine, its office knows."""
    return code.split(".")[1] if re.fullmatch(DRAFT_CODE, code, re.ASCII) else None


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
class CertifiedTime:
    """One line of a certificate: in which insurance, where, from when until when, and how many months count."""

    insutype: str
    place: str
    since: date
    until: date | None
    months: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """参保凭证, which a person takes from one area to another. `holder` is covered by whoever issued it; `code` is what
    the other office reads: it is signed, and names nobody.
    """

    number: str
    issued: date
    holder: str
    code: str
    times: tuple[CertifiedTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An application as the office has it.

    `due` is the office's own last day, None where it names none. `reason` is its sentence, for the person to read.
    `handover` is a code signed by the office with which a window or another kiosk finds the case; it names nobody.
    `confirmed`: a doctor has, where the item needs one. `again`: a low rating was followed up, and may be given anew
    once (追评). `certificate` comes with a transfer. `taken_by` is the office that has it, where that is the one of
    another place of insurance: the catalogue's receiver does not answer for it.
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
    again: bool = False
    certificate: Certificate | None = None
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class FiledAway:
    """One 异地就医备案: where, why (`temporary`, `referral`, `residence`, `emergency`), and for how long."""

    place: str
    kind: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """家庭共济: `mine` is this person's account that the relative may use, else theirs that this person may.

    The name is covered by the office. `balance` is told of accounts that this person may use.
    """

    name: str = field(repr=False)
    mine: bool
    since: date
    balance: Money | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A contribution that is due: what for, how much, by when, and the tax authority's address where it is paid."""

    what: str
    amount: Money
    address: str
    until: date | None = None


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
