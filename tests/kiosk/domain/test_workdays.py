"""Limits are counted in working days, and what no calendar says yet is called uncertain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.workdays import Calendar
from kiosk.packs.forms import read_calendar

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_the_day_of_acceptance_does_not_count() -> None:
    calendar = read_calendar()
    assert calendar.due(date(2026, 11, 26), 1).day == date(2026, 11, 27)
    assert calendar.due(date(2026, 11, 26), 0).day == date(2026, 11, 26)


def test_weekends_and_holidays_do_not_count_and_worked_saturdays_do() -> None:
    calendar = read_calendar()
    assert calendar.due(date(2026, 11, 27), 1).day == date(2026, 11, 30)
    assert calendar.due(date(2026, 9, 30), 1).day == date(2026, 10, 8)
    assert calendar.due(date(2026, 10, 9), 1).day == date(2026, 10, 10)
    assert calendar.due(date(2026, 9, 30), 3).day == date(2026, 10, 10)


def test_twenty_working_days_from_a_thursday() -> None:
    assert read_calendar().due(date(2026, 11, 26), 20).day == date(2026, 12, 24)


def test_through_a_year_nobody_announced_it_is_not_certain() -> None:
    calendar = read_calendar()
    assert calendar.due(date(2026, 11, 26), 20).certain
    assert not calendar.due(date(2026, 12, 20), 20).certain
    assert not Calendar().due(date(2026, 11, 26), 1).certain


@pytest.mark.parametrize("days", [-1, 401])
def test_no_office_has_such_a_limit(days: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        Calendar().due(date(2026, 1, 1), days)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_limits_follow_one_another(day: date, first: int, second: int) -> None:
    calendar = read_calendar()
    between = calendar.due(calendar.due(day, first).day, second).day
    assert between == calendar.due(day, first + second).day


@given(DAYS, st.integers(1, 60))
def test_exactly_so_many_working_days_lie_between(day: date, days: int) -> None:
    calendar = read_calendar()
    due = calendar.due(day, days).day
    span = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert calendar.is_workday(due)
    assert sum(calendar.is_workday(one) for one in span) == days
