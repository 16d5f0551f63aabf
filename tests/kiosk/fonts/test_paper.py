"""The outlines of PDFs: the same characters, as wide, and so alike that nobody tells them apart on paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from kiosk import fonts
from kiosk.fonts import cff, embedded, sfnt

UNITS = 160
SAID = "门诊费用医保结算说明阿莫西林胶囊盐酸氨溴索片藏囊繁赢龘鑫0123456789.,¥×（）℃ABCabcfgjy"


@pytest.fixture(scope="module")
def paper() -> TTFont:
    return TTFont(fonts.PAPER)


def test_every_character_of_the_regular_weight_is_there_and_as_wide(paper: TTFont) -> None:
    regular = TTFont(fonts.path(400))
    ours, theirs = paper.getBestCmap() or {}, regular.getBestCmap() or {}
    assert set(ours) == set(theirs)
    widths, fine = paper["hmtx"], regular["hmtx"]
    assert max(abs(widths[ours[code]][0] * 1000 / UNITS - fine[theirs[code]][0]) for code in theirs) <= 500 / UNITS


def test_read_without_a_font_library_it_is_the_same_font(paper: TTFont) -> None:
    glyphs = {code: group.glyph + code - group.first for group in sfnt.groups(fonts.PAPER) for code in _codes(group)}
    assert {code: paper.getGlyphName(glyph) for code, glyph in glyphs.items()} == paper.getBestCmap()
    strings = paper["CFF "].cff[0].CharStrings
    read = cff.charstrings(sfnt.table(fonts.PAPER, "CFF "))
    assert len(read) == len(paper.getGlyphOrder())
    for code in map(ord, SAID):
        assert read[glyphs[code]] == strings[paper.getGlyphName(glyphs[code])].bytecode


def _codes(group: sfnt.Group) -> range:
    return range(group.first, group.last + 1)


def test_no_outline_leaves_the_box_that_is_told(paper: TTFont) -> None:
    left, bottom, right, top = paper["CFF "].cff[0].FontBBox
    assert embedded.BOX[0] <= left
    assert embedded.BOX[1] <= bottom
    assert embedded.BOX[2] >= right
    assert embedded.BOX[3] >= top


def test_drawn_as_large_as_a_title_it_looks_the_same() -> None:
    """At 120 dots an em, a title of 20 points on a printer of 430 dpi, 8 dots by 8 are as grey within a fifth."""
    worst = dict.fromkeys(SAID, 0.0)
    for letter in SAID:
        one, other = (_drawn(letter, str(path)) for path in (fonts.path(400), fonts.PAPER))
        patches = ImageChops.difference(one.resize((20, 20), _MEAN), other.resize((20, 20), _MEAN))
        worst[letter] = ImageStat.Stat(patches).extrema[0][1] / 255
    assert {letter: grey for letter, grey in worst.items() if grey > 0.2} == {}


_MEAN = Image.Resampling.BOX


def _drawn(letter: str, path: str) -> Image.Image:
    font = ImageFont.truetype(path, 120, layout_engine=ImageFont.Layout.BASIC)
    paper = Image.new("L", (160, 160), 0)
    ImageDraw.Draw(paper).text((20, 120), letter, 255, font, anchor="ls")
    return paper


@given(st.dictionaries(st.integers(1, 0xFFFF), st.binary(min_size=1, max_size=40), max_size=300))
def test_outlines_pass_through_a_font_untouched(outlines: dict[int, bytes]) -> None:
    given = {0: b"\x0e", **outlines}
    font = cff.keyed("AAAAAA+Some", given, UNITS, embedded.BOX)
    assert cff.charstrings(font) == tuple(given[number] for number in sorted(given))


def test_font_library_reads_what_is_written(paper: TTFont) -> None:
    strings = paper["CFF "].cff[0].CharStrings
    given = {0: strings[".notdef"].bytecode} | {ord(letter): strings[f"u{ord(letter):04X}"].bytecode for letter in SAID}
    read = CFFFontSet()
    read.decompile(BytesIO(cff.keyed("AAAAAA+Some", given, UNITS, embedded.BOX)), None)
    (font,) = read.topDictIndex
    assert read.fontNames == ["AAAAAA+Some"]
    assert font.ROS == ("Adobe", "Identity", 0)
    assert font.FontMatrix == [1 / UNITS, 0, 0, 1 / UNITS, 0, 0]
    assert font.FontBBox == list(embedded.BOX)
    assert {name: font.CharStrings[name].bytecode for name in font.charset} == {
        f"cid{number:05d}" if number else ".notdef": outline for number, outline in given.items()
    }
