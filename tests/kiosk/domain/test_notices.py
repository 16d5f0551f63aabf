"""Whatever an office delivers, and however: each of a person's own notices once, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.filing import Case, CaseState
from kiosk.domain.notices import Notice, NoticeKind, Sorted, sort
from kiosk.ports.clock import BEIJING

OPEN = Case("MN1", "transfer", CaseState.UNDER_REVIEW, date(2026, 11, 26))
DECIDED = replace(OPEN, case_no="MN2", state=CaseState.REFUSED)
AT = datetime(2026, 11, 26, 9, 30, tzinfo=BEIJING)


def notice(number: int, case_no: str = "MN1", kind: NoticeKind = NoticeKind.ACCEPTED) -> Notice:
    return Notice(f"N{number}", number, case_no, kind, AT)


ANY = st.builds(notice, st.integers(1, 9), st.sampled_from(["MN1", "MN2", "MN9"]), st.sampled_from(NoticeKind))
NOTICES = st.lists(ANY, max_size=12)


@given(NOTICES)
def test_order_and_repetition_change_nothing(delivered: list[Notice]) -> None:
    each = list({one.key: one for one in delivered}.values())
    told = sort(each, [OPEN, DECIDED])
    assert sort([*each[::-1], *each], [OPEN, DECIDED]) == told
    numbers = [one.number for one in told.mine]
    assert numbers == sorted(set(numbers), reverse=True)
    assert {one.case_no for one in told.mine} <= {"MN1", "MN2"}
    assert told.strange == sum(one.case_no == "MN9" for one in each)


def test_what_was_missing_from_a_case_that_is_decided_is_missing_no_more() -> None:
    """A notice that comes late, after the decision, sends nobody to a window."""
    late = notice(1, "MN2", NoticeKind.MISSING)
    assert sort([late], [DECIDED]) == Sorted((replace(late, over=True),))
    assert sort([notice(1, "MN1", NoticeKind.MISSING)], [OPEN]).mine[0].over is False


def test_nothing_a_notice_says_is_in_its_repr() -> None:
    assert "缺" not in repr(replace(notice(1), text="缺诊断证明"))
