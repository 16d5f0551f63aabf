"""The window and all that lives in it; used on the GUI thread only."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import shiboken6
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickWindow

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import DEFAULT
from kiosk.ports.keypad import Key
from screens.pictures import CodeProvider, IconProvider
from screens.router import AIDS, CARE_HOME, PAGES, SERVICE_PAGES, Router
from screens.steering import Steering
from screens.translation import CatalogueTranslator
from screens.typesetting import Typesetter
from screens.watermark import Watermark

_FOLDER = Path(__file__).resolve().parent
_HEARTBEAT = 2000  # ms; where nothing moves no frame is drawn, and without frames the watchdog takes us for dead
_BETWEEN_PAGES = 200  # ms; compiling one takes some tens of them, and a tap must not wait for several
_WIDE, _TALL = 1080, 1920
_PAINTED = (Watermark,)  # types that only QML uses: it finds them because they were imported
_MARGIN = 0.94  # of a desktop's height, for its panels and the window's frame


class Panel:
    """Engine, translator, router and window of one stage; to be closed before the application ends."""

    def __init__(self, stage: Stage, *, animated: bool = True, shield_ms: int = 400) -> None:
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(_FOLDER.parent))
        self._icons = IconProvider()
        self._codes = CodeProvider()
        self._engine.addImageProvider("icon", self._icons)
        self._engine.addImageProvider("code", self._codes)
        self._translator = CatalogueTranslator(stage.texts, DEFAULT)
        self._stage = stage
        QGuiApplication.installTranslator(self._translator)
        self.router = Router(stage, animated=animated)
        self.router.languageChanged.connect(self._speak)
        self._speak(DEFAULT)
        width, height = _size(stage)
        self._engine.setInitialProperties(
            {"router": self.router, "frame": self.router.frame, "shieldMs": shield_ms, "width": width, "height": height}
        )
        self._engine.load(QUrl.fromLocalFile(str(_FOLDER / "Main.qml")))
        self.window = cast(QQuickWindow, self._engine.rootObjects()[0])
        self.window.frameSwapped.connect(stage.alive)
        self.steering = Steering(self.window, stage)
        self._pages: list[QQmlComponent] = []
        self._unprepared: list[QUrl] = []
        self._idle = QTimer(interval=_BETWEEN_PAGES)
        self._idle.timeout.connect(self._prepare_next)
        self._heart = QTimer(interval=_HEARTBEAT)
        self._heart.timeout.connect(self.window.update)
        self._heart.start()

    def show(self, kiosk: Kiosk) -> None:
        self.router.show(kiosk)
        self.steering.lang = kiosk.lang

    def steer(self, key: Key) -> None:
        self.steering.press(key)

    def open(self, *, fullscreen: bool) -> None:
        if fullscreen:
            self.window.setCursor(Qt.CursorShape.BlankCursor)  # a touch panel has no mouse
            self.window.showFullScreen()
        else:
            self.window.show()

    def prepare_pages(self) -> None:
        """Compile the pages one by one while nobody does anything, so that nobody waits for a page's first time.

        On the GUI thread: Qt's loader thread needs Python for our types while the GUI thread holds Python and waits
        for the loader, and both wait for ever.
        """
        every = (*PAGES.values(), *SERVICE_PAGES.values(), *AIDS.values(), CARE_HOME)
        self._unprepared = list({page.url for page in every})
        self._idle.start()

    def _prepare_next(self) -> None:
        if self._unprepared:
            self._pages.append(QQmlComponent(self._engine, self._unprepared.pop()))
        else:
            self._idle.stop()

    def close(self) -> None:
        self._heart.stop()
        self._idle.stop()
        self._pages.clear()
        self.window.close()
        shiboken6.delete(self._engine)
        shiboken6.delete(self.router)
        QGuiApplication.removeTranslator(self._translator)

    def _speak(self, lang: str) -> None:
        self._translator.lang = lang
        typesetter = cast(Typesetter, self._engine.singletonInstance("Kiosk.Frame", "Typesetter"))
        spoken = dict.fromkeys((DEFAULT, lang))  # places and doctors are Chinese on every page
        typesetter.keep_together(" ".join(self._stage.texts.of(each).say("typography.keep") for each in spoken))
        self._engine.retranslate()


def _size(stage: Stage) -> tuple[int, int]:
    """The panel's own pixels, or as much of them as a desktop has room for; a picture needs no room."""
    screen = QGuiApplication.primaryScreen()
    if not stage.scaled or stage.screenshots is not None or screen is None:
        return _WIDE, _TALL
    height = min(_TALL, int(screen.availableSize().height() * _MARGIN))
    return round(height * _WIDE / _TALL), height
