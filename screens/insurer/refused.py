"""The insurer did not pay after all: its part is paid now, or claimed with a slip. The patient says which."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.money import total
from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.insurer_states import InsurerRefused
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Insurer"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class InsurerRefusedModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._who = self._reason = self._amount = self._choice = self._pay = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, InsurerRefused), self.texts(kiosk)
        claims = [one.claim for one in screen.done.settled if one.claim is not None and one.refused]
        payable = any(one.owed is not None for one in screen.done.settled)
        self._who = words.shown(claims[0].pledge.policy.product)
        self._reason = words.shown(claims[0].reason) or texts.say("insurer.no_reason")
        self._amount = words.amount(total(one.refused for one in screen.done.settled), texts)
        self._choice = texts.say("insurer.two_ways" if payable else "insurer.one_way")
        self._pay = texts.say("insurer.top_up") if payable else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def who(self) -> str:
        return self._who

    @Property(str, notify=changed)
    def reason(self) -> str:
        """The insurer's own sentence, or that it gave none."""
        return self._reason

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._amount

    @Property(str, notify=changed)
    def choice(self) -> str:
        """What can be done about it now."""
        return self._choice

    @Property(str, notify=changed)
    def pay(self) -> str:
        """The button that pays it now; empty where the hospital has not asked for it yet."""
        return self._pay

    @Slot()
    def payNow(self) -> None:
        self.send(Continued())

    @Slot()
    def takeSlip(self) -> None:
        self.send(Left())
