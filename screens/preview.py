"""The camera's picture on a page, live.

A `Preview` takes the newest frame when one comes and paints it; it looks only while it can be seen, so a page that goes
lets the camera rest. Nothing is kept and nothing is copied into QML: a page hands a `CameraView` to its preview and
cannot reach a frame.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.ports.camera import BYTES_A_PIXEL, Frame, FrameSlot, Look

QML_IMPORT_NAME = "Kiosk.Camera"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CameraView(QObject):
    """What a page's model has for its preview; `slot` is None where the kiosk has no camera."""

    def __init__(self, slot: FrameSlot | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.slot = slot

    @Property(bool, constant=True)
    def there(self) -> bool:
        return self.slot is not None


class _Eye(QObject):
    """Looks into the slot for one preview; told in the camera's thread, it tells the preview's once for many frames."""

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self._told = False

    def open(self, slot: FrameSlot | None) -> None:
        self.close()
        if slot is not None:
            self._look = slot.look(self._tell)

    def close(self) -> None:
        look, self._look = self._look, None
        if look is not None:
            look.close()

    def newest(self) -> Frame | None:
        self._told = False  # before looking: a frame that comes meanwhile is told anew
        return self._look.newest() if self._look else None

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self.came.emit()


@QmlElement
class Preview(QQuickPaintedItem):
    """Fills its place with the middle of the picture; `mirrored` as people know themselves."""

    viewChanged = Signal()
    mirroredChanged = Signal()
    seeingChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._view: CameraView | None = None
        self._mirrored = self._placed = False
        self._frame: Frame | None = None
        self._eye = eye = _Eye()
        eye.came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(eye.close)  # with a window that closes, an item leaves no scene first
        self.visibleChanged.connect(self._attend)
        self.windowChanged.connect(self._move)
        self.setOpaquePainting(True)

    def paint(self, painter: QPainter) -> None:
        frame = self._frame
        if frame is None:
            return
        line = frame.width * BYTES_A_PIXEL
        picture = QImage(frame.reveal(), frame.width, frame.height, line, QImage.Format.Format_BGR888)
        # Smooth scaling of 24-bit pixels goes pixel by pixel through a slow path; this costs less in all.
        picture = picture.convertToFormat(QImage.Format.Format_RGB32)
        if self._mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(self.boundingRect(), picture, middle(frame.width, frame.height, self.width(), self.height()))

    @Slot()
    def _take(self) -> None:
        had, self._frame = self._frame, self._eye.newest()
        if (had is None) != (self._frame is None):
            self.seeingChanged.emit()
        self.update()

    def _move(self, window: QObject | None) -> None:
        """Not `window()` where it is needed: asked of an item about to go, PySide gives the window up with it."""
        self._placed = window is not None
        self._attend()

    @Slot()
    def _attend(self, *_: Any) -> None:
        """Look while there is something to see and somebody who can."""
        wanted = self._view.slot if self._view and self.isVisible() and self._placed else None
        self._eye.open(wanted)
        self._take()

    def _get_view(self) -> CameraView | None:
        return self._view

    def _set_view(self, view: CameraView | None) -> None:
        if view is not self._view:
            self._view = view
            self._attend()
            self.viewChanged.emit()

    view = Property(QObject, _get_view, _set_view, notify=viewChanged)

    def _get_mirrored(self) -> bool:
        return self._mirrored

    def _set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.update()
            self.mirroredChanged.emit()

    mirrored = Property(bool, _get_mirrored, _set_mirrored, notify=mirroredChanged)

    @Property(bool, notify=seeingChanged)
    def seeing(self) -> bool:
        """Whether there is a picture now."""
        return self._frame is not None


def middle(width: int, height: int, wide: float, tall: float) -> QRectF:
    """The largest part of a picture around its middle that has the shape of `wide` by `tall`."""
    if min(wide, tall) <= 0:
        return QRectF(0, 0, width, height)
    scale = min(width / wide, height / tall)
    return QRectF((width - wide * scale) / 2, (height - tall * scale) / 2, wide * scale, tall * scale)
