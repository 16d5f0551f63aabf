"""Numbers the kiosk makes: unique ones for machines, short ones for people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.sid import is_sid, is_spoken_number, new_order, new_sid, spoken_number

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
sids = st.integers(0, 2**48 - 1).map(new_sid)


@given(st.integers(0, 2**48 - 1))
def test_a_sid_tells_its_time_and_is_one(milliseconds: int) -> None:
    sid = new_sid(milliseconds)
    assert is_sid(sid)
    value = 0
    for character in sid:
        value = value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character)
    assert value >> 80 == milliseconds


def test_sids_of_one_moment_differ() -> None:
    assert len({new_sid(1_795_000_000_000) for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    "no_sid", ["", "01KAMMV5RC6Z2J5N4Q8W7T3XY", "01KAMMV5RC6Z2J5N4Q8W7T3XYU", "01kammv5rc6z2j5n4q8w7t3xyd"]
)
def test_what_is_no_sid(no_sid: str) -> None:
    assert not is_sid(no_sid)


def test_orders_are_what_every_payment_service_accepts() -> None:
    orders = {new_order() for _ in range(1_000)}
    assert len(orders) == 1_000
    assert all(re.fullmatch(r"[0-9a-z]{20,31}", order) for order in orders)  # 31: a refund's key is one longer


@given(sids)
def test_a_spoken_number_is_short_and_always_the_same(sid: str) -> None:
    number = spoken_number(sid)
    assert re.fullmatch(f"[{READABLE}]{{4}}-[{READABLE}]{{4}}-[{READABLE}]", number)
    assert number == spoken_number(sid)
    assert is_spoken_number(number)
    assert is_spoken_number(number.replace("-", "").lower())


@given(sids, st.integers(0, 8), st.sampled_from(READABLE))
def test_one_wrong_character_is_always_caught(sid: str, place: int, wrong: str) -> None:
    number = spoken_number(sid).replace("-", "")
    misheard = number[:place] + wrong + number[place + 1 :]
    assert is_spoken_number(misheard) is (misheard == number)


@pytest.mark.parametrize("wrong", ["", "ABCD-EFGH", "ABCD-EFGH-0", "ABCD-EFGH-I", "ABCDEFGHJK"])
def test_what_is_no_spoken_number(wrong: str) -> None:
    assert not is_spoken_number(wrong)
