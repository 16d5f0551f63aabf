"""The interface's field lists as data: what each node of a transaction holds, of which type and length.

The models of `settlement.wire` are written by hand and held to these lists in both directions by a test; at run time
the lists are read only to tell people a field's Chinese label. `tables.toml` says where the lists come from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_TYPE = re.compile(r"([SCNTD])(\d*)(?:,(\d+))?")
_WORD = re.compile(r"(\w+)(?::(\w+(?:,\d+)?))?([*?]*)")


class Kind(StrEnum):
    """What a field holds; CODE is a text out of a dictionary."""

    TEXT = "S"
    CODE = "C"
    NUMBER = "N"
    MOMENT = "T"
    DAY = "D"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one node. `length` counts characters, of a number all its digits; None: no source gives one."""

    name: str
    label: str
    kind: Kind
    length: int | None
    places: int
    required: bool
    verified: bool


Nodes = Mapping[str, Mapping[str, Field]]
"""By path (`feedetail[]`: rows; "" the body itself), then by field name."""


@dataclass(frozen=True, slots=True)
class Table:
    """One transaction."""

    infno: str
    name: str
    input: Nodes
    output: Nodes


@cache
def tables() -> Mapping[str, Table]:
    """All transactions of the kiosk, by number."""
    told = _read("tables.toml")
    return {infno: _table(infno, told, _glossary()) for infno in told}


def label_of(path: str) -> str:
    """The Chinese label of a field by its path in a message (`feedetail.0.cnt`), "" for a name that no list has."""
    field = _glossary().get(path.rpartition(".")[2])
    return field.label if field else ""


@cache
def _glossary() -> Mapping[str, Field]:
    return {name: _meaning(name, text) for name, text in _read("glossary.toml").items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def _table(infno: str, told: Mapping[str, Any], glossary: Mapping[str, Field]) -> Table:
    own = told[infno]
    body = told[own.get("same", infno)]
    verified = not body.get("unverified", False)

    def nodes(side: str) -> Nodes:
        return {path: _node(text, side, path) for path, text in body.get(side, {}).items()}

    def _node(text: str, side: str, path: str) -> Mapping[str, Field]:
        if text.startswith("@"):
            return _node(told[text[1:]][side][path], side, path)
        fields = [_field(word, glossary, verified=verified) for word in text.split()]
        return {field.name: field for field in fields}

    return Table(infno, own["name"], nodes("input"), nodes("output"))


def _field(word: str, glossary: Mapping[str, Field], *, verified: bool) -> Field:
    told = _WORD.fullmatch(word)
    if told is None:
        raise ValueError(f"tables.toml: {word}")
    name, other, marks = told.groups()
    field = glossary[name] if other is None else _meaning(name, f"{other} {glossary[name].label}")
    return replace(field, required="*" in marks, verified=verified and "?" not in marks)


def _meaning(name: str, text: str) -> Field:
    form, _, label = text.partition(" ")
    told = _TYPE.fullmatch(form)
    if told is None:
        raise ValueError(f"glossary.toml: {name}")
    kind, length, places = told.groups()
    return Field(name, label, Kind(kind), int(length) if length else None, int(places or 0), False, True)
