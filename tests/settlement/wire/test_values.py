from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from settlement.wire.values import Amount, MaybeAmount, Quantity, Ratio, UnitPrice, from_fen, to_fen

_AMOUNT = TypeAdapter[Decimal](Amount)
_FEN = st.integers(-(10**16) + 1, 10**16 - 1)


@given(_FEN)
def test_fen_and_amounts_are_the_same_money(fen: int) -> None:
    amount = from_fen(fen)
    assert to_fen(amount) == fen
    assert _AMOUNT.validate_python(amount) == _AMOUNT.validate_python(str(amount)) == amount
    assert amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("given_", "read"),
    [(12, "12.00"), ("12", "12.00"), (Decimal("12.3"), "12.30"), ("4.520000", "4.52"), ("-0.00", "0.00")],
)
def test_amounts_are_read_with_two_places(given_: object, read: str) -> None:
    assert str(_AMOUNT.validate_python(given_)) == read


@pytest.mark.parametrize(
    "wrong",
    [
        1.5, True, None, "", " 1", "1,000.00", "1e3", Decimal("1E+3"), Decimal("1E-300"), Decimal("1E+999999"), "NaN",
        Decimal("NaN"), Decimal("Infinity"), "12.345", Decimal("0.001"), "+1", "１２", "100000000000000.00", [1],
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        _AMOUNT.validate_python(wrong)


def test_places_follow_the_field() -> None:
    assert str(TypeAdapter[Decimal](UnitPrice).validate_python("1.5")) == "1.500000"
    assert str(TypeAdapter[Decimal](Quantity).validate_python(3)) == "3.0000"
    assert str(TypeAdapter[Decimal](Ratio).validate_python("0.05")) == "0.0500"
    with pytest.raises(ValidationError):
        TypeAdapter[Decimal](Ratio).validate_python("10")


def test_null_and_empty_are_no_amount_where_platforms_send_them() -> None:
    maybe = TypeAdapter[Decimal | None](MaybeAmount)
    assert maybe.validate_python(None) is None
    assert maybe.validate_python("") is None
    assert maybe.validate_python("1.00") == Decimal("1.00")


@pytest.mark.parametrize("finer", [Decimal("0.001"), Decimal("NaN")])
def test_nothing_finer_than_a_fen_becomes_fen(finer: Decimal) -> None:
    with pytest.raises(ValueError):
        to_fen(finer)
