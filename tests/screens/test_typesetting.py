"""Lines end where a typesetter would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from screens.typesetting import break_lines

KEEP = ("社会保障卡", "收费窗口", "几分钟", "厘米")


def em(text: str) -> float:
    """A hanzi is one wide, everything Latin half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("请插入社会保障卡", 10, ("请插入社会保障卡",)),
        ("请插入社会保障卡", 7, ("请插入", "社会保障卡")),
        (
            "凭条暂时打不了。可以照常缴费，凭条请到收费窗口补打。",
            17,
            ("凭条暂时打不了。可以照常缴费，", "凭条请到收费窗口补打。"),
        ),
        ("刚看完医生的话，请等几分钟再来，或问一下诊室。", 18, ("刚看完医生的话，", "请等几分钟再来，或问一下诊室。")),
        ("离扫码口 10 厘米再试一次", 8, ("离扫码口", "10 厘米再试一次")),
        ("西药房 3 号取药口", 6, ("西药房", "3 号取药口")),
        ("Insert your social security card", 10, ("Insert your social", "security card")),
    ],
)
def test_lines(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert break_lines(text, width, em, KEEP) == lines


hanzi = (
    some.text(alphabet="请到收费窗口办理社会保障卡几分钟的一二三，。、A1 ", min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
widths = some.integers(min_value=6, max_value=24).map(float)


@given(hanzi, widths)
def test_nothing_is_lost_or_added_but_the_spaces_at_line_ends(text: str, width: float) -> None:
    lines = break_lines(text, width, em, KEEP)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(hanzi, widths)
def test_no_line_is_wider_than_it_may_unless_it_is_one_piece(text: str, width: float) -> None:
    for line in break_lines(text, width, em):
        assert em(line) <= width or len(break_lines(line, width, em)) == 1


@given(hanzi, widths)
def test_no_line_begins_with_a_stop(text: str, width: float) -> None:
    lines = break_lines(text, width, em, KEEP)
    assert [line for line in lines[1:] if line[:1] in set("，。、")] == []


@given(hanzi, widths)
def test_words_that_belong_together_stay_on_one_line(text: str, width: float) -> None:
    lines = break_lines(text, width, em, KEEP)
    assert sum(line.count("社会保障卡") for line in lines) == text.count("社会保障卡")


@given(some.integers(min_value=10, max_value=60), widths)
def test_the_last_line_is_never_a_lone_character(length: int, width: float) -> None:
    *_, last = break_lines("字" * length, width, em)
    assert len(last) > 1
