"""Times as the national interface writes them, all of them Beijing time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from kiosk.ports.clock import BEIJING

_DAY = re.compile(r"(\d{4})[-/]?(\d\d)[-/]?(\d\d)", re.ASCII)
_TIME = re.compile(r"[ T]?(\d\d):?(\d\d):?(\d\d)[.,]?(\d{3})?", re.ASCII)


def write_moment(moment: datetime) -> str:
    """`yyyy-MM-dd HH:mm:ss`: inf_time, begntime and their like."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def start_of(day: date) -> str:
    """Its first second, where a transaction wants a moment for a day."""
    return f"{day.isoformat()} 00:00:00"


def end_of(day: date) -> str:
    """Its last second."""
    return f"{day.isoformat()} 23:59:59"


def read_moment(text: str) -> datetime | None:
    """A reply's time: `2026-11-22 09:30:05`, `20261122093005`, `20261122093005123`; None when it is none of these."""
    day = _DAY.match(text)
    time = _TIME.fullmatch(text, day.end()) if day else None
    if day is None or time is None:
        return None
    year, month, dom, hour, minute, second = map(int, (*day.groups(), *time.groups()[:3]))
    try:
        whole = datetime(year, month, dom, hour, minute, second, tzinfo=BEIJING)
    except ValueError:
        return None
    return whole + timedelta(milliseconds=int(time[4] or 0))


def read_day(text: str) -> date | None:
    """A reply's date, whose time of day, if it has one, means nothing; None when it is none."""
    day = _DAY.match(text)
    if day is None or (text[day.end() :].lstrip(" T")[:1].isdigit() and not _TIME.fullmatch(text, day.end())):
        return None
    try:
        return date(*map(int, day.groups()))
    except ValueError:
        return None
