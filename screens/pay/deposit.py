"""A deposit for a stay, or what an insurer did not pay: how much the hospital asks for, and why."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain import money
from kiosk.flow.events import Continued, Left, WindowChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.flow.stay_states import DepositOffered
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DepositModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._amount = self._capitals = self._basis = self._ward = ""
        self._owed = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, DepositOffered), self.texts(kiosk)
        asked = screen.offer.bills[0].bill.batch.deposit
        if asked is None:
            raise TypeError("a deposit that nobody asked for")
        own = screen.offer.own_part
        self._amount = words.amount(own, texts)
        self._capitals = money.in_capitals(own) if texts.lang.startswith("zh") else ""
        self._basis = words.shown(asked.basis)
        self._ward = words.pair(asked.ward, asked.bed, texts)
        self._owed = asked.owed
        self.changed.emit()

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._amount

    @Property(str, notify=changed)
    def capitals(self) -> str:
        """The amount in 人民币大写, in Chinese only."""
        return self._capitals

    @Property(str, notify=changed)
    def basis(self) -> str:
        """The hospital's own sentence why it asks for so much."""
        return self._basis

    @Property(str, notify=changed)
    def ward(self) -> str:
        """Ward and bed: whose stay it is for."""
        return self._ward

    @Property(bool, notify=changed)
    def owed(self) -> bool:
        """It is no deposit, but what an insurer did not pay."""
        return self._owed

    @Slot()
    def pay(self) -> None:
        self.send(Continued())

    @Slot()
    def toWindow(self) -> None:
        self.send(WindowChosen())

    @Slot()
    def decline(self) -> None:
        self.send(Left())
