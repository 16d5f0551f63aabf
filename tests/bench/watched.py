"""The real front end, with an eye on its glass."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.ports.keypad import Key
from screens.app import Screens
from tests.bench.glass import items
from tests.bench.living import Pages

_PATIENCE = 30.0
_JOINERS = {0x2060: None}  # which the typesetter puts between characters that stay together


class Watched:
    """A `Frontend`. `look_for` a text, then `seen` is the moment of the first frame that shows it."""

    def __init__(self) -> None:
        self._screens = Screens()
        self.pages = Pages()
        self._wanted: str | None = None
        self._moment = 0.0
        self._found = threading.Event()

    def run(self, stage: Stage) -> int:
        return self._screens.run(replace(stage, alive=self._look))

    def show(self, state: Kiosk) -> None:
        self._screens.show(state)
        self.pages.show(state)

    def steer(self, key: Key) -> None:
        self._screens.steer(key)

    def stop(self, code: int) -> None:
        self._screens.stop(code)

    def look_for(self, text: str) -> None:
        self._found.clear()
        self._wanted = text

    def seen(self) -> float:
        """`time.perf_counter` of that frame."""
        if not self._found.wait(_PATIENCE):
            raise TimeoutError("never shown")
        return self._moment

    def _look(self) -> None:
        """After each frame, on the GUI thread; the moment is taken before looking, which takes time too."""
        now, wanted = time.perf_counter(), self._wanted
        if wanted is None:
            return
        window = cast(QQuickWindow, QGuiApplication.topLevelWindows()[0])
        if any(wanted in _words(item) for item in items(window.contentItem())):
            self._wanted, self._moment = None, now
            self._found.set()


def _words(item: QQuickItem) -> str:
    return str(item.property("text") or "").translate(_JOINERS)
