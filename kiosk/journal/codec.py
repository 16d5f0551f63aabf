"""Facts to JSON and back, by their types.

Amounts become integers of fen, decimals become text, people become text in the open: what leaves here is sealed
before it is stored.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from kiosk.domain.money import Money
from kiosk.domain.personal import Personal


class Undecodable(Exception):
    """Stored data that is not of the wanted type: another version's, or damaged."""


def encode(value: object) -> Any:
    """A JSON-ready tree; dataclasses and people's values carry their class name under `_`, so that unions can be told apart."""
    match value:
        case None | bool() | str() | int() | float():
            return value.value if isinstance(value, Enum) else value
        case Enum():
            return value.value
        case Money():
            return value.fen
        case Personal():
            return {"_": type(value).__name__, "text": value.reveal()}
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case tuple() | frozenset():
            return [encode(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            tree = {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
            return {"_": type(value).__name__, **tree}
        case _:
            raise TypeError(f"{type(value).__name__} is not stored")


def decode(wanted: Any, tree: Any) -> Any:
    """The value of type `wanted` that `encode` made `tree` from; Undecodable otherwise."""
    try:
        return _decode(wanted, tree)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise Undecodable(getattr(wanted, "__name__", str(wanted))) from problem


_READERS: dict[Any, Callable[[Any], Any]] = {
    Money: Money,
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: base64.b64decode,
}


def _decode(wanted: Any, tree: Any) -> Any:
    origin = typing.get_origin(wanted)
    if origin in {types.UnionType, typing.Union}:
        return _decode_union(typing.get_args(wanted), tree)
    if origin in {tuple, frozenset}:
        item = typing.get_args(wanted)[0]
        return origin(_decode(item, part) for part in tree)
    if wanted in _READERS:
        return _READERS[wanted](tree)
    if dataclasses.is_dataclass(wanted):
        return _decode_dataclass(wanted, tree)
    if isinstance(wanted, type) and issubclass(wanted, Personal):
        return wanted(_named(wanted, tree)["text"])
    if wanted in {str, int, float, bool, type(None)}:
        return _decode_plain(wanted, tree)
    return wanted(tree)


def _decode_plain(wanted: type, tree: Any) -> Any:
    if wanted is float and type(tree) is int:
        return float(tree)
    if type(tree) is not wanted:
        raise TypeError(wanted.__name__)
    return tree


def _decode_union(members: tuple[Any, ...], tree: Any) -> Any:
    if tree is None and type(None) in members:
        return None
    named = tree.get("_") if isinstance(tree, dict) else None
    candidates = [m for m in members if m is not type(None)]
    if named is not None:
        candidates = [m for m in candidates if m.__name__ == named]
    if len(candidates) != 1:
        raise TypeError("union")
    return _decode(candidates[0], tree)


def _decode_dataclass(wanted: Any, tree: dict[str, Any]) -> Any:
    _named(wanted, tree)
    hints = _hints(wanted)
    return wanted(**{name: _decode(hints[name], part) for name, part in tree.items() if name != "_"})


def _named(wanted: Any, tree: dict[str, Any]) -> dict[str, Any]:
    if tree["_"] != wanted.__name__:
        raise TypeError(wanted.__name__)
    return tree


@functools.cache
def _hints(wanted: Any) -> dict[str, Any]:
    return typing.get_type_hints(wanted)
