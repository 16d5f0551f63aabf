"""The visit is over; at most the card is still in the reader."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Farewell, Kiosk
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FarewellModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._card_in = self._reminded = False

    def show(self, kiosk: Kiosk) -> None:
        screen = expect(kiosk.screen, Farewell)
        self._card_in, self._reminded = screen.card_in, screen.reminded
        self.changed.emit()

    @Property(bool, notify=changed)
    def cardIn(self) -> bool:
        return self._card_in

    @Property(bool, notify=changed)
    def reminded(self) -> bool:
        """The card was asked for once already."""
        return self._reminded
