"""The kit's own clock: a vendor's run has no kiosk around it."""

from __future__ import annotations

import time
from datetime import datetime

from kiosk.ports.clock import BEIJING, Monotonic


class KitClock:
    """A `Clock`; the one place of the kit that reads the time."""

    def now(self) -> datetime:
        return datetime.now(BEIJING)

    def monotonic(self) -> Monotonic:
        return Monotonic(time.monotonic())
