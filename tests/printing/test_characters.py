from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import fonts
from kiosk.domain.paper import CharacterSet
from printing.characters import fit, holds

GBK, GB18030, NONE = CharacterSet.GBK, CharacterSet.GB18030, CharacterSet.NONE


def test_rare_character_is_text_only_where_the_printer_knows_four_bytes() -> None:
    assert holds("张三", GBK)
    assert not holds("陈䶮", GBK)
    assert holds("陈䶮李𬭎", GB18030)
    assert not holds("张三", NONE)
    assert holds("K7PM-42XQ-9", NONE)


def test_hanzi_beyond_our_font_is_kept_for_the_printer_that_holds_it() -> None:
    assert fit("李𠀀", GB18030) == "李𠀀"
    assert fit("李𠀀", GBK) == fit("李𠀀", NONE) == f"李{fonts.SUBSTITUTE}"


def test_yen_sign_is_written_as_gbk_has_it() -> None:
    assert fit("¥13.45", GBK) == "￥13.45"
    assert fit("¥13.45", NONE) == "¥13.45"


@pytest.mark.parametrize("characters", CharacterSet)
@given(text=st.text())
def test_whatever_is_fitted_comes_to_paper_one_way_or_the_other(characters: CharacterSet, text: str) -> None:
    fitted = fit(text, characters)
    assert fitted.isprintable()
    assert fitted.count("?") == text.count("?")
    assert all(holds(character, characters) or fonts.draws(character) for character in fitted)


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_gbk_bytes_are_the_same_in_both_sets(text: str) -> None:
    """A printer set to GB 18030 prints what one set to GBK would."""
    if holds(text, GBK):
        assert text.encode("gbk") == text.encode("gb18030")
