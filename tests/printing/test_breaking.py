from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from printing.breaking import columns, rows

CLOSING = "，。、；：？！）》」”％,.;:)"
OPENING = "（《「“￥¥("

prose = st.text(st.sampled_from("医保结算凭条请到号窗口 abc 0123456789.-" + CLOSING + OPENING), max_size=80)


def test_closing_marks_never_begin_a_row() -> None:
    assert rows("本凭条不作报销凭证。请保管", 18) == ("本凭条不作报销凭", "证。请保管")
    assert rows("一二三四五六七八，九", 16) == ("一二三四五六七", "八，九")


def test_opening_marks_never_end_a_row() -> None:
    assert rows("一二三四五六七（甲）", 16) == ("一二三四五六七", "（甲）")


def test_a_short_remark_in_brackets_stays_whole_where_a_row_can_hold_it() -> None:
    assert rows("门诊收费处 1 号窗口（老年人优先）", 24) == ("门诊收费处 1 号窗口", "（老年人优先）")
    assert rows("一号窗口（老年人优先）", 10) == ("一号窗口", "（老年人优", "先）")


def test_no_paragraph_ends_in_a_row_of_a_character_or_two() -> None:
    assert rows("费用还没有付。这张小票不是付款凭证。", 32) == ("费用还没有付。", "这张小票不是付款凭证。")
    assert rows("存好了，还没有提交", 16) == ("存好了，", "还没有提交")
    assert rows("基本医疗保险参保凭证核", 16) == ("基本医疗保险参保", "凭证核")
    assert rows("一二三四五六七八九", 16) == ("一二三四五六七", "八九")


def test_a_figure_stays_with_what_it_counts() -> None:
    assert rows("门诊收费处 1 号窗口", 16) == ("门诊收费处", "1 号窗口")
    assert rows("门诊楼二层东侧 201室", 16) == ("门诊楼二层东侧", "201室")


def test_figures_and_words_stay_whole() -> None:
    assert rows("余额是 1,340.35 元", 14) == ("余额是", "1,340.35 元")
    assert rows("咨询电话 0000-12345678", 20) == ("咨询电话", "0000-12345678")


def test_what_is_longer_than_a_row_is_cut() -> None:
    assert rows("000000202611230000000417", 16) == ("0000002026112300", "00000417")
    assert rows("，" * 10, 16) == ("，" * 8, "，" * 2)


def test_blank_text_takes_no_row() -> None:
    assert rows("", 32) == rows("   ", 32) == ()


def test_hanzi_take_two_columns_and_ascii_one() -> None:
    assert columns("3号窗口·A") == 1 + 6 + 2 + 1


@given(st.text(), st.integers(2, 48))
def test_no_row_is_wider_than_the_paper_and_nothing_is_lost(text: str, limit: int) -> None:
    broken = rows(text, limit)
    assert all(columns(row) <= limit for row in broken)
    assert "".join("".join(broken).split()) == "".join(text.split())


@given(prose, st.integers(24, 48))
def test_marks_stand_where_typesetting_wants_them(text: str, limit: int) -> None:
    broken = rows(text, limit)
    for above, below in itertools.pairwise(broken):
        forced = columns(above.split(" ")[-1]) + columns(below.split(" ")[0]) > limit
        assert below[0] not in CLOSING or forced or text_has_gap(text, above, below)
        assert above[-1] not in OPENING or forced or text_has_gap(text, above, below)


def text_has_gap(text: str, above: str, below: str) -> bool:
    """The writer put a blank between the two: the mark is where he wanted it."""
    return above + below not in text
