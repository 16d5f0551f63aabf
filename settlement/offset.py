"""Notices when our clock and the platform's differ by more than allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from kiosk.ports.clock import Clock


class ClockWatch:
    """Compares the platform's reply times with ours; `tell` hears each offset above `tolerance`, and the first below.

    Seconds, positive when the platform is ahead. A reply is at most a network delay old, which the tolerance (a minute)
    dwarfs. Between replies the monotonic clock, which nobody sets, tells whether ours was set meanwhile.
    """

    def __init__(self, clock: Clock, tolerance: float, tell: Callable[[float], None]) -> None:
        self._clock = clock
        self._tolerance = tolerance
        self._tell = tell
        self._lock = threading.Lock()
        self._off = False
        self._lead: float | None = None  # of the platform's time over our monotonic clock

    def compare(self, responded: datetime) -> None:
        offset = (responded - self._clock.now()).total_seconds()
        with self._lock:
            was, self._off = self._off, abs(offset) > self._tolerance
            off = self._off
            self._lead = responded.timestamp() - self._clock.monotonic()
        if off or was:
            self._tell(offset)

    def moved(self) -> bool:
        """Whether our clock was set since the last reply, so that what was told of it is true no more.

        A kiosk that stopped settling hears no replies: without this it would stand still until the next day's sign-in.
        Says so once; the next reply measures anew.
        """
        with self._lock:
            if self._lead is None:
                return False
            offset = self._lead + self._clock.monotonic() - self._clock.now().timestamp()
            moved = (abs(offset) > self._tolerance) is not self._off
            if moved:
                self._lead = None
        return moved
