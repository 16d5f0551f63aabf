"""Scan the code of a card, slip or wristband of the hospital, and why the last one did not do."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, ScanningKey
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Bills"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class KeyModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._what = ""

    def show(self, kiosk: Kiosk) -> None:
        again, texts = expect(kiosk.screen, ScanningKey).again, self.texts(kiosk)
        self._what = texts.say(f"fault.{again.value}.what") if again else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def what(self) -> str:
        """That nothing was found, or why the last code did not do; empty when the patient came by themselves."""
        return self._what

    @Slot()
    def back(self) -> None:
        self.send(WentBack())
