"""The dock's window, and its life from the ready line to the signal that ends it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import shiboken6
from PySide6.QtCore import QSocketNotifier, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from screens import environment
from screens.dock.around import Around
from screens.dock.control import Control
from screens.dock.desk import Desk
from screens.dock.lens import Lens
from screens.pictures import IconProvider

_FOLDER = Path(__file__).resolve().parent


class Window:
    """To be closed before the application ends."""

    def __init__(self, socket: Path) -> None:
        self.control = Control(socket)
        self.desk = Desk(self.control)
        self.lens = Lens(self.desk, self.desk)
        self.around = Around(self.desk, self.desk)
        self._icons = IconProvider()
        self._engine = QQmlApplicationEngine()
        self._engine.addImageProvider("icon", self._icons)
        self._engine.setInitialProperties({"desk": self.desk, "lens": self.lens, "around": self.around})
        self._engine.load(QUrl.fromLocalFile(str(_FOLDER / "Main.qml")))
        self.window = cast("QQuickWindow", self._engine.rootObjects()[0])

    def open(self) -> None:
        self.window.show()
        self.control.start()

    def close(self) -> None:
        self.window.close()
        shiboken6.delete(self._engine)
        shiboken6.delete(self.desk)
        shiboken6.delete(self.control)


def run(socket: Path) -> int:
    """Show the window until it is closed or a signal comes; answers the exit code."""
    environment.prepare()
    app = environment.application("kiosk-dock")
    window = Window(socket)
    with _ended_by_signals(app.quit):
        window.open()
        print(json.dumps({"ready": "dock"}), flush=True)  # noqa: T201 - the line a parent waits for
        code = app.exec()
    window.close()
    return code


@contextlib.contextmanager
def _ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT call `end`: Qt sleeps in C, so Python must be woken through a descriptor to see a signal."""
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: end())
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    wakeup = signal.set_wakeup_fd(writing)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        os.close(reading)
        os.close(writing)
