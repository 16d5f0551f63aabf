"""Pages come and go without leaving anything behind."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from tests.screens.glass import Glass
from tests.support import states

VISIT = (
    "home", "awaiting-card", "reading-card", "finding-bills", "choosing-bill--many", "explaining--many-funds",
    "still-there", "confirming", "awaiting-code", "collecting", "settling", "next-steps", "farewell--card",
)  # fmt: skip
WARM_UP, VISITS = 30, 15  # Qt fills its caches of glyphs and pictures during the first visits


def resident_kib() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


@pytest.mark.timeout(600)
def test_visits_leave_nothing_behind(glass: Glass, long_run: bool) -> None:
    samples = states.samples()

    def visit() -> int:
        for name in VISIT:
            glass.show(samples[name])
        return len(glass.panel.router.findChildren(QObject))

    objects = [visit() for _ in range(WARM_UP)][-1]
    gc.collect()
    before = resident_kib()
    visits = VISITS * (20 if long_run else 1)
    assert [visit() for _ in range(visits)] == [objects] * visits
    gc.collect()
    grown = resident_kib() - before
    assert grown / visits < (12 if long_run else 80), f"{grown} KiB in {visits} visits"
