"""A window under a finger, and the frames it answers with."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QPoint, QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

_HELD_MS = 30  # a quick finger
_PATIENCE_MS = 5000


class NoFrame(Exception):
    """The window drew nothing although something was to change."""


class Glass:
    """Times are milliseconds from Qt's getting the finger to the end of a frame."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._finger = QTest.createTouchDevice()
        self._drawn = 0.0
        self._waiting: QEventLoop | None = None
        window.frameSwapped.connect(self._note)

    def press(self, target: QQuickItem) -> float:
        """Until the first frame that differs inside the target; the finger stays."""
        return self._changed(target, lambda place: self._touch(place.center(), down=True))

    def release(self, target: QQuickItem) -> float:
        return self._changed(target, lambda place: self._touch(place.center(), down=False))

    def turn(self, target: QQuickItem, turned: Callable[[], float]) -> float:
        """Press, hold, release: from the release until the first frame after `turned`, the newest page's coming."""
        place = scene_of(target)
        self._touch(place.center(), down=True)
        self.rest(_HELD_MS)
        began = drawn = time.perf_counter()
        self._touch(place.center(), down=False)
        while turned() < began:
            drawn = self._frame_after(drawn)
        return (self._frame_after(turned()) - began) * 1000

    def rest(self, milliseconds: int = _HELD_MS) -> None:
        """Let things move."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _changed(self, target: QQuickItem, act: Callable[[QRect], None]) -> float:
        place = scene_of(target)
        before = self._look(place)
        began = time.perf_counter()
        act(place)
        drawn = self._frame_after(began)
        while self._look(place) == before:  # looking takes as long as a frame: a second one counts against us
            drawn = self._frame_after(drawn)
        return (drawn - began) * 1000

    def _touch(self, at: QPoint, *, down: bool) -> None:
        touch = QTest.touchEvent(self._window, self._finger, autoCommit=False)
        (touch.press if down else touch.release)(0, at, self._window)
        touch.commit()

    def _look(self, place: QRect) -> QImage:
        return self._window.grabWindow().copy(place)

    def _note(self) -> None:
        self._drawn = time.perf_counter()
        if self._waiting is not None:
            self._waiting.quit()

    def _frame_after(self, moment: float) -> float:
        """When the first frame after `moment` was drawn; it may have been already."""
        if self._drawn <= moment:
            self._waiting = QEventLoop()
            QTimer.singleShot(_PATIENCE_MS, self._waiting.quit)
            self._waiting.exec()
            self._waiting = None
        if self._drawn <= moment:
            raise NoFrame
        return self._drawn


def scene_of(item: QQuickItem) -> QRect:
    """Where the item lies in the window."""
    return item.mapRectToScene(item.boundingRect()).toRect()


def buttons(item: QQuickItem) -> list[QQuickItem]:
    """Every button that can be pressed, from top to bottom."""
    found = [each for each in items(item) if each.inherits("QQuickAbstractButton") and each.isEnabled()]
    return sorted(found, key=lambda each: scene_of(each).top())


def items(item: QQuickItem) -> list[QQuickItem]:
    """The item and all in it that can be seen."""
    if not item.isVisible():
        return []
    return [item, *(deeper for child in item.childItems() for deeper in items(child))]
