from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kiosk import fonts

RARE_IN_NAMES = "䶮㛃𬭎喆堃𠅤镕珺赟翀𫖮𬀩𬸚·"


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_map_read_without_font_library_is_the_fonts_own(weight: int) -> None:
    own = set(TTFont(fonts.path(weight)).getBestCmap() or ())
    assert {code for code in range(0x110000) if fonts.draws(chr(code))} == own


@pytest.mark.parametrize("character", RARE_IN_NAMES)
def test_rare_character_of_names_is_drawn_as_itself(character: str) -> None:
    assert fonts.drawable(character) == character


def test_every_hanzi_of_gbk_is_drawn_as_itself() -> None:
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF) if trail != 0x7F)
    hanzi = [
        text for text in (pair.decode("gbk", "ignore") for pair in pairs) if unicodedata.category(text or " ") == "Lo"
    ]
    assert len(hanzi) > 21_000
    assert [character for character in hanzi if fonts.drawable(character) != character] == []


def test_every_printable_character_of_gb_2312_is_drawn_as_itself() -> None:
    """That lets a text of them alone pass in one go."""
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF))
    printable = [each for each in map(_of_gb_2312, pairs) if each.isprintable() and each]
    assert len(printable) == 7_444  # all 7,445 but the wide space
    assert [each for each in printable if not fonts.draws(each)] == []
    assert fonts.drawable("姓\u3000名\t") == "姓 名 "


def _of_gb_2312(pair: bytes) -> str:
    return pair.decode("gb2312", errors="ignore")


def test_private_code_points_of_gbk_become_the_characters_they_meant() -> None:
    assert fonts.drawable("张\ue863") == "张䶮"
    assert fonts.drawable("\ue816\ue864") == "𠂇龻"
    assert fonts.SUBSTITUTE not in fonts.drawable("".join(map(chr, range(0xE815, 0xE865))))


def test_character_without_glyph_becomes_the_reference_mark() -> None:
    assert fonts.drawable("李𠀀") == "李※"


def test_invisible_characters_go_and_breaks_become_spaces() -> None:
    assert fonts.drawable("李\u200b四\ufe0f\n王\u00a0五\u3000六\x1b") == "李四 王 五 六"


def test_split_accents_are_composed() -> None:
    assert fonts.drawable("Jose\u0301") == "José"


@given(st.text())
def test_whatever_is_drawable_has_glyphs_and_stays_so(text: str) -> None:
    drawn = fonts.drawable(text)
    assert all(fonts.draws(character) for character in drawn)
    assert drawn.isprintable()
    assert fonts.drawable(drawn) == drawn
    assert drawn.count("?") == text.count("?") + text.count("\u037e") * 0
