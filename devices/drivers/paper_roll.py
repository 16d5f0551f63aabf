"""The roll in a receipt printer: how much of it is gone, and when somebody should bring another.

Many printers have no near-end sensor, and of those that have one it speaks up with a fixed rest that may be too short
for a Monday morning. So the driver counts what it prints. A count begins where a new roll was seen to be put in; before
that nothing is claimed. It is kept in a file, because a kiosk is restarted more often than its paper.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from devices.wire.escpos import PrinterStatus


class PaperRoll:
    """`length_mm` is that of a new roll, `low_mm` the rest at which it counts as near its end."""

    def __init__(self, length_mm: float, low_mm: float, counter: Path | None) -> None:
        self._length, self._low, self._counter = length_mm, low_mm, counter
        self._used = _kept(counter)
        self._before: PrinterStatus | None = None

    @property
    def left_mm(self) -> float | None:
        """None until a new roll was seen."""
        return None if self._used is None else max(0.0, self._length - self._used)

    @property
    def low(self) -> bool:
        return self.left_mm is not None and self.left_mm <= self._low

    def spend(self, millimetres: float) -> None:
        """So much went through the head, whether what is on it can be used or not."""
        if self._used is not None:
            self._used += millimetres
            self._keep()

    def look(self, status: PrinterStatus) -> None:
        """Paper that was out or low and is so no longer is a new roll."""
        before, self._before = self._before, status
        if status.silent or before is None:
            return
        refilled = before.paper_out is True and status.paper_out is False
        changed = before.paper_low is True and status.paper_low is False and not status.cover_open
        if refilled or changed:
            self._used = 0.0
            self._keep()

    def _keep(self) -> None:
        """Whole or not at all; a full disk costs the count, never a receipt."""
        if self._counter is None:
            return
        fresh = self._counter.with_suffix(".new")
        with suppress(OSError):
            fresh.write_text(json.dumps({"used_mm": round(self._used or 0.0, 1)}), encoding="ascii")
            fresh.replace(self._counter)


def _kept(counter: Path | None) -> float | None:
    """What the file says; None where there is none, or none that makes sense."""
    if counter is None:
        return None
    try:
        told: Any = json.loads(counter.read_text(encoding="ascii"))
        used = told["used_mm"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return float(used) if isinstance(used, int | float) and 0 <= used < 1_000_000 else None
