"""Which characters the typeface can draw, read from its own character map, and what is written for the others."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Container
from functools import cache
from pathlib import Path

from kiosk.fonts import sfnt

SUBSTITUTE = "※"
"""Stands for a character without a glyph; paper explains it in a footnote that sends the reader to the certificate."""

_REGULAR = Path(__file__).resolve().parent / "NotoSansSC-Regular.ttf"
_ACCENTED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_SEGMENTED_COVERAGE = 12  # cmap format 12: groups of (first code, last code, first glyph), sorted


def draws(character: str) -> bool:
    """True when both weights hold a glyph for this one character."""
    firsts, lasts = _groups()
    at = bisect.bisect_right(firsts, ord(character)) - 1
    return at >= 0 and ord(character) <= lasts[at]


def drawable(text: str, keep: Container[str] = ()) -> str:
    """The text with a glyph for each of its characters, save those that the caller brings to paper otherwise (`keep`).

    Separate accents are composed, private code points of the GBK era become the characters they stood for, every kind
    of space and line break becomes a plain space, control and invisible characters go, and what is left without a glyph
    becomes `SUBSTITUTE`. Hanzi are never exchanged for their compatibility twins, as full normalisation would.
    """
    if _is_common(text):
        return text
    composed = _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return "".join(character if character in keep else _written(character) for character in composed)


def _is_common(text: str) -> bool:
    """True when all of the text is of GB 2312, which the typeface has whole: nearly every text, decided in one go."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _written(character: str) -> str:
    character = _legacy().get(character, character)
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Cc", "Cf"} or _is_variation_selector(character):
        return ""
    return character if draws(character) else SUBSTITUTE


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@cache
def _legacy() -> dict[str, str]:
    """Private code points to characters, for names typed when the code page had no better place for them.

    GBK put FE50–FEA0 (among them 䶮 of many names) at U+E815–E864, because Unicode lacked those characters. GB 18030
    gave them real code points, the last fourteen in its 2005 and 2022 editions, which Python's codec does not follow.
    """
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    table = {chr(0xE815 + at): bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(trails)}
    table.update(_LATER_EDITIONS)
    return {private: real for private, real in table.items() if private != real}


_LATER_EDITIONS = dict(
    zip(
        "\ue816\ue817\ue818\ue831\ue83b\ue855\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)


@cache
def _groups() -> tuple[list[int], list[int]]:
    """First and last codes of the font's character groups."""
    rows = tuple(sfnt.groups(_REGULAR))
    return [group.first for group in rows], [group.last for group in rows]
