"""Answers of a card terminal: their forms, and that none of them has room for a card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.payment_terminal import (
    Condition,
    Misfit,
    NotPaid,
    RefundStand,
    Why,
    leaks,
    read_condition,
    read_order,
    read_refund,
)
from kiosk.domain.money import Money
from kiosk.ports.payment_terminal import InProgress, PaidByCard, TerminalStep

ORDER, OTHER = "a" * 26, "b" * 26
CARD = "6200000000000000056"


@given(st.integers(1, 10**11))
def test_a_payment_is_read_to_the_fen(fen: int) -> None:
    fields = ("D", ORDER, str(fen), "unionpay", "000000000001", "0056")
    assert read_order(fields, ORDER) == PaidByCard(ORDER, Money(fen), "unionpay", "000000000001", "0056")


@pytest.mark.parametrize("step", TerminalStep)
def test_steps(step: TerminalStep) -> None:
    assert read_order(("P", ORDER, step.value), ORDER) == InProgress(step)


@pytest.mark.parametrize("why", Why)
def test_reasons(why: Why) -> None:
    assert read_order(("N", ORDER, why.value, "余额不足"), ORDER) == NotPaid(why, "余额不足")


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("D", ORDER),
        ("D", ORDER, "0", "unionpay", "1", "0056"),
        ("D", ORDER, "12.50", "unionpay", "1", "0056"),
        ("D", ORDER, "1250", "unionpay", "1", "00567"),
        ("D", ORDER, "1250", "unionpay", "1" * 13, "0056"),
        ("D", ORDER, "1250", "Union Pay", "1", "0056"),
        ("P", ORDER, "thinking"),
        ("N", ORDER, "because", ""),
        ("N", ORDER, "declined", "x" * 61),
        ("S", "ready"),
    ],
)
def test_what_has_another_form_is_not_read(fields: tuple[str, ...]) -> None:
    assert read_order(fields, ORDER) in {Misfit.SHAPE, Misfit.LEAK}


def test_an_answer_about_another_order_is_none() -> None:
    assert read_order(("P", OTHER, "enter_pin"), ORDER) is Misfit.ANOTHER
    assert read_refund(("F", OTHER), ORDER) is Misfit.ANOTHER


@pytest.mark.parametrize("written", [CARD, "6200 0000 0000 0000 056", "卡号6200-0000-0000-0000-056已扣款", CARD[:13]])
@pytest.mark.parametrize("place", [2, 3, 4, 5])
def test_a_card_number_anywhere_is_a_leak(written: str, place: int) -> None:
    fields = ["D", ORDER, "1250", "unionpay", "1", "0056"]
    fields[place] = written
    assert read_order(tuple(fields), ORDER) is Misfit.LEAK
    assert read_order(("N", ORDER, "declined", written), ORDER) is Misfit.LEAK
    assert read_refund(("X", ORDER, written), ORDER) is Misfit.LEAK
    assert read_condition(("S", written)) is Misfit.LEAK


@given(st.integers(10**12, 10**19 - 1), st.sampled_from(["", " ", "-"]), st.text("余额不足 ", max_size=5))
def test_any_number_as_long_as_a_cards_is_a_leak(number: int, between: str, words: str) -> None:
    assert leaks((words + between.join(str(number)) + words,), frozenset())


def test_our_own_order_is_no_leak_though_it_be_all_digits() -> None:
    order = "1234567890" * 2 + "123456"
    assert read_order(("P", order, "enter_pin"), order) == InProgress(TerminalStep.ENTER_PIN)


def test_refunds_and_conditions() -> None:
    assert read_refund(("W", ORDER), ORDER) is RefundStand.WAITING
    assert read_refund(("W",), ORDER) is Misfit.SHAPE
    assert read_condition(("S", "busy")) is Condition.BUSY
    assert read_condition(("S", "tired")) is Misfit.SHAPE


@given(st.lists(st.text(max_size=30), max_size=7).map(tuple))
def test_nonsense_pays_nothing(fields: tuple[str, ...]) -> None:
    assert not isinstance(read_order(fields, ORDER), PaidByCard)
