"""What a page of a service from the catalogue shows: values that a flow makes from data and a front end draws.

Eight kinds of page serve every service: what it is about (Guide), one question at a time (Form, Choice, Capture), the
whole once more (Review), a promise to be signed (Commitment), somebody else at work (Wait), how it ended (Result). A
service that is added later adds data, and no page. Words come with the data, in the languages the data has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.personal import Typed


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence from data. Chinese is always there; a language that the data lacks is answered in Chinese."""

    zh: str
    others: tuple[tuple[str, str], ...] = ()

    def of(self, lang: str) -> str:
        return dict(self.others).get(lang, self.zh)

    def __bool__(self) -> bool:
        return bool(self.zh)


SILENT = Words("")


@dataclass(frozen=True, slots=True)
class Heading:
    """Which service this is, and how far the person has come: question `at` of `of`; zero where that is not told."""

    service: Words
    at: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The paper that says so, and the day it was issued; shown wherever a rule or a figure is.

    From which day it holds is another matter: papers seldom say, and what they do not say is not made up.
    """

    paper: Words
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One element of a guide (条件、材料、时限、结果 …): what it is called, and what is true of it.

    `part` draws it as a bar too: how many of a hundred the text speaks of; None where it is of no whole.
    """

    label: Words
    text: Words
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What the service does, what it wants and how long it takes, before anybody is asked who they are.

    `affirm` is the button that goes on, where it does not begin the service. `next` lead on to more, `link` is where a
    phone does.
    """

    head: Heading
    title: Words
    lead: Words
    points: tuple[Point, ...] = ()
    source: Source | None = None
    affirm: Words = SILENT
    next: tuple[Option, ...] = ()
    link: Link | None = None


class Entry(StrEnum):
    """How a field is filled by a person who has no keyboard: a pad of digits, one with X, or a list."""

    DIGITS = "digits"
    IDENTITY = "identity"
    AMOUNT = "amount"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers. `initials` find it in a long list: the pinyin initials of its label, `bjs` for 北京市."""

    key: str
    label: Words
    note: Words = SILENT
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form wants to know. `least` and `most` bound its characters; `key` is its name in the form.

    `value` is what is known already: typed before, or read from the card. `private` is covered while the privacy
    screen is on, and its middle always is once the page is left.
    """

    key: str
    label: Words
    entry: Entry
    hint: Words = SILENT
    least: int = 1
    most: int = 18
    value: Typed | None = None
    private: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One field. `error` is why the last answer did not do, and what would."""

    head: Heading
    field: Field
    error: Words = SILENT


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few; a list longer than the glass can be searched by initials, `searched` one sooner: nobody knows what
    its lines are called.
    """

    head: Heading
    title: Words
    options: tuple[Option, ...]
    hint: Words = SILENT
    chosen: str = ""
    searched: bool = False


class Subject(StrEnum):
    """What the camera is pointed at; each has its own preview."""

    FACE = "face"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Capture:
    """Pictures of a paper, or of a face. `taken` of `wanted` are there; `error` is what was wrong with the last one.

    `ready` is false while what the camera sees would not do; `advice` says what would. `other` names another way to
    the same end, as large as this one; empty where there is none.
    """

    head: Heading
    title: Words
    subject: Subject
    hint: Words = SILENT
    taken: int = 0
    wanted: int = 1
    ready: bool = True
    advice: Words = SILENT
    error: Words = SILENT
    other: Words = SILENT


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of a review. `change` lets the person go back to that question alone."""

    key: str
    label: Words
    value: Typed
    private: bool = False
    change: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """Everything once more before it is sent. `warning` is what the person should know of the consequences."""

    head: Heading
    title: Words
    lines: tuple[Entered, ...]
    warning: Words = SILENT
    affirm: Words = SILENT


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise (告知承诺): its sentences, and whether it is signed by hand.

    The keypad's confirmation is worth as much as a signature, so a person who cannot draw is never stopped here.
    """

    head: Heading
    title: Words
    sentences: tuple[Words, ...]
    source: Source | None = None
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody else is working: what they do, and what to leave alone meanwhile."""

    head: Heading
    title: Words
    hint: Words = SILENT


class Ending(StrEnum):
    """How a service ended: done, accepted and being looked at, not accepted, or not known yet."""

    DONE = "done"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a phone goes on: shown and printed as a code, with the words that say whose it is."""

    address: str
    words: Words


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it. `number` is what staff and the hotline find it by, `points` are when and where it goes on.

    `code` is the fault's, the same that stands in the log; empty where nothing went wrong. `next` are services that
    follow from this one, offered as buttons. `affirm` is the button that goes on, where it does not end the service.
    `printed` are lines for the paper alone.
    """

    head: Heading
    ending: Ending
    title: Words
    text: Words = SILENT
    number: str = ""
    points: tuple[Point, ...] = ()
    source: Source | None = None
    code: str = ""
    next: tuple[Option, ...] = field(default=())
    link: Link | None = None
    affirm: Words = SILENT
    printed: tuple[str, ...] = ()


Page = Guide | Form | Choice | Capture | Review | Commitment | Wait | Result
