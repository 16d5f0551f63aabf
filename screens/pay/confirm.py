"""The one question: pay this much?"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain import money
from kiosk.flow.events import Continued, Left, WindowChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Confirming, Kiosk
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConfirmModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._own = self._capitals = self._what = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Confirming), self.texts(kiosk)
        own, bills = screen.offer.own_part, screen.offer.bills
        count = str(len(bills))
        self._own = words.amount(own, texts) if own else ""
        self._capitals = money.in_capitals(own) if own and texts.lang.startswith("zh") else ""
        first, *more = bills
        if more:
            self._title = texts.say("confirm.title_several", count=count)
            self._what = texts.say("confirm.several", count=count)
        else:
            self._title = texts.say("confirm.title" if own else "confirm.title_nothing")
            self._what = words.doctor(first.bill.batch, texts)
        self.changed.emit()

    @Property(str, notify=changed)
    def own(self) -> str:
        """What the patient pays; empty when that is nothing."""
        return self._own

    @Property(str, notify=changed)
    def capitals(self) -> str:
        """The amount in 人民币大写, in Chinese only."""
        return self._capitals

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def what(self) -> str:
        """Whose bill it is, or how many bills."""
        return self._what

    @Slot()
    def pay(self) -> None:
        self.send(Continued())

    @Slot()
    def toWindow(self) -> None:
        self.send(WindowChosen())

    @Slot()
    def decline(self) -> None:
        self.send(Left())
