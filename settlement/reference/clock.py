"""The backend's own wall clock; Beijing time, as every time on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.ports.clock import BEIJING


class WallClock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    """The machine's time. Tests put a clock of their own in its place, to cross midnight and let holds expire."""

    def now(self) -> datetime:
        return datetime.now(BEIJING)  # noqa: TID251 - this is the clock


def stamp(moment: datetime) -> str:
    """`yyyy-MM-dd HH:mm:ss`, as the national interface writes times."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")
