"""Pictures of the pages a visit shows, for a person to look at: one a page, taken when the page no longer changes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow

from kiosk.flow.states import Kiosk, Screen

_ROUNDS = 50  # looks at a page; more means that something moves although nothing may


def settle(window: QQuickWindow) -> QImage:
    """The window's picture once two looks in a row are equal; RuntimeError when it never comes to rest."""
    before = QImage()
    for _ in range(_ROUNDS):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        picture = window.grabWindow()
        if picture == before:
            return picture
        before = picture
    raise RuntimeError("the page does not come to rest")


def page_name(screen: Screen) -> str:
    """The state's name as the picture is called: `AwaitingCard` → `awaiting-card`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(screen).__name__).lower()


class Album:
    """Shows states one after another and keeps each page's picture as `NN-page.png`; a later state waits for it."""

    def __init__(self, window: QQuickWindow, show: Callable[[Kiosk], None], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._window, self._show, self._folder = window, show, folder
        self._waiting: deque[Kiosk | Callable[[], None]] = deque()
        self._ends: Callable[[], None] | None = None
        self._last: type[Screen] | None = None
        self._count = 0
        self._busy = False

    def take(self, kiosk: Kiosk) -> None:
        self._waiting.append(kiosk)
        self._go_on()

    def do(self, act: Callable[[], None]) -> None:
        """Something that happens on the page of the state before it."""
        self._waiting.append(act)
        self._go_on()

    def finish(self, then: Callable[[], None]) -> None:
        """Call `then` when every state has had its picture."""
        self._ends = then
        self._go_on()

    def _go_on(self) -> None:
        if not self._busy:
            self._busy = True
            QTimer.singleShot(0, self._next)

    def _next(self) -> None:
        while self._waiting:
            following = self._waiting.popleft()
            if isinstance(following, Kiosk):
                self._turn_to(following)
            else:
                following()
        self._busy = False
        if self._ends is not None:
            self._ends()

    def _turn_to(self, kiosk: Kiosk) -> None:
        self._show(kiosk)
        if type(kiosk.screen) is self._last:
            return
        self._last = type(kiosk.screen)
        self._count += 1
        picture = settle(self._window)
        picture.save(str(self._folder / f"{self._count:02d}-{page_name(kiosk.screen)}.png"))
