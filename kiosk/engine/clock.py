"""The machine's clocks behind the port."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from kiosk.ports.clock import BEIJING, Clock, Monotonic
from kiosk.saga.facts import Stamp


class SystemClock:
    """Wall time in Beijing, and the kernel's monotonic clock, which all processes of one start of the machine share."""

    def now(self) -> datetime:
        return datetime.now(BEIJING)

    def monotonic(self) -> Monotonic:
        return Monotonic(time.monotonic())


def boot_id() -> str:
    """Which start of the machine this is; monotonic seconds compare only within one."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "unknown"


def stamp(clock: Clock, boot: str) -> Stamp:
    return Stamp(boot, clock.monotonic(), clock.now().timestamp())
