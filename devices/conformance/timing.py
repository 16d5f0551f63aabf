"""Time limits that hold a driver to its promise without blaming it for a busy machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

OVERRUN_SECONDS: Final = 0.2
CANCEL_SECONDS: Final = 0.3
FAULT_SEEN_SECONDS: Final = 2.0
RECOVERED_SECONDS: Final = 10.0
_TRIES: Final = 5


def quickest(measure: Callable[[], float], limit: float) -> float:
    """Seconds of the best of five tries, fewer when one is within `limit`: a machine that is busy elsewhere makes one
    try late, a driver that overruns makes all of them late.
    """
    best = measure()
    for _ in range(_TRIES - 1):
        if best <= limit:
            break
        best = min(best, measure())
    return best


def seconds_until(true: Callable[[], bool], give_up: float) -> float:
    """How long until something is so; more than `give_up` when it never becomes so."""
    began = time.monotonic()
    while not true() and time.monotonic() - began <= give_up:
        time.sleep(0.01)
    return time.monotonic() - began


def overrun(call: Callable[[Monotonic, Cancel], object], clock: Clock, seconds: float) -> float:
    """By how much a call with a deadline in `seconds` returns after it; below zero when it returns before."""
    deadline = Monotonic(clock.monotonic() + seconds)
    call(deadline, Cancel())
    return clock.monotonic() - deadline


def resident_kilobytes() -> int:
    """Memory of this process that lies in RAM."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024
