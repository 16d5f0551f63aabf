"""The service catalogue of a province as values: items with their six unified elements, forms, figures and lists.

Whatever a province says stands beside the sentence that says it (`Source`); what its papers leave open is named as not
stated, and nobody fills it in. `kiosk.packs` is the only maker of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.money import Money
from kiosk.domain.pages import SILENT, Entry, Link, Option, Words
from kiosk.domain.workdays import WEEKENDS, Calendar


class Element(StrEnum):
    """What a guide tells of an item: the six unified elements (六统一), then the four around them."""

    NAME = "name"
    CODE = "code"
    MATERIALS = "materials"
    LIMIT = "limit"
    STEPS = "steps"
    STANDARD = "standard"
    BASIS = "basis"
    CONDITIONS = "conditions"
    RESULT = "result"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of an office. `number` is empty where the paper bears none; `simulated` ones are nobody's policy."""

    key: str
    title: str
    number: str
    issuer: str
    dated: date | None
    simulated: bool = False

    @property
    def cited(self) -> str:
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: the document, the place in it, and its own words."""

    document: Document
    quote: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told of one element; without `source` it is the kiosk's own wording of its own part."""

    text: Words
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the province for display. It is text: nothing is ever computed from it."""

    key: str
    value: str
    text: Words
    source: Source


class Way(StrEnum):
    """How a material comes to the receiver, the way that asks least of the person first."""

    FETCHED = "fetched"
    PROMISED = "promised"
    PHOTOGRAPHED = "photographed"
    DEFERRED = "deferred"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Material:
    """One material and the ways in which it may be given. `days` is when a deferred one is due (容缺受理)."""

    key: str
    name: Words
    ways: tuple[Way, ...]
    days: int = 0


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """办理时限 in working days; 0 is at once."""

    days: int
    text: Words
    source: Source | None = None


class Origin(StrEnum):
    """Where the value of a field may be known from, so that nobody is asked for it."""

    NAME = "name"
    CERTNO = "certno"
    AREA = "area"
    INSURANCE = "insurance"
    TODAY = "today"
    HOSPITAL = "hospital"
    TOLD = "told"
    """By the receiver, who has it on file."""


class Check(StrEnum):
    """What an answer must be, beside its length."""

    PLAIN = "plain"
    MOBILE = "mobile"
    RESIDENT = "resident"
    PAST = "past"
    FUTURE = "future"
    BANK_CARD = "bank_card"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form, asked once however many items want it.

    `choice`: its options are a page of their own. `when` maps another field to the answers with which this one is
    asked. `locked`: what is known is shown, and changed at the window only (关键信息). `paying` are the answers that
    may be given in the middle of a payment; None: all of them. `offered`: the receiver has for each person what there
    is to choose from (a doctor's referral, a prescription); where it has nothing, `wrong` says so.
    """

    key: str
    label: Words
    entry: Entry
    choice: bool = False
    hint: Words = SILENT
    wrong: Words = SILENT
    least: int = 1
    most: int = 18
    check: Check = Check.PLAIN
    private: bool = False
    options: tuple[Option, ...] = ()
    origin: Origin | None = None
    locked: bool = False
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    paying: tuple[str, ...] | None = None
    offered: bool = False


class Kind(StrEnum):
    """What the kiosk can do with an item: file it, answer it, or tell about it."""

    FILED = "filed"
    ANSWERED = "answered"
    TOLD = "told"


class Listing(StrEnum):
    """What of the pack's lists the guide of an item shows."""

    DISEASES = "diseases"
    PAIRS = "pairs"
    PHARMACIES = "pharmacies"
    DUES = "dues"
    """No list of the pack's: what is due of whoever asks, which the receiver tells."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes the item and answers for it (首问负责)."""

    name: Words
    phone: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One service. `parts` are the items that one application stands for (一件事).

    `questions` and `promise` are the kiosk's own form: `own_form` says so on the page, until the province's form is
    known.
    """

    key: str
    kind: Kind
    told: Mapping[Element, Statement]
    not_stated: frozenset[Element]
    receiver: Receiver
    limit: TimeLimit | None = None
    materials: tuple[Material, ...] = ()
    questions: tuple[Question, ...] = ()
    promise: tuple[Words, ...] = ()
    consequence: Statement | None = None
    parts: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    rated: bool = False
    own_form: bool = True
    proxy: bool = False
    initials: str = ""
    icon: str = "receipt-text"
    lists: tuple[Listing, ...] = ()
    elsewhere: Link | None = None
    """Where the nation takes what the office does not serve."""

    @property
    def name(self) -> Words:
        return self.told[Element.NAME].text

    @property
    def code(self) -> str:
        """The item's code as papers write it; empty where no paper gives one."""
        told = self.told.get(Element.CODE)
        return told.text.zh if told else ""


@dataclass(frozen=True, slots=True)
class Disease:
    """One row of a disease list. `codes` are national codes where the list gives them."""

    name: Words
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiseaseList:
    """`count` is what the paper says there are; `diseases` may be fewer where it names only some."""

    key: str
    text: Words
    count: int
    source: Source
    diseases: tuple[Disease, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaPair:
    """Two cities whose offices settle with each other directly."""

    here: str
    there: str
    what: Words
    source: Source


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """A designated pharmacy. `about` is where it is; `dual`: it sells negotiated drugs as hospitals do (双通道)."""

    name: Words
    about: Words
    source: Source
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """A yearly limit that one of the platform's sums (5206 cum_type_code) counts against; the platform tells none."""

    key: str
    insutype: str
    kind: str
    limit: Money
    text: Words
    source: Source


@dataclass(frozen=True, slots=True)
class Advice:
    """One answer of the offline FAQ, or one card of the idle screen, with the paper it rests on and its date."""

    key: str
    question: Words
    answer: Words
    source: Source
    card: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What brings people here, in their words, and the items that it usually takes: the kiosk's own sorting."""

    key: str
    name: Words
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """One of the five levels of 好差评 and the labels that may be given with it; centrally worded, never edited."""

    level: int
    name: Words
    labels: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a pack says beside how to settle. Empty for a pack that says nothing."""

    items: Mapping[str, Item] = field(default_factory=dict[str, Item])
    figures: tuple[Figure, ...] = ()
    disease_lists: tuple[DiseaseList, ...] = ()
    pairs: tuple[AreaPair, ...] = ()
    pharmacies: tuple[Pharmacy, ...] = ()
    quotas: tuple[Quota, ...] = ()
    advice: tuple[Advice, ...] = ()
    ratings: tuple[Rating, ...] = ()
    events: tuple[LifeEvent, ...] = ()
    documents: tuple[Document, ...] = ()
    case_lines: tuple[str, ...] = ()
    """The province's own lines for the slip of an application, with names in braces to be filled in."""
    calendar: Calendar = WEEKENDS
    overlays: tuple[str, ...] = ()
    """Names of the dated overlays that are in force."""


NO_SERVICES = Services()
