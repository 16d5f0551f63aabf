"""The front end the kiosk finds by name: pages on a touch screen, or the same pages as pictures without one."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.ports.keypad import Key
from screens import environment, panel_width
from screens.album import Album
from screens.panel import Panel

Letter = Kiosk | Key | int
"""What comes from other threads: a state to show, a key of the keypad, the code to end with."""


class _Mail(QObject):
    """Carries states and the end from any thread to the GUI thread, in order."""

    shown = Signal(object)
    stopped = Signal(int)
    steered = Signal(str)

    def send(self, letter: Letter) -> None:
        if isinstance(letter, Kiosk):
            self.shown.emit(letter)
        elif isinstance(letter, Key):
            self.steered.emit(letter.value)
        else:
            self.stopped.emit(letter)


class Screens:
    """`kiosk.flow.frontend.Frontend` in Qt Quick.

    States and a stop that come before `run` wait for it. With `stage.screenshots` the pages are painted offscreen, each
    until its picture is taken, and a stop waits for the last one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._early: list[Letter] = []
        self._mail: _Mail | None = None

    def show(self, state: Kiosk) -> None:
        self._post(state)

    def steer(self, key: Key) -> None:
        self._post(key)

    def stop(self, code: int) -> None:
        self._post(code)

    def _post(self, letter: Letter) -> None:
        with self._lock:
            if self._mail is None:
                self._early.append(letter)
            else:
                self._mail.send(letter)

    def run(self, stage: Stage) -> int:
        """Show until stopped; answers the code that `stop` was given."""
        environment.prepare(offscreen=stage.screenshots is not None)
        app = environment.application("kiosk")
        panel = Panel(stage, animated=stage.screenshots is None)
        performance = _Performance(app, panel, stage)
        mail = _Mail()
        mail.shown.connect(performance.show, Qt.ConnectionType.QueuedConnection)
        mail.steered.connect(performance.steer, Qt.ConnectionType.QueuedConnection)
        mail.stopped.connect(performance.stop, Qt.ConnectionType.QueuedConnection)
        if stage.screenshots is None:
            panel.prepare_pages()
        fullscreen = not stage.scaled and stage.screenshots is None
        if fullscreen and app.platformName() != "offscreen":
            panel_width.compare(panel.window.screen(), stage.width_mm)
        panel.open(fullscreen=fullscreen)
        self._open(mail)
        try:
            return app.exec()
        finally:
            with self._lock:
                self._mail = None
            panel.close()

    def _open(self, mail: _Mail) -> None:
        with self._lock:
            self._mail = mail
            for letter in self._early:
                mail.send(letter)
            self._early.clear()


class _Performance(QObject):
    """The GUI thread's end of the mail: shows at once, or page by page for the album."""

    def __init__(self, app: QGuiApplication, panel: Panel, stage: Stage) -> None:
        super().__init__()
        self._app, self._panel = app, panel
        self._album = Album(panel.window, panel.show, stage.screenshots) if stage.screenshots else None

    @Slot(object)
    def show(self, state: Kiosk) -> None:
        if self._album is None:
            self._panel.show(state)
        else:
            self._album.take(state)

    @Slot(str)
    def steer(self, key: str) -> None:
        """After the states that came before it."""
        if self._album is None:
            self._panel.steer(Key(key))
        else:
            self._album.do(lambda: self._panel.steer(Key(key)))

    @Slot(int)
    def stop(self, code: int) -> None:
        if self._album is None:
            self._app.exit(code)
        else:
            self._album.finish(lambda: self._app.exit(code))


def make() -> Screens:
    return Screens()
