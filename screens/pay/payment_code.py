"""Show your payment code to the scanner, and why the last code did not do."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left, OtherMethodWanted, WindowChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.states import AwaitingCode, Kiosk
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PaymentCodeModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._own = self._what = self._do = ""
        self._others = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AwaitingCode), self.texts(kiosk)
        self._own = words.amount(screen.offer.own_part, texts)
        self._others = screen.others
        self._what, self._do = words.trouble(screen.again, texts)
        self.changed.emit()

    @Property(str, notify=changed)
    def own(self) -> str:
        return self._own

    @Property(str, notify=changed)
    def what(self) -> str:
        """Why the last code did not do; empty on the first try."""
        return self._what

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._do

    @Property(bool, notify=changed)
    def others(self) -> bool:
        """Whether there are other ways to pay at this machine."""
        return self._others

    @Slot()
    def otherMethod(self) -> None:
        self.send(OtherMethodWanted())

    @Slot()
    def toWindow(self) -> None:
        self.send(WindowChosen())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
