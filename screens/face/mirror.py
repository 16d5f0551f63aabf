"""The camera's picture as a mirror shows it: painted from the newest frame, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from screens.face.check import FaceCheckModel

QML_IMPORT_NAME = "Kiosk.Face"
QML_IMPORT_MAJOR_VERSION = 1

_BEAT = 50  # ms between looks; a camera gives 30 a second, and 20 look smooth in a mirror


@QmlElement
class FaceMirror(QQuickPaintedItem):
    """Fills its place with the middle of the picture, left and right exchanged, within an oval."""

    changed = Signal()
    seenChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._model: FaceCheckModel | None = None
        self._serial: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _source(self) -> QObject | None:
        return self._model

    def _set_source(self, model: QObject | None) -> None:
        self._model = model if isinstance(model, FaceCheckModel) else None
        self.changed.emit()

    source = Property(QObject, _source, _set_source, notify=changed)

    def _seen(self) -> bool:
        return self._serial is not None

    seen = Property(bool, _seen, notify=seenChanged)

    def _look(self) -> None:
        frame = self._model.newest() if self._model is not None else None
        serial = frame.serial if frame is not None else None
        if serial == self._serial:
            return
        began = (serial is None) != (self._serial is None)
        self._serial = serial
        if began:
            self.seenChanged.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        frame = self._model.newest() if self._model is not None else None
        if frame is None:
            return
        image = QImage(frame.reveal(), frame.width, frame.height, 3 * frame.width, QImage.Format.Format_BGR888)
        place = QRectF(0, 0, self.width(), self.height())
        path = QPainterPath()
        path.addEllipse(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(path)
        painter.translate(place.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(place, image, _middle(frame.width, frame.height, place.width() / max(1.0, place.height())))


def _middle(width: int, height: int, shape: float) -> QRectF:
    """The largest part of that shape round the middle."""
    across = min(float(width), height * shape)
    down = min(float(height), width / shape)
    return QRectF((width - across) / 2, (height - down) / 2, across, down)
