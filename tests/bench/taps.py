"""Tap → changed pixel, and tap → next page: from a finger on the glass to the frame that shows it.

What a panel adds before (scanning for fingers) and after (showing the frame) is not ours and not in it. The pages are
the real ones under the real flow on its loop thread; devices and far parties have no part in these pages. The shield
that swallows taps for 400 ms after a page came is off, so that taps can follow one another.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtQuick import QQuickItem

from kiosk import fonts
from kiosk.audit import AuditLog
from kiosk.engine.clock import SystemClock
from kiosk.engine.loop import Loop
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Rules
from kiosk.flow.states import Kiosk
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from screens import environment
from screens.panel import Panel
from tests.bench import bare_window, panel
from tests.bench.figures import Figure, percentile, tell
from tests.bench.glass import Glass, buttons
from tests.support import paid_bills

_TAPS = 100
_TURNS = 50
_PREPARED_MS = 4000  # in which the pages are compiled, as they are before anybody comes
_REST_MS = 100  # in which a page comes to rest
_GOAL_MS = 33.0
_BARE = "bare PySide6 window, one button"


class _Mail(QObject):
    """States from the loop thread to this one, as the front end carries them."""

    shown = Signal(object)


@contextmanager
def _kiosk(folder: Path) -> Iterator[Panel]:
    """Pages and flow, without devices and far parties."""
    clock, mail = SystemClock(), _Mail()
    audit = AuditLog(folder / "audit.jsonl", "bench")
    loop = Loop(Kiosk(Rules(farewell_page=0.02)), lambda _effect: None, mail.shown.emit, audit, clock)
    texts = Catalogue.read(config_dir() / "texts")
    stage = Stage(paid_bills.SITE, texts, loop.post, 336.0, scaled=False, alive=lambda: None, now=clock.now)
    shown = Panel(stage, shield_ms=0)
    mail.shown.connect(shown.show, Qt.ConnectionType.QueuedConnection)
    shown.open(fullscreen=True)
    loop.start()
    try:
        yield shown
    finally:
        loop.stop()
        shown.close()
        audit.close()


@dataclass
class Taps:
    """Milliseconds of each tap: finger down, finger up, and up to the next page where there is one."""

    pressed: list[float] = field(default_factory=list)
    released: list[float] = field(default_factory=list)
    turned: list[float] = field(default_factory=list)

    def add(self, glass: Glass, target: QQuickItem) -> None:
        self.pressed.append(glass.press(target))
        glass.rest()
        self.released.append(glass.release(target))


def _tap_the_kiosk(folder: Path, taps: Taps) -> None:
    with _kiosk(folder) as shown:
        glass = Glass(shown.window)
        pages: list[float] = [0.0]
        shown.router.pageChanged.connect(lambda: pages.append(time.perf_counter()))
        shown.prepare_pages()
        glass.rest(_PREPARED_MS)
        for _ in range(_TAPS):
            taps.add(glass, _way_on(shown, glass))
        for _ in range(_TURNS):
            taps.turned.append(glass.turn(_way_on(shown, glass), lambda: pages[-1]))


def _way_on(shown: Panel, glass: Glass) -> QQuickItem:
    """The door on the home page, the way back on the page behind it: the first button from the top on both.

    The farewell between them has none and goes by itself. A page that has just left may still be in the window.
    """
    while shown.router.property("page").fileName() == "Farewell.qml":
        glass.rest()
    glass.rest(_REST_MS)
    return buttons(shown.window.contentItem())[0]


def _tap_a_bare_window(count: int, taps: Taps) -> None:
    engine, window = bare_window.opened([str(fonts.path(weight)) for weight in fonts.WEIGHTS])
    window.showFullScreen()
    glass = Glass(window)
    glass.rest(500)
    target = next(each for each in window.contentItem().childItems() if each.objectName() == "target")
    for _ in range(count):
        glass.rest()
        taps.add(glass, target)
    window.close()
    del engine


def measure(folder: Path) -> list[Figure]:
    panel.prepare(folder)
    environment.prepare()
    application = environment.application("bench")
    ours, bare = Taps(), Taps()
    _tap_a_bare_window(_TAPS // 2, bare)
    _tap_the_kiosk(folder, ours)
    _tap_a_bare_window(_TAPS // 2, bare)
    del application
    return [
        _figure("finger down -> changed pixel, p99", ours.pressed, bare.pressed, _GOAL_MS),
        _figure("finger up -> changed pixel, p99", ours.released, bare.released, _GOAL_MS),
        _figure("finger up -> next page, p99", ours.turned, bare.released, None),
    ]


def _figure(name: str, ours: list[float], bare: list[float], goal: float | None) -> Figure:
    note = f"median {percentile(ours, 0.5):.1f}, peer's {percentile(bare, 0.5):.1f}"
    return Figure(name, percentile(ours, 0.99), "ms", len(ours), goal, _BARE, percentile(bare, 0.99), note)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
