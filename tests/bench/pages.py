"""Pages changing: our router and models beside a bare loader with constant ones, and memory after ten thousand changes.

Both sides load the same QML files under the same theme, in turn, in one process. The peer keeps one model a page, made
beforehand, and knows no states, no language and no frame around the page: the least that a page can cost. What is
measured is the time from the call to the end of the first frame that was drawn after it.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Q_ARG, QCoreApplication, QEvent, QEventLoop, QMetaObject, QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.flow.states import Kiosk
from screens import environment
from screens.panel import Panel
from screens.pictures import IconProvider
from screens.router import page_of
from tests.bench import panel as screen
from tests.bench.figures import Figure, percentile, slope, tell
from tests.support import services, states
from tests.support.gallery import stage

_VISIT = (
    "home", "awaiting-card", "reading-card", "choosing-bill--many", "explaining--many-funds", "confirming",
    "awaiting-code", "settling", "next-steps", "farewell--card", "guide", "form", "choice", "review", "result",
)  # fmt: skip
_ROUNDS, _WARM_UP = 12, 3
_CHANGES, _EVERY, _FIRST = 10_000, 100, 2_000
_GOAL_RATIO, _GOAL_BYTES = 1.2, 16.0
_BARE = b"""
import QtQuick

Window {
    id: root

    width: 1080
    height: 1920

    Loader {
        id: page

        anchors.fill: parent
    }

    function bring(url: url, model: QtObject): void {
        if (model)
            page.setSource(url, { model: model });
        else
            page.setSource("");
    }
}
"""


@dataclass
class Frames:
    """When the window's last frame was drawn."""

    window: QQuickWindow
    drawn: float = 0.0
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window.frameSwapped.connect(self._note)

    def _note(self) -> None:
        self.drawn = time.perf_counter()

    def change(self, act: Callable[[], None]) -> float:
        """Milliseconds from `act` to the end of the first frame after it."""
        began = time.perf_counter()
        act()
        self.window.update()
        while self.drawn < began:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return (self.drawn - began) * 1000


class Bare:
    """The peer: a window with a loader, one model a page."""

    def __init__(self, ours: Panel, samples: dict[str, Kiosk]) -> None:
        self._engine, self._icons = QQmlApplicationEngine(), IconProvider()
        self._engine.addImageProvider("icon", self._icons)
        self._engine.loadData(_BARE)
        self.window = cast(QQuickWindow, self._engine.rootObjects()[0])
        self._models: dict[str, QObject] = {}
        for name, kiosk in samples.items():
            model = page_of(kiosk.screen).model(stage(), ours.router)
            model.show(kiosk)
            self._models[name] = model
        self._urls = {name: page_of(kiosk.screen).url for name, kiosk in samples.items()}
        self.window.show()

    def show(self, name: str) -> None:
        url, model = self._urls[name], self._models[name]
        QMetaObject.invokeMethod(self.window, "bring", Q_ARG(QUrl, url), Q_ARG(QObject, model))

    def close(self) -> None:
        """The page goes before its model."""
        QMetaObject.invokeMethod(self.window, "bring", Q_ARG(QUrl, QUrl()), Q_ARG(QObject, None))
        self.window.close()


def measure() -> list[Figure]:
    every = states.samples() | services.samples()
    samples = {name: every[name] for name in _VISIT}
    ours = Panel(stage(), animated=False, shield_ms=0)
    ours.open(fullscreen=False)
    bare = Bare(ours, samples)
    mine, peer = Frames(ours.window), Frames(bare.window)
    for turn in range(_ROUNDS):
        for name, kiosk in samples.items():
            one = mine.change(partial(ours.show, kiosk))
            other = peer.change(partial(bare.show, name))
            if turn >= _WARM_UP:
                mine.times.append(one)
                peer.times.append(other)
    bare.close()
    flat = _memory(ours, mine, list(samples.values()))
    ours.close()
    return [_speed(mine.times, peer.times), flat]


def _speed(ours: list[float], bare: list[float]) -> Figure:
    mine, peer = percentile(ours, 0.5), percentile(bare, 0.5)
    note = f"p99 {percentile(ours, 0.99):.1f}, peer's {percentile(bare, 0.99):.1f}; goal {_GOAL_RATIO} times the peer"
    name = "page change, router and models, median"
    return Figure(name, mine, "ms", len(ours), peer * _GOAL_RATIO, "bare loader, constant models", peer, note)


def _memory(ours: Panel, frames: Frames, visit: list[Kiosk]) -> Figure:
    resident: list[float] = []
    for change in range(_CHANGES):
        frames.change(partial(ours.show, visit[change % len(visit)]))
        if change >= _FIRST and change % _EVERY == 0:
            gc.collect()
            resident.append(int(Path("/proc/self/statm").read_text().split()[1]) * float(os.sysconf("SC_PAGE_SIZE")))
    grown = slope(resident, _EVERY)
    note = f"no peer; {(resident[-1] - resident[0]) / 1024:.0f} KiB in {_CHANGES - _FIRST} changes"
    return Figure("memory, slope a page change", grown, "B", _CHANGES, _GOAL_BYTES, note=note)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        screen.prepare(Path(temporary))
        environment.prepare()
        application = environment.application("bench")
        tell(measure())
