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
        return _decode(wanted, tree)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise Undecodable(getattr(wanted, "__name__", str(wanted))) from problem


_READERS: dict[Any, Callable[[Any], object]] = {
    Money: Money,
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: lambda text: base64.b64decode(text, validate=True),
}


def _decode(wanted: Any, tree: object) -> object:
    origin = typing.get_origin(wanted)
    if origin in {types.UnionType, typing.Union}:
        return _decode_union(typing.get_args(wanted), tree)
    if origin is tuple and Ellipsis not in typing.get_args(wanted):
        return _decode_row(typing.get_args(wanted), tree)
    if origin in {tuple, frozenset}:
        return _decode_items(origin, typing.get_args(wanted)[0], tree)
    if wanted in _READERS:
        return _READERS[wanted](tree)
    if dataclasses.is_dataclass(wanted) or _is_personal(wanted):
        return _decode_named(wanted, tree)
    if wanted in {str, int, float, bool, type(None)}:
        return _decode_plain(wanted, tree)
    return wanted(tree)


def _is_personal(wanted: Any) -> TypeGuard[type[Personal]]:
    return isinstance(wanted, type) and issubclass(wanted, Personal)


def _decode_items(container: Callable[[list[object]], object], item: Any, tree: object) -> object:
    if not isinstance(tree, list):
        raise TypeError("not a list")
    return container([_decode(item, part) for part in cast("list[object]", tree)])


def _decode_row(members: tuple[Any, ...], tree: object) -> object:
    """A tuple of so many values, each of its own type."""
    if not isinstance(tree, list) or len(cast("list[object]", tree)) != len(members):
        raise TypeError("not a row")
    return tuple(_decode(member, part) for member, part in zip(members, cast("list[object]", tree), strict=True))


def _decode_plain(wanted: type, tree: object) -> object:
    if wanted is float and type(tree) is int:
        return float(tree)
    if type(tree) is not wanted:
        raise TypeError(wanted.__name__)
    return tree


def _decode_union(members: tuple[Any, ...], tree: object) -> object:
    if tree is None and type(None) in members:
        return None
    candidates = [member for member in members if member is not type(None)]
    named = _class_name(tree)
    if named is not None:
        candidates = [member for member in candidates if member.__name__ == named]
    if len(candidates) != 1:
        raise TypeError("union")
    return _decode(candidates[0], tree)


def _class_name(tree: object) -> object:
    return cast("dict[str, object]", tree).get(_CLASS) if isinstance(tree, dict) else None


def _fields(tree: object) -> Mapping[str, object]:
    if not isinstance(tree, dict):
        raise TypeError("not an object")
    return cast("dict[str, object]", tree)


def _decode_named(wanted: Any, tree: object) -> object:
    fields = _fields(tree)
    if fields[_CLASS] != wanted.__name__:
        raise TypeError(wanted.__name__)
    if _is_personal(wanted):
        return wanted(cast("str", _decode_plain(str, fields[_TEXT])))
    hints = _hints(wanted)
    return wanted(**{name: _decode(hints[name], part) for name, part in fields.items() if name != _CLASS})


@functools.cache
def _hints(wanted: Any) -> dict[str, Any]:
    return typing.get_type_hints(wanted)
