"""Keys of the keypad on the page: they move the focus as Tab does, press what has it, and tell the flow what it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtQuick import QQuickWindow

from kiosk.flow.events import Focused
from kiosk.flow.frontend import Stage
from kiosk.messages import DEFAULT
from kiosk.ports.keypad import DIGITS, Key
from screens import spoken

_MOVES: Final = {Key.NEXT: Qt.Key.Key_Tab, Key.PREVIOUS: Qt.Key.Key_Backtab}
_NONE: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class Steering:
    """For one window, on the GUI thread."""

    def __init__(self, window: QQuickWindow, stage: Stage) -> None:
        self._window, self._stage = window, stage
        self.lang = DEFAULT

    def press(self, key: Key) -> None:
        """What the flow does not understand by itself; keys that a page has no use for do nothing."""
        if key in _MOVES:
            self._type(_MOVES[key], _SHIFT if key is Key.PREVIOUS else _NONE)
            self._tell(moved=True)
        elif key is Key.SELECT:
            self._type(Qt.Key.Key_Return)
        elif key in DIGITS:
            self._type(Qt.Key(Qt.Key.Key_0 + int(key.value)), text=key.value)
        elif key is Key.REPEAT:
            self._tell(moved=False)

    def name(self) -> str:
        """What a screen reader says of what has the focus; empty where nothing is to be pressed."""
        item = self._window.activeFocusItem()
        interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
        return interface.text(QAccessible.Text.Name) if interface is not None and interface.isValid() else ""

    def _tell(self, *, moved: bool) -> None:
        found = spoken.parts(self.name(), self._stage.texts, self.lang)
        if found:
            self._stage.send(Focused(found, moved))

    def _type(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(self._window, QKeyEvent(kind, key, modifiers, text))
