"""The bill waits on the patient's phone: where there, until when, and that nothing was taken here."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Continued
from kiosk.flow.frontend import Stage
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.states import Kiosk
from kiosk.ports.receipt_printer import SlipNotPrinted
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Phone"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PhoneWaitsModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._where = self._until = self._link = self._slip = ""
        self._missing = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AtPhone), self.texts(kiosk)
        self._where = words.shown(screen.handed.where)
        self._until = texts.say("phone.until", when=words.day_and_time(screen.handed.until, texts))
        self._link = screen.handed.link
        self._missing = isinstance(screen.printed, SlipNotPrinted)
        self._slip = words.slip(screen.printed, texts, missing="phone.no_slip")
        self.changed.emit()

    @Property(str, notify=changed)
    def where(self) -> str:
        """Where on the phone, in the hospital's words."""
        return self._where

    @Property(str, notify=changed)
    def until(self) -> str:
        return self._until

    @Property(str, notify=changed)
    def link(self) -> str:
        """What the phone scans to be there at once; empty where the hospital has no such thing."""
        return self._link

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._slip

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        """No slip came; the bill is on the phone all the same."""
        return self._missing

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())
