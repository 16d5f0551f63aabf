"""Whoever receives applications: the insurance office, through the government service network or a front of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.domain.filing import Answers, Application, Case, Due, FiledAway, Offer, Score, Shared, StandingRow
from kiosk.domain.insured import Person
from kiosk.domain.notices import Notice
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.photograph import Photograph


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the office has already, so that nobody is asked for it.

    `known` is by field, `fetched` are materials it gets from other departments itself. `draft` is what the person left
    unfinished there, at this kiosk or another. `offers` are what there is to choose from, by field.
    """

    known: Answers = ()
    fetched: frozenset[str] = frozenset()
    draft: Answers = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """The office has the photograph, has verified it and calls it by this name."""

    picture: str


@dataclass(frozen=True, slots=True)
class NotLodged:
    """Nothing came under this key. It may still be on its way."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What the office has of a person. `rows` are newest first; empty when nothing was ever handed in.

    `notices` are what they were not told yet, None where nobody could say; `today` is the day on which it was asked.
    """

    rows: tuple[Case, ...]
    away: tuple[FiledAway, ...] = ()
    shared: tuple[Shared, ...] = ()
    dues: tuple[Due, ...] = ()
    notices: tuple[Notice, ...] | None = ()
    today: date | None = None

    def __repr__(self) -> str:
        return f"Cases({len(self.rows)} rows)"


@dataclass(frozen=True, slots=True)
class Notices:
    """What an office lets somebody know and they have not read yet, as it delivers it: `domain.notices` sorts it."""

    rows: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the office has of somebody's insurances, stopped ones too."""

    rows: tuple[StandingRow, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """How care in one area stands for somebody insured in another.

    `missing`: nothing is filed for that place or under review, and a filing would change what is paid there.
    """

    missing: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """The office has it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The office has the draft. `code` continues it elsewhere up to and including `until`: it is signed by the office
    and names nobody. Empty where an office gives none.
    """

    code: str = ""
    until: date | None = None


Failure = NotSent | Refused | Unknown


class FilingPort(Protocol):
    """Each call with a key is answered alike when repeated with that key: a repeat makes no second case."""

    def prepare(self, person: Person, item: str, code: str = "") -> Prepared | Failure:
        """`code` is of a slip: Refused says, for the person to read, why it opens nothing for them."""
        ...

    def submit(self, key: str, application: Application) -> Case | Failure:
        """A case whatever its state: an office that says no has still answered."""
        ...

    def attach(self, person: Person, item: str, material: str, photograph: Photograph) -> Attached | Failure:
        """Refused says, for the person to read, why it will not do. The same photograph again has the same name."""
        ...

    def find(self, key: str) -> Case | NotLodged | Failure:
        """What became of a submission whose answer was lost."""
        ...

    def keep(self, key: str, person: Person, item: str, answers: Answers) -> Kept | Failure:
        """Leave a draft there, so that it can be continued elsewhere; replaces what was kept under the key."""
        ...

    def cases(self, person: Person) -> Cases | Failure:
        """Without notices: those are asked for by themselves."""
        ...

    def notices(self, person: Person) -> Notices | Failure: ...

    def read(self, key: str, person: Person, notices: tuple[str, ...]) -> Noted | Failure:
        """The person has read these: they are delivered no more."""
        ...

    def standing(self, certno: ResidentId, name: PersonName | None) -> Standing | Failure:
        """Of somebody the platform does not settle for; their own card told number and name."""
        ...

    def care_away(self, person: Person, area: str) -> Away | Failure:
        """Asked while a bill in `area` is quoted: only what is missing is offered there."""
        ...

    def rate(self, key: str, score: Score) -> Noted | Failure: ...
