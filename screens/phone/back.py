"""A bill that waits on the patient's phone was chosen here: is it paid here after all? Or was it paid there by now?"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Continued, Left, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.phone_states import AskingBack
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Phone"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PhoneBackModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._bill = self._amount = self._waits = self._told = self._stay = self._go = ""
        self._paid = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AskingBack), self.texts(kiosk)
        self._paid, handed = screen.paid, screen.batch.handed
        self._title = texts.say("phone.paid" if screen.paid else "phone.back")
        self._bill = words.doctor(screen.batch, texts)
        self._amount = words.amount(screen.batch.total, texts)
        until = words.day_and_time(handed.until, texts) if handed else ""
        self._waits = "" if screen.paid else texts.say("phone.waits", when=until)
        self._told = texts.say("phone.paid_told" if screen.paid else "phone.back_told")
        self._stay = texts.say("next.done" if screen.paid else "phone.leave_it")
        self._go = texts.say("phone.print" if screen.paid else "phone.pay_here")
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def bill(self) -> str:
        return self._bill

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._amount

    @Property(str, notify=changed)
    def waits(self) -> str:
        """Until when it waits there; empty once it is paid."""
        return self._waits

    @Property(str, notify=changed)
    def told(self) -> str:
        """What paying here means for the phone, or that nothing was taken here."""
        return self._told

    @Property(str, notify=changed)
    def stay(self) -> str:
        """The button that leaves all as it is."""
        return self._stay

    @Property(str, notify=changed)
    def go(self) -> str:
        """The button that pays here, or prints."""
        return self._go

    @Property(bool, notify=changed)
    def paid(self) -> bool:
        return self._paid

    @Slot()
    def leaveIt(self) -> None:
        self.send(Left() if self._paid else WentBack())

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())
