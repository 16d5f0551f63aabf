"""Reads what a pack says of services: services.toml, the overlays in force, and the forms every pack shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from kiosk.domain.catalogue import (
    NO_SERVICES,
    Advice,
    AreaPair,
    Disease,
    DiseaseList,
    Document,
    Figure,
    Item,
    Material,
    Pharmacy,
    Question,
    Quota,
    Rating,
    Receiver,
    Services,
    Source,
    Statement,
    TimeLimit,
)
from kiosk.domain.money import Money
from kiosk.domain.pages import SILENT, Link, Option, Words
from kiosk.packs.complaints import PackWrong, complaint, read_toml_tree
from kiosk.packs.forms import events_of, read_calendar, read_forms
from kiosk.packs.tables import (
    FieldTable,
    FormsFile,
    FormTable,
    ItemTable,
    OptionTable,
    OverlayHead,
    ReceiverTable,
    ServicesFile,
    SourceTable,
    StatementTable,
    WordsTable,
)
from kiosk.packs.templates import read_case

FILE = "services.toml"
OVERLAYS = "overlays"
_NOBODY = Receiver(Words("参保地医保经办机构", (("en", "The insurance office of your area"),)), "12393")
"""Whoever asks the hotline is told the office; it stands where a paper names none."""


def read_services(folder: Path, today: date) -> Services:
    """Empty when the pack has no services.toml; PackWrong names what is wrong with it, and where."""
    path = folder / FILE
    if not path.exists():
        return NO_SERVICES
    name = f"{folder.name}/{FILE}"
    tree = read_toml_tree(path, name)
    laid: list[str] = []
    for overlay in sorted((folder / OVERLAYS).glob("*.toml")):
        head, changes = _read_overlay(overlay, folder.name)
        if head.effective <= today <= head.expires:
            tree = _laid_over(tree, changes)
            laid.append(head.name)
    try:
        told = ServicesFile.model_validate(tree)
    except ValidationError as problem:
        raise complaint(problem, path, name) from problem
    return replace(_Reading(told, read_forms(), name).services(tuple(laid)), case_lines=read_case(folder))


def _read_overlay(path: Path, area: str) -> tuple[OverlayHead, dict[str, Any]]:
    """An emergency measure: it outranks the pack for its days, and says which paper ordered it."""
    name = f"{area}/{OVERLAYS}/{path.name}"
    tree = read_toml_tree(path, name)
    try:
        head = OverlayHead.model_validate(tree.pop("overlay", {}))
    except ValidationError as problem:
        raise complaint(problem, path, name) from problem
    documents = cast("dict[str, Any]", tree.setdefault("documents", {}))
    documents[path.stem] = head.document.model_dump(exclude_none=True)
    return head, tree


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, anything else is replaced."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _laid_over(cast("dict[str, Any]", below), cast("dict[str, Any]", value)) if both else value
    return merged


class _Reading:
    """One services file on its way to values; `name` is for complaints."""

    def __init__(self, told: ServicesFile, forms: FormsFile, name: str) -> None:
        self._told, self._forms, self._name = told, forms, name
        self._documents = {
            key: Document(key, row.title, row.number, row.issuer, row.dated, row.simulated)
            for key, row in told.documents.items()
        }

    def services(self, overlays: tuple[str, ...]) -> Services:
        told = self._told
        own = {key: self._item(key, row) for key, row in told.items.items()}
        return Services(
            items={key: self._with_parts(item, own) for key, item in own.items()},
            figures=tuple(
                Figure(key, row.value, row.words, self._source(row, f"figures.{key}"))
                for key, row in told.figures.items()
            ),
            disease_lists=self._diseases(),
            pairs=tuple(AreaPair(row.here, row.there, row.words, self._source(row, "pairs")) for row in told.pairs),
            pharmacies=tuple(
                Pharmacy(row.name.words, row.about.words, self._source(row, f"pharmacies.{key}"), row.dual)
                for key, row in told.pharmacies.items()
            ),
            quotas=tuple(
                Quota(key, row.insutype, row.kind, Money(int(row.value) * 100), row.words, self._source(row, key))
                for key, row in told.quotas.items()
            ),
            advice=tuple(
                Advice(
                    key, row.question.words, row.answer.words, self._source(row, f"advice.{key}"), row.card, row.words
                )
                for key, row in told.advice.items()
            ),
            ratings=tuple(
                Rating(row.level, Words(row.zh, _english(row.en)), tuple(label.words for label in row.labels))
                for row in told.ratings
            ),
            documents=tuple(self._documents.values()),
            events=events_of(self._forms, own),
            calendar=read_calendar(),
            overlays=overlays,
        )

    def _diseases(self) -> tuple[DiseaseList, ...]:
        return tuple(
            DiseaseList(
                key,
                row.words,
                row.count,
                self._source(row, f"diseases.{key}"),
                tuple(Disease(Words(one.zh, _english(one.en)), one.codes) for one in row.diseases),
            )
            for key, row in self._told.diseases.items()
        )

    def _wrong(self, where: str, what: str) -> PackWrong:
        return PackWrong(f"{self._name}: {where}: {what}")

    def _source(self, row: SourceTable, where: str) -> Source:
        if row.document not in self._documents:
            raise self._wrong(where, f"no document {row.document}")
        return Source(self._documents[row.document], row.quote, row.place)

    def _statement(self, row: StatementTable, where: str) -> Statement:
        return Statement(row.words, self._source(row, where))

    def _item(self, key: str, row: ItemTable) -> Item:
        where = f"items.{key}"
        for other in (*row.parts, *row.follows):
            if other not in self._told.items:
                raise self._wrong(where, f"no item {other}")
        if row.override is not None and row.override.document not in self._documents:
            raise self._wrong(f"{where}.override", f"no document {row.override.document}")
        form, limit = (self._form(row.form, where) if row.form else FormTable(fields=())), row.limit
        return Item(
            key,
            row.kind,
            {element: self._statement(said, f"{where}.{element}") for element, said in row.statements.items()},
            row.not_stated,
            self._receiver(row.receiver or self._told.receiver, where),
            TimeLimit(limit.days, limit.words, self._source(limit, f"{where}.limit")) if limit else None,
            tuple(Material(one.key, one.name.words, one.ways, one.days) for one in row.materials or ()),
            tuple(self._question(name, form) for name in form.fields),
            tuple(sentence.words for sentence in form.promise),
            self._statement(row.consequence, f"{where}.consequence") if row.consequence else None,
            row.parts,
            row.follows,
            row.rated,
            proxy=row.proxy,
            initials=row.initials,
            icon=row.icon,
            lists=row.lists,
            elsewhere=Link(form.elsewhere.address, form.elsewhere.words) if form.elsewhere else None,
        )

    def _receiver(self, row: ReceiverTable | None, where: str) -> Receiver:
        if row is None:
            return _NOBODY
        source = None
        if row.document and row.quote:
            given = SourceTable(document=row.document, quote=row.quote, place=row.place)
            source = self._source(given, f"{where}.receiver")
        return Receiver(Words(row.zh, _english(row.en)), row.phone, source)

    def _form(self, key: str, where: str) -> FormTable:
        if key not in self._forms.forms:
            raise self._wrong(where, f"no form {key}")
        return self._forms.forms[key]

    def _question(self, key: str, form: FormTable) -> Question:
        row = self._forms.fields[key]
        when = tuple(form.when.get(key, {}).items())
        return _question(key, row, form.options.get(key) or row.options, when)

    def _with_parts(self, item: Item, own: Mapping[str, Item]) -> Item:
        """一件事: the questions of all parts, each once, and every promise that any of them wants."""
        if not item.parts:
            return item
        parts = [own[part] for part in item.parts]
        questions = {question.key: question for part in parts for question in part.questions}
        materials = {material.key: material for part in parts for material in part.materials}
        promise = dict.fromkeys(sentence for part in parts for sentence in part.promise)
        return replace(
            item,
            materials=tuple(materials.values()),
            questions=tuple(questions.values()),
            promise=tuple(promise),
        )


def _question(
    key: str, row: FieldTable, options: tuple[OptionTable, ...], when: tuple[tuple[str, tuple[str, ...]], ...]
) -> Question:
    return Question(
        key,
        row.label.words,
        row.entry,
        row.choice,
        _words(row.hint),
        _words(row.wrong),
        row.least,
        row.most,
        row.check,
        row.private,
        tuple(Option(one.key, Words(one.zh, _english(one.en)), _words(one.note), one.initials) for one in options),
        row.known,
        row.locked,
        when,
        row.paying,
        row.offered,
    )


def _words(row: WordsTable | None) -> Words:
    return row.words if row else SILENT


def _english(text: str | None) -> tuple[tuple[str, str], ...]:
    return (("en", text),) if text else ()
