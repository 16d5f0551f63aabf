"""First letters of pinyin, as a person who looks something up would type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.initials import initials
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("异地就医备案", "ydjyba"),
        ("门诊慢特病认定", "mzmtbrd"),
        ("报销比例是多少？", "bxblsds"),
        ("啊座", "az"),
        ("65 岁 VIP", "65svip"),
        ("龘、——", ""),
        ("", ""),
    ],
)
def test_letters_of_words(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_the_packs_own_initials_agree() -> None:
    """What was written by hand for the items, as far as their names have no hanzi of two readings."""
    items = read_pack(config_dir() / "packs" / "000000").services.items.values()
    agree = [item for item in items if item.initials == initials(item.name.zh)]
    assert len(agree) >= 10


@given(st.text())
def test_any_text_has_letters_and_digits_alone(text: str) -> None:
    found = initials(text)
    assert len(found) <= len(text)
    assert all(letter.isascii() and letter.isalnum() for letter in found)
