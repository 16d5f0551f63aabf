"""What surrounds every page: hospital, place, clock, telephone, and the word 模拟 when anything is simulated."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.flow.states import Kiosk
from screens import words

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_LOOK = 1000  # ms between looks at the wall clock; the text changes once a minute


@QmlElement
class Frame(QObject):
    changed = Signal()
    ticked = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._lang = ""
        self._look = Look.STANDARD
        self._simulated = stage.site.simulated
        self._time = self._day = ""
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._read_clock)
        self._timer.start()

    def show(self, kiosk: Kiosk) -> None:
        self._lang, self._look = kiosk.lang, kiosk.look
        self._simulated = kiosk.fixtures.simulated or self._stage.site.simulated
        self._read_clock()
        self.changed.emit()

    def _read_clock(self) -> None:
        now, texts = self._stage.now(), self._stage.texts.of(self._lang)
        seen = words.clock(now), words.day(now, texts)
        if seen != (self._time, self._day):
            self._time, self._day = seen
            self.ticked.emit()

    @Property(str, constant=True)
    def hospital(self) -> str:
        return words.shown(self._stage.site.hospital)

    @Property(str, notify=changed)
    def place(self) -> str:
        site, texts = self._stage.site, self._stage.texts.of(self._lang)
        return words.pair(site.place, texts.say("words.terminal", number=site.terminal), texts)

    @Property(str, notify=changed)
    def help(self) -> str:
        return self._stage.texts.of(self._lang).say("chrome.help", phone=self._stage.site.help_phone)

    @Property(str, notify=ticked)
    def time(self) -> str:
        return self._time

    @Property(str, notify=ticked)
    def day(self) -> str:
        return self._day

    @Property(str, notify=changed)
    def look(self) -> str:
        """The theme's name, a `kiosk.flow.rules.Look`."""
        return self._look.value

    @Property(bool, notify=changed)
    def simulated(self) -> bool:
        return self._simulated
