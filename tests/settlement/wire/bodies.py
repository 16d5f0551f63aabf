"""Bodies of every transaction as JSON trees: the fullest, with all fields at their greatest lengths, and any others."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kiosk.ports.clock import BEIJING
from settlement.wire.codec import Message
from settlement.wire.values import Exact
from tests.settlement.wire.shapes import Shape, shape_of, spelling

Body = dict[str, Any]

_CHARACTERS = st.characters(codec="utf-8")
_MOMENTS = [datetime(year, month, 28, month, 59, 1, tzinfo=BEIJING) for year in (2000, 2026) for month in (2, 12)]


def fullest(model: type[Message]) -> Body:
    """Every field, each as long as it may be, and one row of everything."""
    body: Body = {}
    for name, info in model.model_fields.items():
        shape = shape_of(info)
        value = fullest(shape.model) if shape.model else _fullest_value(shape)
        body[spelling(name, info)] = [value] if shape.rows else value
    return body


def _fullest_value(shape: Shape) -> object:
    if shape.pattern:
        return "2026-11-22 09:30:05" if ":" in shape.pattern else "2026-11-22"
    if shape.exact:
        return Decimal(10 ** (shape.exact.digits) - 1).scaleb(-shape.exact.places)
    if shape.python is not str:
        return (shape.limit or 1000) - 1
    return "长" * (shape.length or 20)


@st.composite
def any_body(draw: st.DrawFn, model: type[Message]) -> Body:
    """The fullest body with some of its values changed or, where nothing else stands in for them, left out."""
    body, fields = fullest(model), list(places(model))
    for place, shape in draw(st.lists(st.sampled_from(fields), max_size=8, unique_by=lambda field: field[0])):
        leave_out = not shape.required and shape.default is None and draw(st.booleans())
        body = changed(body, place, ... if leave_out else draw(_any_value(shape)))
    return body


def _any_value(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.pattern:
        form = "%Y-%m-%d %H:%M:%S" if ":" in shape.pattern else "%Y-%m-%d"
        return st.sampled_from([moment.strftime(form) for moment in _MOMENTS])
    if shape.exact:
        return _any_number(shape.exact)
    if shape.python is not str:
        return st.integers(0, (shape.limit or 1000) - 1)
    return st.text(_CHARACTERS, min_size=1, max_size=min(shape.length or 20, 20))


def _any_number(exact: Exact) -> st.SearchStrategy[Decimal]:
    return st.integers(1 - 10**exact.digits, 10**exact.digits - 1).map(lambda n: Decimal(n).scaleb(-exact.places))


Place = tuple[str | int, ...]


def places(model: type[Message], place: Place = ()) -> Iterator[tuple[Place, Shape]]:
    """Where each field of the fullest body stands."""
    for name, info in model.model_fields.items():
        shape = shape_of(info)
        here = (*place, spelling(name, info))
        if shape.model is not None:
            yield from places(shape.model, (*here, 0) if shape.rows else here)
        else:
            yield here, shape


def changed(body: Body, place: Place, value: object) -> Body:
    """The body with another value there; `...` takes the field out."""
    copy: Any = {key: _copied(inner) for key, inner in body.items()}
    node = copy
    for step in place[:-1]:
        node = node[step]
    if value is ...:
        del node[place[-1]]
    else:
        node[place[-1]] = value
    return copy  # type: ignore[no-any-return]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
