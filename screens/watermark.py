"""That nothing here is real, painted across the page: no photograph of the screen can be taken for another kind."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Property, QPointF, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_TILT: Final = -30.0
_ROWS: Final = range(-2, 3)


@QmlElement
class Watermark(QQuickPaintedItem):
    """Painted, not written: it is no text of the page, and no screen reader should come upon it five times."""

    changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._words, self._family = "", ""
        self._ink, self._letters = QColor(), 1.0
        self.changed.connect(self.update)

    def paint(self, painter: QPainter) -> None:
        font = QFont(self._family)
        font.setPixelSize(max(1, int(self._letters)))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(_TILT)
        middle = painter.fontMetrics().horizontalAdvance(self._words) / 2
        for row in _ROWS:
            aside = self._letters if row % 2 else -self._letters
            painter.drawText(QPointF(aside - middle, row * self._letters * 2.2), self._words)

    def _get_words(self) -> str:
        return self._words

    def _set_words(self, words: str) -> None:
        self._words = words
        self.changed.emit()

    def _get_family(self) -> str:
        return self._family

    def _set_family(self, family: str) -> None:
        self._family = family
        self.changed.emit()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        self._ink = ink
        self.changed.emit()

    def _get_letters(self) -> float:
        return self._letters

    def _set_letters(self, letters: float) -> None:
        self._letters = letters
        self.changed.emit()

    words = Property(str, _get_words, _set_words, notify=changed)
    family = Property(str, _get_family, _set_family, notify=changed)
    ink = Property(QColor, _get_ink, _set_ink, notify=changed)
    letters = Property(float, _get_letters, _set_letters, notify=changed)
