"""The bills are paid at a window instead: which one, and what to show there."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Continued
from kiosk.flow.frontend import Stage
from kiosk.flow.states import AtWindow, Kiosk
from kiosk.ports.receipt_printer import SlipNotPrinted
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WindowModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._where = self._slip = self._title = self._hint = self._scan = self._money = ""
        self._missing = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AtWindow), self.texts(kiosk)
        doctor = screen.doctor
        self._where = _rooms(screen) if doctor else words.shown(self._stage.site.window) or texts.say("window.any")
        if not doctor and all(bill.batch.inpatient for bill in screen.bills):
            self._where = texts.say("slip.window.stay")
        if screen.newborn:
            self._where = words.shown(screen.bills[0].batch.newborn)
        self._title, self._hint, self._scan = (texts.say(each) for each in _words(screen))
        self._missing = isinstance(screen.printed, SlipNotPrinted)
        self._slip = words.slip(screen.printed, texts, missing="window.missing")
        self._money = texts.say("window.money" if len(screen.bills) > 1 else "window.money_one")
        self.changed.emit()

    @Property(str, notify=changed)
    def where(self) -> str:
        return self._where

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def scan(self) -> str:
        """What the slip is good for."""
        return self._scan

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._slip

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        """No slip came; the way to the window is open all the same."""
        return self._missing

    @Property(str, notify=changed)
    def money(self) -> str:
        """That nothing was charged, of one bill or of several."""
        return self._money

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())


def _words(screen: AtWindow) -> tuple[str, str, str]:
    if screen.newborn:
        return "newborn.title", "newborn.hint", "newborn.scan"
    if screen.doctor:
        return "window.doctor_title", "window.doctor_hint", "window.doctor_scan"
    return "window.title", "window.hint", "window.scan"


def _rooms(screen: AtWindow) -> str:
    return "\n".join(dict.fromkeys(words.shown(bill.batch.department) for bill in screen.bills))
