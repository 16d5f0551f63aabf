"""Notices when our clock and the platform's differ by more than allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from kiosk.ports.clock import Clock


class ClockWatch:
    """Compares the platform's reply times with ours; `tell` hears each offset above `tolerance`, and the first below.

    Seconds, positive when the platform is ahead. A reply is at most a network delay old, which the tolerance (a minute)
    dwarfs.
    """

    def __init__(self, clock: Clock, tolerance: float, tell: Callable[[float], None]) -> None:
        self._clock = clock
        self._tolerance = tolerance
        self._tell = tell
        self._lock = threading.Lock()
        self._off = False

    def compare(self, responded: datetime) -> None:
        offset = (responded - self._clock.now()).total_seconds()
        with self._lock:
            was, self._off = self._off, abs(offset) > self._tolerance
            off = self._off
        if off or was:
            self._tell(offset)
