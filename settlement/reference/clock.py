"""The backend's own wall clock; Beijing time, as every time on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.ports.clock import BEIJING


class WallClock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    """The machine's time. Tests put a clock of their own in its place, to cross midnight and let holds expire."""

    def now(self) -> datetime:
        return datetime.now(BEIJING)  # noqa: TID251 - this is the clock


@dataclass(frozen=True, slots=True)
class Earlier:
    """Some days before another clock: what is done by it stands in the books as if it had been done then."""

    clock: WallClock
    days: int

    def now(self) -> datetime:
        return self.clock.now() - timedelta(days=self.days)


def stamp(moment: datetime) -> str:
    """`yyyy-MM-dd HH:mm:ss`, as the national interface writes times."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")
