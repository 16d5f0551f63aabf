"""How Qt is set up before it starts; nothing of this can be changed afterwards."""

from __future__ import annotations

import os

from PySide6.QtGui import QFontDatabase, QGuiApplication

from kiosk import fonts


def prepare(*, offscreen: bool = False) -> None:
    """Choose renderer and platform; a setting of the machine wins over ours.

    Software rendering: twice the frames of a software OpenGL at a fifth of the processor, and pictures equal to the
    pixel. The basic render loop: the threaded one can wait for ever on Python items. Qt's platforms wait 5 ms after
    a change for more changes before they draw; a panel that nobody shares can draw at once.
    """
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QSG_RENDER_LOOP", "basic")
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
    if offscreen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def application(name: str) -> QGuiApplication:
    """The one application object, with the product's typeface; RuntimeError when a font file is damaged."""
    running = QGuiApplication.instance()
    app = running if isinstance(running, QGuiApplication) else QGuiApplication([name])
    for weight in fonts.WEIGHTS:
        if QFontDatabase.addApplicationFont(str(fonts.path(weight))) < 0:
            raise RuntimeError(f"font of weight {weight} cannot be loaded")
    return app
