"""The camera's picture on the glass: what it costs, and what a page change costs beside it.

Frames of 1280 by 720 come 30 times a second from a thread, ready: taking and decoding them is the driver's cost and
told apart. The window is 1080 by 1920 under Xvfb where there is one. The pages are the real ones; the picture lies over
them while they change, and a mark that turns for ever asks for as many frames as the window will draw, so that a gap
between two of them is time in which nothing could move.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickImageProvider, QQuickItem

from devices.drivers.camera import FilesSettings, files
from devices.sim.camera.drawing import Scene, frames
from kiosk import garbage
from kiosk.engine.clock import SystemClock
from kiosk.flow.frontend import Stage
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from screens import environment
from screens.panel import Panel
from screens.preview import CameraView
from tests.bench import panel
from tests.bench.figures import Figure, percentile, tell
from tests.support import paid_bills, states

_CHANGES = 120
_REST_MS = 150
_CHANGE_MS = 250
_LOOKED_MS = 6000
_PREPARED_MS = 6000
_FPS = 30
_WIDE, _TALL = 1280, 720
_GOAL_MS = 33.0
_PAGES = ("explaining", "confirming", "next-steps", "home")

_OVER = b"""
import QtQuick
import "file:///%s/screens/controls"
import "file:///%s/screens/theme"

Item {
    property QtObject view
    property int serial: -1

    anchors.fill: parent

    KPreview { x: 40; y: 1200; width: 1000; height: 563; view: parent.view; visible: parent.view !== null }
    Image {
        x: 40; y: 1200; width: 1000; height: 563
        cache: false
        source: serial < 0 ? "" : "image://camera/" + serial
    }
    Rectangle {
        x: 8; y: 8; width: 16; height: 16; color: Theme.action
        NumberAnimation on rotation { from: 0; to: 360; duration: 1000; loops: Animation.Infinite; running: %s }
    }
}
"""


def _pictures(wide: int, tall: int) -> list[bytes]:
    drawn = [np.asarray(each) for each in frames(Scene.PERSON)]
    return [cv2.cvtColor(cv2.resize(each, (wide, tall)), cv2.COLOR_RGB2BGR).tobytes() for each in drawn]


@contextmanager
def _camera(slot: FrameSlot) -> Iterator[None]:
    """Puts ready frames, 30 in a second, while the block runs."""
    ended, pictures, clock = threading.Event(), _pictures(_WIDE, _TALL), SystemClock()

    def run() -> None:
        serial, due = 0, clock.monotonic()
        while not ended.wait(max(0.0, due - clock.monotonic())):
            slot.put(Frame(pictures[serial % len(pictures)], _WIDE, _TALL, serial, clock.monotonic()))
            serial, due = serial + 1, Monotonic(due + 1 / _FPS)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class _Provider(QQuickImageProvider):
    """The peer: a new address for each frame, which the page asks for."""

    def __init__(self, slot: FrameSlot) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._slot = slot

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803 - Qt's names
        frame = self._slot.newest()
        if frame is None:
            return QImage(1, 1, QImage.Format.Format_RGB32)
        line = frame.width * 3
        picture = QImage(frame.reveal(), frame.width, frame.height, line, QImage.Format.Format_BGR888)
        return picture.convertToFormat(QImage.Format.Format_RGB32)


@dataclass
class _Window:
    """The product's window, with what lies over its pages."""

    shown: Panel
    over: QQuickItem
    drawn: list[float] = field(default_factory=list)

    def rest(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def load(self, milliseconds: int) -> float:
        """Share of a processor that this process takes while nobody touches anything."""
        self.rest(500)
        busy, began = time.process_time(), time.perf_counter()
        self.rest(milliseconds)
        return (time.process_time() - busy) / (time.perf_counter() - began) * 100

    def change(self, name: str) -> float:
        """Longest gap between two frames, in ms, from the moment a state comes."""
        self.rest(_REST_MS)
        before = self.drawn[-1]
        self.shown.show(states.samples()[name])
        self.rest(_CHANGE_MS)
        moments = [before, *(moment for moment in self.drawn if moment > before)]
        self.drawn[:-1] = []
        return max((later - sooner) * 1000 for sooner, later in pairwise(moments))


@contextmanager
def _window(*, turning: bool) -> Iterator[_Window]:
    texts = Catalogue.read(config_dir() / "texts")
    stage = Stage(paid_bills.SITE, texts, lambda _intent: None, 336.0, scaled=False, alive=lambda: None, now=_now)
    shown = Panel(stage, shield_ms=0)
    engine = shown._engine
    root = str(Path(__file__).resolve().parents[2]).lstrip("/").encode()
    component = QQmlComponent(engine)
    component.setData(_OVER % (root, root, b"true" if turning else b"false"), "file:///over.qml")
    over = cast(QQuickItem, component.create())
    over.setParentItem(shown.window.contentItem())
    window = _Window(shown, over)
    shown.window.frameSwapped.connect(lambda: window.drawn.append(time.perf_counter()))
    shown.show(states.samples()["home"])
    shown.open(fullscreen=True)
    window.rest(500)
    try:
        yield window
    finally:
        over.setProperty("view", None)
        window.rest(50)
        shown.close()


def _now() -> Any:
    return states.NOW


def _cost(slot: FrameSlot) -> tuple[float, float, float]:
    """Share of a processor: our preview, the peer's picture, and the same window at rest."""
    with _window(turning=False) as window:
        at_rest = window.load(_LOOKED_MS)
        view = CameraView(slot)
        window.over.setProperty("view", view)
        with _camera(slot):
            ours = window.load(_LOOKED_MS)
        window.over.setProperty("view", None)
        window.shown._engine.addImageProvider("camera", _Provider(slot))
        with slot.look(), _camera(slot), _ticking(lambda serial: window.over.setProperty("serial", serial)):
            peer = window.load(_LOOKED_MS)
    return ours, peer, at_rest


@contextmanager
def _ticking(tell_serial: Callable[[int], object]) -> Iterator[None]:
    serial = iter(range(1 << 30))
    timer = QTimer(interval=round(1000 / _FPS))
    timer.timeout.connect(lambda: tell_serial(next(serial)))
    timer.start()
    yield
    timer.stop()


def _changes(slot: FrameSlot) -> tuple[list[float], list[float]]:
    """Longest gaps with the camera on, and off: half of these before and half after."""
    with _window(turning=True) as window:
        window.shown.prepare_pages()
        window.rest(_PREPARED_MS)
        garbage.take_up()
        _turned(window, len(_PAGES))
        view = CameraView(slot)
        off = _turned(window, _CHANGES // 4)
        window.over.setProperty("view", view)
        with _camera(slot):
            on = _turned(window, _CHANGES)
        window.over.setProperty("view", None)
        return on, [*off, *_turned(window, _CHANGES // 4)]


def _turned(window: _Window, count: int) -> list[float]:
    return [window.change(_PAGES[number % len(_PAGES)]) for number in range(count)]


def _driver_load(folder: Path) -> float:
    """Share of a processor for taking, decoding, judging and handing over pictures, by the driver alone."""
    for number, picture in enumerate(_pictures(_WIDE, _TALL)):
        pixels = np.frombuffer(picture, np.uint8).reshape(_TALL, _WIDE, 3)
        cv2.imwrite(str(folder / f"{number}.jpg"), pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])
    clock = SystemClock()
    camera = files.make(FilesSettings(source=folder, fps=_FPS), Host(clock, _silent()))
    camera.open()
    camera.frame(Monotonic(clock.monotonic() + 5), Cancel())
    busy, began = time.process_time(), time.perf_counter()
    while time.perf_counter() - began < _LOOKED_MS / 1000:
        camera.frame(Monotonic(clock.monotonic() + 5), Cancel())
    camera.close()
    return (time.process_time() - busy) / (time.perf_counter() - began) * 100


def _silent() -> Any:
    import logging

    return logging.getLogger("bench")


def measure(folder: Path) -> list[Figure]:
    application = environment.application("bench")
    slot = FrameSlot(SystemClock())
    ours, peer, at_rest = _cost(slot)
    on, off = _changes(slot)
    driver = _driver_load(folder)
    del application
    longer, peers = (sum(gap > _GOAL_MS for gap in gaps) for gaps in (on, off))
    medians = f"median {percentile(on, 0.5):.1f}, peer's {percentile(off, 0.5):.1f}"
    note = f"{medians}; {longer} of {len(on)} longer than the goal, peer's {peers} of {len(off)}"
    return [
        Figure("preview at 30 a second, share of a processor", ours, "%", 1, None, "QQuickImageProvider", peer),
        Figure("home page at rest, share of a processor", at_rest, "%", 1, 2.0, note="no peer: ours alone"),
        Figure(
            "page change, camera on: longest gap, p99",
            percentile(on, 0.99),
            "ms",
            len(on),
            _GOAL_MS,
            "the same, camera off",
            percentile(off, 0.99),
            note,
        ),
        Figure("camera driver at 30 a second, 1280 x 720 JPEG", driver, "%", 1, note="no peer: decoding is most of it"),
    ]


@contextmanager
def _screen(folder: Path) -> Iterator[None]:
    """An X server without a screen where there is one, else Qt's own offscreen platform."""
    panel.prepare(folder)
    program = shutil.which("Xvfb")
    if program is None:
        yield
        return
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    try:
        os.environ["DISPLAY"] = f":{os.read(reading, 16).decode().strip()}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary, _screen(Path(temporary)):
        tell(measure(Path(temporary)))
