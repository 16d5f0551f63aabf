"""Money is a whole number of fen, and there are two ways to write it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.money import ZERO, Money, Quantity, Ratio, UnitPrice, in_capitals, text, total
from tests.kiosk.domain.capitals import read_capitals

LARGEST = 10**16 - 1
fens = st.integers(-LARGEST, LARGEST)
some = st.integers(-(10**12), 10**12)


@given(fens)
def test_yuan_and_back_is_the_same_money(fen: int) -> None:
    assert Money.from_yuan(Money(fen).yuan()) == Money(fen)
    assert str(Money(fen).yuan()).partition(".")[2].isdigit()
    assert len(str(Money(fen).yuan()).partition(".")[2]) == 2


@given(st.lists(some.map(Money)))
def test_a_sum_is_the_sum_of_its_fen(amounts: list[Money]) -> None:
    assert total(amounts).fen == sum(amount.fen for amount in amounts)


@given(some, some)
def test_money_adds_and_compares_as_its_fen(a: int, b: int) -> None:
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert -Money(a) == Money(-a)
    assert (Money(a) < Money(b)) is (a < b)
    assert (Money(a) >= Money(b)) is (a >= b)
    assert bool(Money(a)) is bool(a)


@given(st.decimals(allow_nan=True, allow_infinity=True))
@example(Decimal("sNaN"))
@example(Decimal("0.12") + Decimal("1E-30"))
@example(Decimal("1E+999999"))
@example(Decimal("1E-999999"))
def test_from_yuan_takes_whole_fen_and_nothing_else(yuan: Decimal) -> None:
    fen = Fraction(yuan) * 100 if yuan.is_finite() else Fraction(1, 3)
    if fen.denominator == 1 and abs(fen) <= LARGEST:
        assert Money.from_yuan(yuan) == Money(int(fen))
    else:
        with pytest.raises(ValueError):
            Money.from_yuan(yuan)


def test_more_than_the_wire_carries_is_no_money() -> None:
    with pytest.raises(ValueError):
        Money(LARGEST + 1)


@pytest.mark.parametrize("wrong", [True, 1.0, Decimal(1), "1", None])
def test_fen_are_integers_and_nothing_else(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "0.00 元", "¥0.00"),
        (5, "0.05 元", "¥0.05"),
        (123456, "1,234.56 元", "¥1,234.56"),
        (-9940, "-99.40 元", "-¥99.40"),
    ],
)
def test_a_patient_reads(fen: int, zh: str, en: str) -> None:
    assert (text(Money(fen)), text(Money(fen), "zh"), text(Money(fen), "en")) == (zh, zh, en)


@given(fens)
def test_text_tells_the_amount(fen: int) -> None:
    shown = text(Money(fen)).removesuffix(" 元").replace(",", "")
    assert Money.from_yuan(Decimal(shown)) == Money(fen)


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (10, "人民币壹角整"),
        (15, "人民币壹角伍分"),
        (100, "人民币壹元整"),
        (140950, "人民币壹仟肆佰零玖元伍角整"),
        (600714, "人民币陆仟零柒元壹角肆分"),
        (168032, "人民币壹仟陆佰捌拾元叁角贰分"),
        (10700053, "人民币壹拾万柒仟元伍角叁分"),
        (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (32504, "人民币叁佰贰拾伍元零肆分"),
        (1000_0000_0000_00, "人民币壹仟亿元整"),
        (1_0000_0001_00, "人民币壹亿零壹元整"),
        (-9940, "人民币负玖拾玖元肆角整"),
    ],
)
def test_capitals_as_the_rules_give_them(fen: int, capitals: str) -> None:
    """The first half are the examples of 《正确填写票据和结算凭证的基本规定》, or follow from them."""
    assert in_capitals(Money(fen)) == capitals


@given(st.one_of(fens, st.integers(0, 2_000_000), st.integers(0, LARGEST // 10**6).map(lambda n: n * 10**6)))
def test_capitals_are_read_back_by_the_rules(fen: int) -> None:
    assert read_capitals(in_capitals(Money(fen))) == fen


@pytest.mark.parametrize(
    "wrong",
    [
        "人民币壹元",
        "人民币零壹元整",
        "人民币壹佰壹元整",
        "人民币壹元伍分",
        "人民币壹拾零元整",
        "壹元整",
        "人民币壹佰零零壹元整",
    ],
)
def test_the_reader_is_strict(wrong: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_capitals(wrong)


def test_prices_and_shares_are_shown_as_they_are() -> None:
    assert UnitPrice(Decimal("8.520000")).text() == "8.52"
    assert UnitPrice(Decimal("8.5")).text() == "8.50"
    assert UnitPrice(Decimal("0.012345")).text() == "0.012345"
    assert Quantity(Decimal("2.0000")).text() == "2"
    assert Quantity(Decimal("0.5")).text() == "0.5"
    assert Ratio(Decimal("0.1250")).text() == "12.5%"
    assert total([]) == ZERO
