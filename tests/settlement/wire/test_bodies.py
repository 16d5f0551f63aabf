"""Every body that a kiosk sends survives the wire digit for digit, and what the interface does not take is named."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from settlement.wire.catalogue import EXCHANGES
from settlement.wire.codec import BrokenMessage, Decimals, Message, decode, encode, read
from settlement.wire.coding import codes_in
from settlement.wire.fields import Kind, tables
from tests.settlement.wire.bodies import Place, any_body, changed, fullest, places
from tests.settlement.wire.shapes import nodes

BODIES = sorted(
    {exchange.input for exchange in EXCHANGES.values()}, key=lambda model: f"{model.__module__}.{model.__name__}"
)
REPLIES = sorted(
    {told for exchange in EXCHANGES.values() if (told := exchange.output)}, key=lambda model: model.__name__
)
bodies = pytest.mark.parametrize("model", BODIES, ids=lambda model: model.__name__)
replies = pytest.mark.parametrize("model", REPLIES, ids=lambda model: model.__name__)
few = settings(max_examples=10)


def path(place: Place) -> str:
    return ".".join(map(str, place))


@bodies
@pytest.mark.parametrize("decimals", ["number", "string"])
@few
@given(st.data())
def test_a_body_survives_the_wire(model: type[Message], decimals: Decimals, data: st.DataObject) -> None:
    body = data.draw(any_body(model))
    sent = read(model, body)
    arrived = read(model, decode(encode(sent, decimals)))
    assert arrived == sent
    assert _as_told(arrived.model_dump(exclude_none=True)) == _as_told(body)


def _as_told(value: Any) -> Any:
    """Rows as lists, and without nodes that say nothing."""
    if isinstance(value, dict):
        return {key: _as_told(inner) for key, inner in value.items() if inner not in ((), [])}
    return [_as_told(inner) for inner in value] if isinstance(value, list | tuple) else value


@bodies
def test_the_fullest_body_is_taken(model: type[Message]) -> None:
    body = fullest(model)
    assert _as_told(read(model, body).model_dump()) == body


@bodies
def test_each_required_field_that_is_missing_is_named(model: type[Message]) -> None:
    for place, shape in places(model):
        if shape.required:
            with pytest.raises(BrokenMessage) as broken:
                read(model, changed(fullest(model), place, ...))
            assert (broken.value.fields, broken.value.complaints) == ((path(place),), ("missing",))


@bodies
def test_each_field_that_is_too_long_is_named(model: type[Message]) -> None:
    for place, shape in places(model):
        longer: object = None
        if shape.exact:
            longer = Decimal(10**shape.exact.digits).scaleb(-shape.exact.places)
        elif shape.limit:
            longer = shape.limit
        elif shape.length:
            longer = "长" * (shape.length + 1)
        if longer is not None:
            with pytest.raises(BrokenMessage) as broken:
                read(model, changed(fullest(model), place, longer))
            assert broken.value.fields == (path(place),)


@bodies
@pytest.mark.parametrize("wrong", [{"张三": 1}, [1], True, "2026/11/22"], ids=["object", "list", "bool", "slashes"])
def test_each_field_of_another_type_is_named_without_its_content(model: type[Message], wrong: object) -> None:
    for place, shape in places(model):
        if wrong == "2026/11/22" and shape.python is str and not shape.pattern:
            continue  # any text is a text
        if wrong is True and shape.limit:
            continue  # pydantic takes True for 1; no caller of ours has a bool there
        with pytest.raises(BrokenMessage) as broken:
            read(model, changed(fullest(model), place, wrong))
        assert broken.value.fields[0].startswith(path(place))
        assert "张三" not in f"{broken.value!r}"


@pytest.mark.parametrize("infno", sorted(EXCHANGES))
def test_each_code_is_looked_up_in_its_dictionary(infno: str) -> None:
    """All coded fields of the lists are found in a message, each under its own path."""
    model = EXCHANGES[infno].input
    listed = {
        (node, field.name)
        for node, fields in tables()[infno].input.items()
        for field in fields.values()
        if field.kind is Kind.CODE
    }
    found = {
        (place.replace(".0", "[]").rpartition(".")[0], name) for place, name, _ in codes_in(read(model, fullest(model)))
    }
    assert found == listed
    assert set(nodes(model)) >= {node for node, _ in listed}


# --- replies ---


@replies
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_reply_may_leave_out_whatever_nobody_acts_upon(model: type[Message], nothing: object) -> None:
    full = fullest(model)
    for place, shape in places(model):
        if not shape.required:
            read(model, changed(full, place, nothing))
            read(model, changed(full, place, ...))


@replies
def test_a_reply_may_write_numbers_as_texts_and_texts_as_numbers(model: type[Message]) -> None:
    full = fullest(model)
    for place, shape in places(model):
        other: object = 1 if shape.python is str else "1"
        told: Any = read(model, changed(full, place, other)).model_dump(by_alias=True)
        for step in place:
            told = told[step]
        assert str(told).rstrip("0.") == "1", path(place)


@replies
@few
@given(st.data())
def test_a_reply_keeps_what_it_says_besides(model: type[Message], data: st.DataObject) -> None:
    besides = data.draw(st.dictionaries(st.sampled_from(["exp_content", "expContent", "memo1"]), st.text(max_size=9)))
    told = read(model, fullest(model) | besides)
    assert besides.items() <= decode(encode(told)).items()


@replies
def test_rows_may_come_alone_or_not_at_all(model: type[Message]) -> None:
    for name, node in nodes(model).items():
        if node.rows and "." not in name:
            top = name.removesuffix("[]")
            row = fullest(model)[top][0]
            alone = read(model, fullest(model) | {top: row})
            assert getattr(alone, top) == getattr(read(model, fullest(model)), top)
            assert getattr(read(model, fullest(model) | {top: None}), top) == ()
