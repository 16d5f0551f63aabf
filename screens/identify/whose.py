"""Whose visit this is: one's own, or a relative's for whom somebody came."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.asking import AskingWhose
from kiosk.flow.events import Left, WhoseChosen
from kiosk.flow.rules import Whose
from kiosk.flow.states import Kiosk
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Identify"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WhoseModel(PageModel):
    changed = Signal()

    def show(self, kiosk: Kiosk) -> None:
        expect(kiosk.screen, AskingWhose)

    @Slot()
    def chooseSelf(self) -> None:
        self.send(WhoseChosen(Whose.SELF))

    @Slot()
    def chooseRelative(self) -> None:
        self.send(WhoseChosen(Whose.RELATIVE))

    @Slot()
    def leave(self) -> None:
        self.send(Left())
