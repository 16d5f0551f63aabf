"""Time. Wall time is Beijing time without summer time, for display and messages; durations and order never use it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import NewType, Protocol

Monotonic = NewType("Monotonic", float)
"""Seconds of a clock that never goes back, since an unnamed moment; meaningless in another process."""

BEIJING = timezone(timedelta(hours=8), "+08:00")


class Clock(Protocol):
    def now(self) -> datetime:
        """Wall time in `BEIJING`."""
        ...

    def monotonic(self) -> Monotonic: ...
