"""The kiosk cannot serve anybody now: why, and where to go instead."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, OutOfService
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Home"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ClosedModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._reason = self._code = ""

    def show(self, kiosk: Kiosk) -> None:
        fault = expect(kiosk.screen, OutOfService).fault
        texts = self.texts(kiosk)
        self._reason = texts.say(f"fault.{fault.value}.what")
        self._code = texts.say("failed.code", code=fault.value)
        self.changed.emit()

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self._reason

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._code
