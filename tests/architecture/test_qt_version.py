"""PySide6 6.12 on a Python before 3.12 loses a reference to None in each void call, and to True in each `emit(True)`.

After some thousands of calls the interpreter aborts ("deallocating None"). The package installs without complaint, and
a short run passes, so both the lock and the behaviour are watched.
"""

import re
import sys

from PySide6.QtCore import QObject, QTimer, Signal

from tests.architecture.source import ROOT

CALLS = 1_000
NOISE = 100  # other code takes and returns references meanwhile


class Switch(QObject):
    turned = Signal(bool)


def test_void_calls_return_the_none_they_borrow() -> None:
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        timer.setInterval(5)
    assert sys.getrefcount(None) > before - NOISE


def test_signals_return_the_true_they_borrow() -> None:
    switch = Switch()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        switch.turned.emit(True)
    assert sys.getrefcount(True) > before - NOISE


def test_the_locks_stay_below_6_12() -> None:
    for lock in ("dev.txt", "kiosk.txt"):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        found = re.findall(r"^pyside6-essentials==(\d+)\.(\d+)", text, re.MULTILINE)
        assert [(int(major), int(minor)) for major, minor in found] < [(6, 12)]
        assert len(found) == 1
