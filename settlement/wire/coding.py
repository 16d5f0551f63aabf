"""Finds the codes in a message, each with the field that says which dictionary it must come from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast, get_args

from settlement.wire.codec import Message
from settlement.wire.values import Coded


def codes_in(message: Message, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, field name and code of every coded field that says something."""
    coded = _coded_fields(type(message))
    for name, value in message:
        place = f"{path}.{name}" if path else name
        if name in coded and isinstance(value, str):
            yield place, name, value
        elif isinstance(value, Message):
            yield from codes_in(value, place)
        elif isinstance(value, tuple):
            for index, row in enumerate(cast("tuple[object, ...]", value)):
                if isinstance(row, Message):
                    yield from codes_in(row, f"{place}.{index}")


@cache
def _coded_fields(model: type[Message]) -> frozenset[str]:
    fields = model.model_fields.items()
    return frozenset(name for name, info in fields if _is_coded([*info.metadata, info.annotation]))


def _is_coded(marks: list[Any]) -> bool:
    """The mark stands in the field itself, or inside `Annotated[…] | None`."""
    return any(isinstance(mark, Coded) or _is_coded(list(get_args(mark))) for mark in marks)
