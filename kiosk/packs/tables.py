"""The shapes of a pack's service files: services.toml, its overlays, and the shared forms.toml and calendar.toml.

A statement of the province always bears the sentence that says it and the document that has the sentence; the only
words without a source are the kiosk's own, about its own pages.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.domain.catalogue import Check, Element, Kind, Listing, Origin, Way
from kiosk.domain.pages import Entry, Words

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Said = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Section(BaseModel):
    """A table whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsTable(Section):
    """A sentence, written as a text in Chinese or as a table of languages."""

    zh: Said
    en: Said | None = None

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, told: object) -> object:
        return {"zh": told} if isinstance(told, str) else told

    @property
    def words(self) -> Words:
        return Words(self.zh, (("en", self.en),) if self.en else ())


class SourceTable(Section):
    """`quote` is the document's own sentence, letter for letter."""

    document: Key
    quote: Said
    place: str = ""


class StatementTable(SourceTable):
    zh: Said
    en: Said | None = None

    @property
    def words(self) -> Words:
        return Words(self.zh, (("en", self.en),) if self.en else ())


class DocumentTable(Section):
    title: Said
    issuer: Said
    number: str = ""
    dated: date | None = None
    simulated: bool = False


class FigureTable(StatementTable):
    """`value` must stand in `quote` as it is written there: a figure that its own source does not show is refused."""

    value: Said

    @model_validator(mode="after")
    def _stands_in_its_source(self) -> Self:
        if self.value not in self.quote:
            raise ValueError(f"value {self.value} does not stand in its quote")
        return self


class LimitTable(StatementTable):
    """`days` are working days; their number must stand in the quote, unless it is at once (0)."""

    days: Annotated[int, Field(strict=True, ge=0, le=400)]

    @model_validator(mode="after")
    def _stands_in_its_source(self) -> Self:
        if self.days and str(self.days) not in self.quote:
            raise ValueError(f"days {self.days} do not stand in their quote")
        return self


class MaterialTable(Section):
    key: Key
    name: WordsTable
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    days: Annotated[int, Field(ge=0, le=400)] = 0

    @model_validator(mode="after")
    def _deferred_until_some_day(self) -> Self:
        if (Way.DEFERRED in self.ways) != bool(self.days):
            raise ValueError("a deferred material has days until it is due, and no other has")
        return self


class LinkTable(WordsTable):
    """An address that a phone opens, and whose it is."""

    address: Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[A-Za-z0-9/_.-]*)?$")]


class OptionTable(Section):
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,20}$")]
    zh: Said
    en: Said | None = None
    note: WordsTable | None = None
    initials: str = ""


class FieldTable(Section):
    """One question of any form. `least` and `most` count characters."""

    label: WordsTable
    entry: Entry
    choice: bool = False
    hint: WordsTable | None = None
    wrong: WordsTable | None = None
    least: Annotated[int, Field(ge=0, le=50)] = 1
    most: Annotated[int, Field(ge=1, le=50)] = 18
    check: Check = Check.PLAIN
    private: bool = False
    options: tuple[OptionTable, ...] = ()
    known: Origin | None = None
    locked: bool = False
    paying: tuple[str, ...] | None = None
    offered: bool = False

    @model_validator(mode="after")
    def _answerable(self) -> Self:
        if set(self.paying or ()) - {option.key for option in self.options}:
            raise ValueError("paying names an answer that the field does not have")
        if self.least > self.most:
            raise ValueError("least is more than most")
        if self.offered and (self.options or self.wrong is None or not self.choice):
            raise ValueError("an offered field is a choice without options that says what it means when nothing is")
        if (self.choice or self.entry is Entry.LIST) != bool(self.options or self.offered):
            raise ValueError("a list or a choice has options, and no other field has")
        if len({option.key for option in self.options}) != len(self.options):
            raise ValueError("two options have the same key")
        return self


class FormTable(Section):
    """The kiosk's own form of an item. `when` says with which answers a field is asked at all."""

    fields: tuple[Key, ...]
    when: dict[Key, dict[Key, tuple[str, ...]]] = {}
    promise: tuple[WordsTable, ...] = ()
    elsewhere: LinkTable | None = None
    options: dict[Key, tuple[OptionTable, ...]] = {}
    """Answers that only this form gives to a field."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for asked, conditions in self.when.items():
            for other in (asked, *conditions):
                if other not in self.fields:
                    raise ValueError(f"when: {other} is no field of this form")
            if any(self.fields.index(other) >= self.fields.index(asked) for other in conditions):
                raise ValueError(f"when: {asked} waits for a later field")
        return self


class EventTable(Section):
    name: WordsTable
    items: Annotated[tuple[Key, ...], Field(min_length=1)]


class FormsFile(Section):
    fields: dict[Key, FieldTable]
    forms: dict[Key, FormTable]
    events: dict[Key, EventTable] = {}

    @model_validator(mode="after")
    def _fields_are_there(self) -> Self:
        for name, form in self.forms.items():
            for key in form.fields:
                if key not in self.fields:
                    raise ValueError(f"forms.{name}: no field {key}")
        return self


class CalendarYear(Section):
    holidays: tuple[date, ...]
    worked: tuple[date, ...] = ()


class CalendarFile(Section):
    document: DocumentTable
    years: dict[str, CalendarYear]


class ReceiverTable(Section):
    zh: Said
    en: Said | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 -]{3,20}$")]
    document: Key | None = None
    quote: Said | None = None
    place: str = ""


class OverrideTable(Section):
    """Why an item asks for more than it did: without this, 只减不增 refuses it."""

    reason: Said
    document: Key


_STATED: tuple[Element, ...] = tuple(e for e in Element if e not in {Element.MATERIALS, Element.LIMIT})


class ItemTable(Section):
    """An item of the catalogue: each of the ten elements is stated with its source, or named in `not_stated`."""

    kind: Kind
    form: Key | None = None
    initials: Annotated[str, StringConstraints(pattern=r"^[a-z]*$")] = ""
    """Pinyin initials of the name, by which it is found in a long list."""
    name: StatementTable
    code: StatementTable | None = None
    steps: StatementTable | None = None
    standard: StatementTable | None = None
    basis: StatementTable | None = None
    conditions: StatementTable | None = None
    result: StatementTable | None = None
    level: StatementTable | None = None
    limit: LimitTable | None = None
    materials: tuple[MaterialTable, ...] | None = None
    materials_said: StatementTable | None = None
    consequence: StatementTable | None = None
    parts: tuple[Key, ...] = ()
    follows: tuple[Key, ...] = ()
    receiver: ReceiverTable | None = None
    rated: bool = False
    proxy: bool = False
    icon: str = "receipt-text"
    lists: tuple[Listing, ...] = ()
    not_stated: frozenset[Element]
    override: OverrideTable | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        stated: set[Element] = {element for element in _STATED if getattr(self, element.value) is not None}
        stated |= {Element.LIMIT} if self.limit else set()
        stated |= {Element.MATERIALS} if self.materials_said else set()
        for element in Element:
            if (element in stated) == (element in self.not_stated):
                both = "both stated and not stated" if element in stated else "neither stated nor in not_stated"
                raise ValueError(f"{element.value} is {both}")
        if self.materials and not self.materials_said:
            raise ValueError("materials without the sentence that asks for them")
        if self.kind is Kind.FILED and self.form is None and not self.parts:
            raise ValueError("an item that is filed has a form or parts")
        return self

    @property
    def statements(self) -> dict[Element, StatementTable]:
        found: dict[Element, StatementTable | None] = {e: getattr(self, e.value) for e in _STATED}
        found |= {Element.LIMIT: self.limit, Element.MATERIALS: self.materials_said}
        return {element: said for element, said in found.items() if said is not None}


class DiseaseTable(Section):
    zh: Said
    en: Said | None = None
    codes: tuple[str, ...] = ()


class DiseaseListTable(StatementTable):
    count: Annotated[int, Field(gt=0)]
    diseases: tuple[DiseaseTable, ...] = ()

    @model_validator(mode="after")
    def _counted_in_its_source(self) -> Self:
        if str(self.count) not in self.quote:
            raise ValueError(f"count {self.count} does not stand in its quote")
        if len(self.diseases) > self.count:
            raise ValueError("more diseases than it counts")
        return self


class PairTable(StatementTable):
    here: Said
    there: Said


class PharmacyTable(SourceTable):
    name: WordsTable
    about: WordsTable
    dual: bool = False


class QuotaTable(FigureTable):
    """`value` is whole yuan, as the paper writes it."""

    value: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
    insutype: str
    kind: str


class AdviceTable(SourceTable):
    question: WordsTable
    answer: WordsTable
    card: bool = False
    words: tuple[str, ...] = ()


class RatingTable(Section):
    level: Annotated[int, Field(ge=1, le=5)]
    zh: Said
    en: Said | None = None
    labels: tuple[WordsTable, ...] = ()


class ServicesFile(Section):
    """What a province offers and says, beside how it settles."""

    documents: dict[Key, DocumentTable]
    receiver: ReceiverTable | None = None
    figures: dict[Key, FigureTable] = {}
    diseases: dict[Key, DiseaseListTable] = {}
    pairs: tuple[PairTable, ...] = ()
    pharmacies: dict[Key, PharmacyTable] = {}
    quotas: dict[Key, QuotaTable] = {}
    items: dict[Key, ItemTable] = {}
    advice: dict[Key, AdviceTable] = {}
    ratings: tuple[RatingTable, ...] = ()


class OverlayHead(Section):
    name: Said
    effective: date
    expires: date
    document: DocumentTable

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires < self.effective:
            raise ValueError("expires before it takes effect")
        return self
