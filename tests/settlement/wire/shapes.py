"""What a wire model demands, read from its annotations as pydantic reads them."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Union, cast, get_args, get_origin

from annotated_types import Lt
from pydantic import BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from settlement.wire.codec import Message
from settlement.wire.values import Coded, Exact


@dataclass
class Shape:
    """One field of a model. `limit` is the first integer too large."""

    required: bool
    default: object = None
    python: type = str
    length: int | None = None
    pattern: str | None = None
    coded: bool = False
    exact: Exact | None = None
    limit: int | None = None
    model: type[Message] | None = None
    rows: bool = False


@dataclass
class Node:
    """The fields of one node of a body; the nodes below it stand beside it under longer paths."""

    rows: bool
    fields: dict[str, Shape] = field(default_factory=dict)


def shape_of(info: FieldInfo) -> Shape:
    shape = Shape(required=info.is_required(), default=None if info.is_required() else info.default)
    for mark in info.metadata:
        _mark(shape, mark)
    _annotation(shape, info.annotation)
    return shape


def _annotation(shape: Shape, annotation: Any) -> None:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for mark in arguments[1:]:
            _mark(shape, mark)
        _annotation(shape, arguments[0])
    elif origin in {Union, types.UnionType}:
        for argument in arguments:
            if argument is not type(None):
                _annotation(shape, argument)
    elif origin is tuple:
        shape.rows = True
        _annotation(shape, arguments[0])
    elif isinstance(annotation, type) and issubclass(annotation, Message):
        shape.model = annotation
    elif annotation in {str, int, Decimal}:
        shape.python = annotation
    else:
        raise TypeError(annotation)


def _mark(shape: Shape, mark: Any) -> None:
    match mark:
        case Coded():
            shape.coded = True
        case StringConstraints():
            shape.length = mark.max_length or shape.length
            shape.pattern = str(mark.pattern) if mark.pattern else shape.pattern
        case BeforeValidator(func=Exact() as exact):
            shape.exact = exact
        case Lt(lt=limit):
            shape.limit = cast("int", limit)
        case _ if hasattr(mark, "metadata"):  # Field(...) inside Annotated
            for inner in mark.metadata:
                _mark(shape, inner)
        case _:
            pass


def spelling(name: str, info: FieldInfo) -> str:
    return info.alias or name


def nodes(model: type[Message], path: str = "") -> Mapping[str, Node]:
    """Every node of a body that a model makes or reads, by the paths that the tables use."""
    return dict(_nodes(model, path, rows=False))


def _nodes(model: type[Message], path: str, *, rows: bool) -> Iterator[tuple[str, Node]]:
    node = Node(rows)
    below: list[tuple[str, Node]] = []
    for name, info in model.model_fields.items():
        shape = shape_of(info)
        if shape.model is None:
            node.fields[spelling(name, info)] = shape
        else:
            child = ".".join(part for part in (path, name) if part) + ("[]" if shape.rows else "")
            below += _nodes(shape.model, child, rows=shape.rows)
    if node.fields:
        yield path, node
    yield from below
