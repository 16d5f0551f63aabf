"""Nobody touched the screen for long: are you still there?"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left, Stayed
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, StillThere
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StillThereModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._seconds = 0.0

    def show(self, kiosk: Kiosk) -> None:
        expect(kiosk.screen, StillThere)
        self._seconds = kiosk.rules.still_there
        self.changed.emit()

    @Property(float, notify=changed)
    def seconds(self) -> float:
        """How long the flow waits from when this page was shown; the page only draws it."""
        return self._seconds

    @Slot()
    def stay(self) -> None:
        self.send(Stayed())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
