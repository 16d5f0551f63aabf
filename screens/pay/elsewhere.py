"""Paid elsewhere than at this machine's scanner: a code for the patient's phone, or the card terminal beside it.

Both pages say how much and offer the same ways out; what follows is told by the money.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left, OtherMethodWanted, WindowChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.states import AtTerminal, Kiosk, ShowingCode
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ElsewhereModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._own = self._code = ""
        self._others = False

    def show(self, kiosk: Kiosk) -> None:
        screen = kiosk.screen if isinstance(kiosk.screen, AtTerminal) else expect(kiosk.screen, ShowingCode)
        code = screen.code if isinstance(screen, ShowingCode) else ""
        self._own = words.amount(screen.offer.own_part, self.texts(kiosk))
        self._code = bytes(QUrl.toPercentEncoding(code).data()).decode()
        self._others = screen.others
        self.changed.emit()

    @Property(str, notify=changed)
    def own(self) -> str:
        return self._own

    @Property(str, notify=changed)
    def code(self) -> str:
        """What the picture's address ends with; empty until the payment service has opened the order, and at the
        terminal, which has no picture.
        """
        return self._code

    @Property(bool, notify=changed)
    def others(self) -> bool:
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
