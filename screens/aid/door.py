"""The staff's door: figures are typed, or a badge is held before the scanner."""

from __future__ import annotations

import math

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.personal import Voucher
from kiosk.flow.access_states import StaffDoor
from kiosk.flow.events import AidClosed, StaffCodeEntered
from kiosk.flow.frontend import Stage
from kiosk.flow.states import (
    Kiosk,
)
from kiosk.messages import Texts
from screens.model import PageModel

QML_IMPORT_NAME = "Kiosk.Aid"
QML_IMPORT_MAJOR_VERSION = 1

_LONGEST = 12


@QmlElement
class DoorModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._hint = self._answer = ""
        self._typed = ""
        self._busy = False

    def show(self, kiosk: Kiosk) -> None:
        door, texts = kiosk.aid, self.texts(kiosk)
        if not isinstance(door, StaffDoor):
            raise TypeError(f"{type(door).__name__} is not StaffDoor")
        self._hint = texts.say("staff.hint" if door.scan else "staff.hint_code")
        self._busy = door.checking is not None
        self._answer = _answer(door, texts)
        self.changed.emit()

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def answer(self) -> str:
        """What became of the last code; empty before the first."""
        return self._answer

    @Property(str, notify=changed)
    def dots(self) -> str:
        """One for each figure typed; the figures stay here."""
        return "●" * len(self._typed)

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return bool(self._typed) and not self._busy

    @Slot(str)
    def add(self, figure: str) -> None:
        self._typed = (self._typed + figure)[:_LONGEST]
        self.changed.emit()

    @Slot()
    def erase(self) -> None:
        self._typed = self._typed[:-1]
        self.changed.emit()

    @Slot()
    def enter(self) -> None:
        if self._typed and not self._busy:
            typed, self._typed = self._typed, ""
            self.send(StaffCodeEntered(Voucher(typed)))
            self.changed.emit()

    @Slot()
    def back(self) -> None:
        self.send(AidClosed())


def _answer(door: StaffDoor, texts: Texts) -> str:
    if door.checking is not None:
        return texts.say("staff.checking")
    if door.wait:
        return texts.say("staff.locked", minutes=str(math.ceil(door.wait / 60)))
    return texts.say("staff.wrong") if door.refused else ""
