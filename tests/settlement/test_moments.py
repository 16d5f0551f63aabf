from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports.clock import BEIJING
from settlement.moments import read_day, read_moment, write_moment

MOMENT = datetime(2026, 11, 22, 9, 30, 5, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22 09:30:05", MOMENT),
        ("2026-11-22T09:30:05", MOMENT),
        ("2026/11/22 09:30:05", MOMENT),
        ("20261122093005", MOMENT),
        ("20261122093005250", MOMENT + timedelta(milliseconds=250)),
        ("2026-11-22 09:30:05.250", MOMENT + timedelta(milliseconds=250)),
    ],
)
def test_every_way_of_writing_a_time_is_read(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "null", "2026-11-22", "2026-13-01 00:00:00", "20261122", "9:30", "2026-11-22 24:61:00"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize("text", ["2026-11-22", "20261122", "2026/11/22", "2026-11-22 00:00:00", "20261122000000"])
def test_every_way_of_writing_a_date_is_read(text: str) -> None:
    assert read_day(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "null", "2026-02-30", "22.11.2026", "1795312205000"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_day(text) is None


@given(st.integers(-(10**9), 10**9))
def test_what_is_written_is_read_again(seconds: int) -> None:
    moment = MOMENT + timedelta(seconds=seconds)
    assert read_moment(write_moment(moment)) == moment


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_moment(text)
    read_day(text)
