"""Icons in the theme's colours: line drawings from `icons/` painted at the size and in the colour a page asks for.

The software renderer cannot recolour a picture, so the colour is put into the drawing before it is painted. URL:
`image://icon/NAME/RRGGBB`; the size comes from the image's `sourceSize`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent / "icons"
_DEFAULT = QSize(96, 96)


class IconProvider(QQuickImageProvider):
    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002 - Qt's names
        """The icon, or FileNotFoundError: a page names an icon that is not there."""
        name, _, colour = id.partition("/")
        return paint(name, f"#{colour}", requestedSize if requestedSize.isValid() else _DEFAULT)


def paint(name: str, colour: str, size: QSize) -> QImage:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return image
