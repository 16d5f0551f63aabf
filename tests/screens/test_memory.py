"""Pages come and go without leaving anything behind."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import QObject

from tests.screens.glass import Glass
from tests.support import states

ROUNDS = 6


def resident_kib() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


def test_page_changes_leave_nothing_behind(glass: Glass, long_run: bool) -> None:
    samples = list(states.samples().values())

    def go_round() -> int:
        for sample in samples:
            glass.show(sample)
        return len(glass.panel.router.findChildren(QObject))

    objects = [go_round() for _ in range(3)][-1]
    gc.collect()
    before = resident_kib()
    rounds = ROUNDS * (20 if long_run else 1)
    assert [go_round() for _ in range(rounds)] == [objects] * rounds
    gc.collect()
    grown = resident_kib() - before
    assert grown / (rounds * len(samples)) < 4, f"{grown} KiB in {rounds * len(samples)} page changes"
