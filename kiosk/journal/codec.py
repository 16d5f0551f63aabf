"""Facts to JSON and back, by their types.

Amounts become integers of fen, decimals become text, people become text in the open: what leaves here is sealed
before it is stored. Dataclasses and values about a person carry their class name under `_`: a field may hold one of
several.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeGuard, cast

from kiosk.domain.money import Money
from kiosk.domain.personal import Personal


class Undecodable(Exception):
    """Stored data that is not of the wanted type: another version's, or damaged."""


_CLASS, _TEXT = "_", "text"


def encode(value: object) -> object:
    """A JSON-ready tree; TypeError for what the journal does not store."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | str | int | float):
        return value
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    if isinstance(value, tuple | frozenset):
        return [encode(item) for item in cast("typing.Iterable[object]", value)]
    if dataclasses.is_dataclass(value):
        tree = {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {_CLASS: type(value).__name__, **tree}
    raise TypeError(f"{type(value).__name__} is not stored")


_WRITERS: dict[type, Callable[[Any], object]] = {
    Money: lambda amount: amount.fen,
    Personal: lambda person: {_CLASS: type(person).__name__, _TEXT: person.reveal()},
    Decimal: str,
    date: lambda day: day.isoformat(),  # a datetime too
    bytes: lambda raw: base64.b64encode(raw).decode(),
}


def decode(wanted: Any, tree: object) -> Any:
    """The value of type `wanted` that `encode` made `tree` from; Undecodable otherwise."""
    try:
        return _reader(wanted)(tree)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise Undecodable(getattr(wanted, "__name__", str(wanted))) from problem


_Reader = Callable[[Any], object]

_READERS: dict[Any, _Reader] = {
    Money: Money,
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: lambda text: base64.b64decode(text, validate=True),
}


@functools.cache
def _reader(wanted: Any) -> _Reader:
    """What a type's annotation says of its trees is looked up once: a journal is read at every start."""
    origin, members = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in {types.UnionType, typing.Union}:
        return _reader_of_union(members)
    if origin is tuple and Ellipsis not in members:
        return _reader_of_row(members)
    if origin in {tuple, frozenset}:
        return _reader_of_items(origin, members[0])
    if wanted in _READERS:
        return _READERS[wanted]
    if _is_personal(wanted):
        return _reader_of_person(wanted)
    if dataclasses.is_dataclass(wanted):
        return _reader_of_record(wanted)
    return _reader_of_plain(wanted) if wanted in {str, int, float, bool, type(None)} else cast("_Reader", wanted)


def _is_personal(wanted: Any) -> TypeGuard[type[Personal]]:
    return isinstance(wanted, type) and issubclass(wanted, Personal)


def _reader_of_items(container: Callable[[list[object]], object], item: Any) -> _Reader:
    read = _reader(item)

    def read_items(tree: object) -> object:
        if not isinstance(tree, list):
            raise TypeError("not a list")
        return container([read(part) for part in cast("list[object]", tree)])

    return read_items


def _reader_of_row(members: tuple[Any, ...]) -> _Reader:
    """A tuple of so many values, each of its own type."""
    readers = [_reader(member) for member in members]

    def read_row(tree: object) -> object:
        if not isinstance(tree, list) or len(cast("list[object]", tree)) != len(readers):
            raise TypeError("not a row")
        return tuple(read(part) for read, part in zip(readers, cast("list[object]", tree), strict=True))

    return read_row


def _reader_of_plain(wanted: type) -> _Reader:
    def read_plain(tree: object) -> object:
        if wanted is float and type(tree) is int:
            return float(tree)
        if type(tree) is not wanted:
            raise TypeError(wanted.__name__)
        return tree

    return read_plain


def _reader_of_union(members: tuple[Any, ...]) -> _Reader:
    candidates = [member for member in members if member is not type(None)]
    optional = len(candidates) < len(members)

    def read_union(tree: object) -> object:
        if tree is None and optional:
            return None
        named = _class_name(tree)
        fitting = [one for one in candidates if named is None or one.__name__ == named]
        if len(fitting) != 1:
            raise TypeError("union")
        return _reader(fitting[0])(tree)

    return read_union


def _class_name(tree: object) -> object:
    return cast("dict[str, object]", tree).get(_CLASS) if isinstance(tree, dict) else None


def _named(wanted: type, tree: object) -> Mapping[str, object]:
    """The fields of a tree that bears the class's name."""
    if not isinstance(tree, dict):
        raise TypeError("not an object")
    fields = cast("dict[str, object]", tree)
    if fields[_CLASS] != wanted.__name__:
        raise TypeError(wanted.__name__)
    return fields


def _reader_of_person(wanted: type[Personal]) -> _Reader:
    read_text = _reader_of_plain(str)
    return lambda tree: wanted(cast("str", read_text(_named(wanted, tree)[_TEXT])))


def _reader_of_record(wanted: Any) -> _Reader:
    def read_record(tree: object) -> object:
        readers = _readers_of_fields(wanted)  # not before: a record may hold others of its kind
        fields = _named(wanted, tree).items()
        return wanted(**{name: readers[name](part) for name, part in fields if name != _CLASS})

    return read_record


@functools.cache
def _readers_of_fields(wanted: Any) -> dict[str, _Reader]:
    return {name: _reader(hint) for name, hint in typing.get_type_hints(wanted).items()}
