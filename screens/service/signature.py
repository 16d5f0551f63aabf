"""A pad to sign on with a finger."""

from __future__ import annotations

from PySide6.QtCore import Property, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1

_THOUSAND = 1000


@QmlElement
class SignaturePad(QQuickPaintedItem):
    """Draws where a finger goes and says each point in thousandths of the pad; the model keeps what it says.

    Painted in software: QML's Canvas redraws the whole pad for each point, which lags behind a quick hand.
    """

    penned = Signal(int, int, bool)
    inkChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setKeepMouseGrab(True)
        self._ink = QColor(Qt.GlobalColor.black)
        self._strokes: list[list[QPointF]] = []

    def _read_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        self._ink = ink
        self.inkChanged.emit()
        self.update()

    ink = Property(QColor, _read_ink, _set_ink, notify=inkChanged)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([])
        self._go_to(event.position(), begins=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position(), begins=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go_to(self, place: QPointF, *, begins: bool) -> None:
        """The edge stops the pen: what lies outside the pad is not signed."""
        x, y = (_within(place.x(), self.width()), _within(place.y(), self.height()))
        self._strokes[-1].append(QPointF(x, y))
        self.update()
        self.penned.emit(round(x / self.width() * _THOUSAND), round(y / self.height() * _THOUSAND), begins)

    @Slot()
    def wipe(self) -> None:
        self._strokes.clear()
        self.update()

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._ink, self.height() / 40)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.drawPoint(stroke[0])
            else:
                painter.drawPolyline(stroke)


def _within(at: float, length: float) -> float:
    return min(max(at, 0.0), length)
