"""Paints docs/pictures/design.png: every control in each of the four looks, side by side at half size."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import shiboken6
from PIL import Image
from PySide6.QtCore import QMetaObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.flow.rules import Look
from kiosk.installed import config_dir
from kiosk.messages import DEFAULT, Catalogue
from screens import typesetting as _typesetting  # noqa: F401 - QML finds the typesetter once its module is read
from screens.album import settle
from screens.pictures import IconProvider
from screens.translation import CatalogueTranslator
from tests.screens import golden

SAMPLER = Path(__file__).with_name("Sampler.qml")
TARGET = Path(__file__).parents[3] / "docs" / "pictures" / "design.png"
LARGEST = 320 * 1024


def picture() -> Image.Image:
    """The four looks in one picture."""
    looks = [_look(look) for look in Look]
    whole = Image.new("RGB", (sum(each.width for each in looks), looks[0].height))
    left = 0
    for each in looks:
        whole.paste(each, (left, 0))
        left += each.width
    return whole.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _look(look: Look) -> Image.Image:
    translator = CatalogueTranslator(Catalogue.read(config_dir() / "texts"), DEFAULT)
    QGuiApplication.installTranslator(translator)
    engine, icons = QQmlApplicationEngine(), IconProvider()
    engine.addImageProvider("icon", icons)
    engine.setInitialProperties({"look": look.value})
    engine.load(QUrl.fromLocalFile(str(SAMPLER)))
    window = cast(QQuickWindow, engine.rootObjects()[0])
    window.show()
    window.requestActivate()
    QMetaObject.invokeMethod(window, "focusFirst")
    painted = golden.halved(settle(window))
    window.close()
    shiboken6.delete(engine)
    QGuiApplication.removeTranslator(translator)
    return painted


def write() -> None:
    """Only where somebody would see a difference, so that nothing is committed for a blend of two colours."""
    made = picture()
    if not TARGET.exists() or golden.differing(Image.open(TARGET), made) > 0:
        made.save(TARGET, optimize=True)
