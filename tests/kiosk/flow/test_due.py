"""The last day of a case: the office's word where it can be meant, else the limit; and what is wrong is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.filing import Case, CaseState
from kiosk.filing.course import Stage
from kiosk.flow.served_states import Concluding
from kiosk.flow.services.due import last_day
from kiosk.flow.services.records import case_page
from tests.kiosk.flow.clerk import BOOK, CASE, TODAY, clerk, rules

SERVICES = rules().services
TRANSFER = SERVICES.items["transfer"]
UNDER_REVIEW = replace(CASE, item="transfer", state=CaseState.UNDER_REVIEW)
LIMIT = date(2026, 12, 17)


def said(case: Case, today: date | None = None, item: str = "transfer") -> str:
    return last_day(case, SERVICES.items.get(item), SERVICES.calendar, BOOK, today).zh


def by(day: date) -> Case:
    return replace(UNDER_REVIEW, due=day)


def test_an_office_that_names_no_day_is_reckoned_by_the_limit() -> None:
    assert said(UNDER_REVIEW) == "2026年12月17日前（15 个工作日）"


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=1), LIMIT])
def test_the_offices_own_day_is_its_word(day: date) -> None:
    assert said(by(day)) == f"{day.year}年{day.month}月{day.day}日前（经办机构定的）"


def test_a_day_before_the_case_was_taken_does_not_count_and_is_told() -> None:
    assert said(by(TODAY - timedelta(days=1))) == (
        "2026年12月17日前（15 个工作日）。经办机构写的2026年11月25日早于受理的日子，不算"
    )


def test_a_day_beyond_the_limit_is_shown_with_the_limit_and_whom_to_ask() -> None:
    words = said(by(LIMIT + timedelta(days=1)))
    assert words.startswith("2026年12月18日前（经办机构定的，比规定的2026年12月17日晚，可以打 ")
    assert TRANSFER.receiver.phone in words


@pytest.mark.parametrize("case", [UNDER_REVIEW, by(LIMIT)])
def test_a_day_that_is_over_is_said_to_be_over(case: Case) -> None:
    assert said(case, LIMIT).endswith("）")
    assert said(case, LIMIT + timedelta(days=1)) == f"2026年12月17日，已经过了，请打 {TRANSFER.receiver.phone} 催办"


def test_an_item_without_a_limit_has_the_offices_day_or_none() -> None:
    assert said(by(TODAY), item="no-such") == "2026年11月26日前（经办机构定的）"
    assert "没有" in said(UNDER_REVIEW, item="no-such") or "未" in said(UNDER_REVIEW, item="no-such")


def test_receipt_and_progress_say_the_same() -> None:
    case = by(date(2026, 12, 4))
    one = clerk().to_filing("transfer").hand_in().told(Stage.LODGED, case)
    receipt = one.at(Concluding).page.points[0]
    progress = case_page(case, SERVICES, BOOK, TODAY).points[2]
    assert receipt == progress
