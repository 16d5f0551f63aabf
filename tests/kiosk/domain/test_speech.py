from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.speech import WORDS, Amount, Count, Sentence, Text, Tone, amount_words, number_words, private

DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")}
PLACES = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}
ENGLISH = {word: value for value, word in enumerate(WORDS["en"][:20])} | {
    word: 20 + 10 * at for at, word in enumerate(WORDS["en"][20:28])
}


def heard_in_chinese(words: list[str]) -> int:
    """As a listener adds it up; code of its own."""
    whole, group, digit = 0, 0, 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in PLACES:
            group, digit = group + (digit or 1) * PLACES[word], 0
        else:
            whole, group, digit = whole + (group + digit) * GROUPS[word], 0, 0
    return whole + group + digit


def heard_in_english(words: list[str]) -> int:
    whole, group = 0, 0
    for word in words:
        if word == "hundred":
            group *= 100
        elif word in {"thousand", "million", "billion"}:
            whole, group = whole + group * {"thousand": 1000, "million": 10**6, "billion": 10**9}[word], 0
        else:
            group += ENGLISH[word]
    return whole + group


@given(st.integers(0, 10**12 - 1) | st.integers(0, 20000))
def test_a_number_is_heard_as_itself(number: int) -> None:
    chinese = number_words(number, "zh")
    assert heard_in_chinese(chinese) == number
    assert not re.search("零零|零$", "".join(chinese)) or number == 0
    assert heard_in_english(number_words(number, "en")) == number


@given(st.integers(0, 10**10))
def test_an_amount_is_heard_to_the_fen(fen: int) -> None:
    words = amount_words(Money(fen), "zh")
    heard = {"元": 0, "角": 0, "分": 0}
    held: list[str] = []
    for word in words:
        if word in heard:
            heard[word], held = heard_in_chinese(held), []
        else:
            held.append(word)
    assert not held
    assert heard["元"] * 100 + heard["角"] * 10 + heard["分"] == fen
    assert set(words) <= set(WORDS["zh"])
    yuan, _, rest = " ".join(amount_words(Money(fen), "en")).partition(" yuan")
    assert heard_in_english(yuan.split()) * 100 + heard_in_english(rest.removesuffix("fen").split()) == fen


@pytest.mark.parametrize(
    ("fen", "spoken"),
    [
        (0, "零元"),
        (1200, "十二元"),
        (1005, "十元零五分"),
        (50, "五角"),
        (7, "七分"),
        (123456, "一千二百三十四元五角六分"),
        (10010000, "十万零一百元"),
        (2000000001, "二千万元零一分"),
    ],
)
def test_amounts_as_a_cashier_says_them(fen: int, spoken: str) -> None:
    assert "".join(amount_words(Money(fen), "zh")) == spoken


def test_what_belongs_to_the_visit_is_private() -> None:
    assert private(Amount(Money(1)))
    assert private(Text("内科"))
    assert not any(private(part) for part in (Sentence("pay.confirm"), Count(2), Tone.READ))


def test_a_number_nobody_says_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        number_words(-1, "zh")
