"""An answer is missing and is being sought: the patient may wait, or leave with a slip."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, StillAsking
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AskingModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._what = self._number = self._amount = self._code = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, StillAsking), self.texts(kiosk)
        own = screen.offer.own_part
        self._what = texts.say(f"fault.{screen.fault.value}.what")
        self._amount = texts.say("asking.amount", amount=words.amount(own, texts)) if own else ""
        self._number = screen.offer.find(screen.sid).number
        self._code = texts.say("failed.code", code=screen.fault.value)
        self.changed.emit()

    @Property(str, notify=changed)
    def what(self) -> str:
        return self._what

    @Property(str, notify=changed)
    def amount(self) -> str:
        """The sentence about the patient's own part; empty when it is nothing."""
        return self._amount

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._number

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._code

    @Slot()
    def leave(self) -> None:
        self.send(Left())
