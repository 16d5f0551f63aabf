"""What a page of a service is about: the part of its state that the page itself does not show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kiosk.domain.benefits import Rights
from kiosk.domain.catalogue import Item, Material, Question, Way
from kiosk.domain.confirming import Doctor
from kiosk.domain.filing import Answers, Application, Case, Handed, Offer
from kiosk.domain.insured import Person
from kiosk.domain.pages import Option, Words
from kiosk.domain.personal import Typed
from kiosk.flow.offer import SetAside
from kiosk.ports.filing import Cases, Failure

PART = "part-"
"""Begins the key of a review's line that stands for one of several items, not for a field."""
MATERIAL = "material-"


@dataclass(frozen=True, slots=True)
class Browsing:
    """Which item? Nobody has said who they are. `event` is what brought them, once they said so."""

    event: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions and answers by the policy papers; nobody has said who they are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The guide of one item, before identification."""

    item: Item


@dataclass(frozen=True, slots=True)
class Resuming:
    """The slip of an unfinished application is held before the scanner; nobody has said who they are."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The office is asked what it has already; `code` is of the slip that was brought."""

    item: Item
    person: Person
    aside: SetAside | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One application while it is filled in. `asked` is the field, part or material that the page is about.

    `known` are answers that nobody was asked for; `parts` are the items of a 一件事 with those that are wanted.
    `fetched` materials come from other departments, `offers` are what there is to choose from; `pictures` are those the
    receiver has, by material. `reviewed`: everything was read once, so a change leads back there. `aside` are bills
    that wait for its outcome.
    """

    item: Item
    person: Person
    sid: str
    today: date
    parts: tuple[Item, ...] = ()
    dropped: frozenset[str] = frozenset()
    known: Answers = ()
    answers: Answers = ()
    fetched: frozenset[str] = frozenset()
    offers: tuple[Offer, ...] = ()
    ways: tuple[tuple[str, Way], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    promised: bool = False
    asked: str = ""
    reviewed: bool = False
    aside: SetAside | None = None

    def answer_of(self, key: str) -> Typed | None:
        """What is answered, else what is known."""
        return dict(self.answers).get(key) or dict(self.known).get(key)

    def with_answer(self, key: str, value: Typed) -> Filing:
        kept = tuple(pair for pair in self.answers if pair[0] != key)
        return replace(self, answers=(*kept, (key, value)), promised=False)

    def with_way(self, material: str, way: Way) -> Filing:
        kept = tuple(pair for pair in self.ways if pair[0] != material)
        return replace(self, ways=(*kept, (material, way)), promised=False)

    def with_picture(self, material: str, picture: str) -> Filing:
        """The newest is the one that counts."""
        kept = tuple(pair for pair in self.pictures if pair[0] != material)
        return replace(self.with_way(material, Way.PHOTOGRAPHED), pictures=(*kept, (material, picture)))

    def pictures_of(self, material: Material) -> tuple[str, ...]:
        taken = self.way_of(material) is Way.PHOTOGRAPHED
        return tuple(picture for key, picture in self.pictures if key == material.key) if taken else ()

    @property
    def wanted(self) -> tuple[Item, ...]:
        """The items that are handed in: the parts that were not taken out, or the item itself."""
        return tuple(part for part in self.parts if part.key not in self.dropped) or (self.item,)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those that apply with the answers so far, each once however many items want it."""
        every = {question.key: question for item in self.wanted for question in item.questions}
        return tuple(self._offering(question) for question in every.values() if self._applies(question))

    def _offering(self, question: Question) -> Question:
        if not question.offered:
            return question
        mine = [one for one in self.offers if one.question == question.key]
        return replace(question, options=tuple(Option(one.key, Words(one.label), Words(one.note)) for one in mine))

    def _applies(self, question: Question) -> bool:
        return all(self.answer_of(key) in {Typed(one) for one in wanted} for key, wanted in question.when)

    @property
    def unanswered(self) -> Question | None:
        return next((one for one in self.questions if self.answer_of(one.key) is None and not one.locked), None)

    @property
    def materials(self) -> tuple[Material, ...]:
        every = {material.key: material for item in self.wanted for material in item.materials}
        return tuple(every.values())

    def way_of(self, material: Material) -> Way | None:
        """How it comes: fetched where it can be, by promise where that is enough, else as the person chose."""
        chosen = dict(self.ways).get(material.key)
        if chosen:
            return chosen
        if Way.FETCHED in material.ways and material.key in self.fetched:
            return Way.FETCHED
        return Way.PROMISED if Way.PROMISED in material.ways else None

    @property
    def missing(self) -> Material | None:
        return next((one for one in self.materials if self.way_of(one) is None), None)

    @property
    def wants_promise(self) -> bool:
        by_promise = any(self.way_of(one) is Way.PROMISED for one in self.materials)
        return not self.promised and (by_promise or any(item.promise for item in self.wanted))

    def application(self, pack: str, helper: str = "") -> Application:
        """What is handed in: exactly what the review showed, and the number of whoever helped."""
        questions = {question.key for question in self.questions}
        answered = dict(self.known) | dict(self.answers)
        return Application(
            item=self.item.key,
            code=self.item.code,
            pack=pack,
            person=self.person,
            answers=tuple((key, value) for key, value in answered.items() if key in questions),
            materials=tuple(
                Handed(one.key, self.way_of(one) or Way.WINDOW, self.pictures_of(one)) for one in self.materials
            ),
            promised=self.promised,
            parts=tuple(part.key for part in self.wanted) if self.parts else (),
            helper=helper,
        )


@dataclass(frozen=True, slots=True)
class Pausing:
    """They go before the end: with a slip that continues it elsewhere, or without."""

    filing: Filing


@dataclass(frozen=True, slots=True)
class Submitting:
    """The application is with the office, or on its way."""

    filing: Filing


@dataclass(frozen=True, slots=True)
class Lodged:
    """The office has answered; None: it has not, and the person may leave with a slip."""

    filing: Filing
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Vouching:
    """A doctor confirms a case at the kiosk; None until the hospital has said whose staff number it is."""

    NUMBER: ClassVar = "staff-number"
    """The field that asks for it."""

    filing: Filing
    case: Case
    doctor: Doctor | None = None

    @property
    def asked(self) -> str:
        return self.NUMBER


@dataclass(frozen=True, slots=True)
class Scoring:
    """好差评 of a case; `level` once it is given, while its labels may be tapped. `sid` is the application's that was
    just handed in here, empty where a case is rated again (追评) by `person`.
    """

    item: Item
    case: Case
    person: Person
    sid: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Inquiring:
    """The platform and the office are asked what they have of a person; None: not answered yet."""

    person: Person
    rights: Rights | None = None
    cases: Cases | Failure | None = None


@dataclass(frozen=True, slots=True)
class InquiringStopped:
    """The platform settles nothing for them; the office says since when."""


@dataclass(frozen=True, slots=True)
class Informed:
    """A person reads what is on file of them; `known` is what can be asked further, None where nothing can."""

    known: Inquiring | None = None


@dataclass(frozen=True, slots=True)
class Recalling:
    """The platform is asked about their visits."""

    known: Inquiring


@dataclass(frozen=True, slots=True)
class Recounting:
    """Which of their cases?"""

    known: Inquiring


@dataclass(frozen=True, slots=True)
class Detailed:
    """They read one thing on file in full: their visits, or one case."""

    known: Inquiring
    case: Case | None = None
