"""Pictures that pages name by a URL: icons in the theme's colours, and codes for a phone to scan.

Icons are line drawings from `icons/`. The software renderer cannot recolour a picture, so the colour is put into the
drawing before it is painted. URL: `image://icon/NAME/RRGGBB`; the size comes from the image's `sourceSize`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent / "icons"
_DEFAULT = QSize(96, 96)
_QUIET = 4  # modules of white around a code, ISO/IEC 18004


class IconProvider(QQuickImageProvider):
    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002 - Qt's names
        """The icon, or FileNotFoundError: a page names an icon that is not there."""
        name, _, colour = id.partition("/")
        return paint(name, f"#{colour}", requestedSize if requestedSize.isValid() else _DEFAULT)


class CodeProvider(QQuickImageProvider):
    """`image://code/TEXT`, percent-encoded: a QR code as black squares on white, with the quiet zone readers want.

    Drawn in whole pixels a module: a code that is smoothed is a code that old phones do not read.
    """

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002 - Qt's names
        text = QUrl.fromPercentEncoding(QByteArray(id.encode()))
        return paint_code(text, requestedSize.width() if requestedSize.isValid() else _DEFAULT.width())


def paint_code(text: str, width: int) -> QImage:
    import segno  # late: most pages show no code, and a start is counted in milliseconds

    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=_QUIET)]
    module = max(1, round(width / len(rows)))
    side = module * len(rows)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(x * module, y * module, module, module, Qt.GlobalColor.black)
    painter.end()
    return image


def paint(name: str, colour: str, size: QSize) -> QImage:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return image
