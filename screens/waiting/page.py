"""Somebody else is working: what they are doing, and what the patient should leave alone meanwhile.

One calm page serves all short waits, so that the card's way from reader to bill shows one page whose words change.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.money import Money
from kiosk.domain.stay import DepositAsked
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.frontend import Stage
from kiosk.flow.insurer_states import AskingInsurer
from kiosk.flow.offer import Bill
from kiosk.flow.paid_states import FindingPaid
from kiosk.flow.phone_states import HandingToPhone
from kiosk.flow.states import (
    Cancelling,
    Collecting,
    EnteringPin,
    FindingBills,
    FindingPerson,
    Kiosk,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    Screen,
    Settling,
)
from kiosk.flow.stay_states import Admitting, FindingAdmission
from screens import words
from screens.model import PageModel

QML_IMPORT_NAME = "Kiosk.Waiting"
QML_IMPORT_MAJOR_VERSION = 1

WAITS: dict[type[Screen], tuple[str, str]] = {
    ReadingCard: ("card", "id-card"),
    EnteringPin: ("pin", "calculator"),
    ReadingIdCard: ("id_card", "id-card"),
    FindingPerson: ("person", "shield-check"),
    FindingBills: ("bills", "receipt-text"),
    Quoting: ("quote", "calculator"),
    Collecting: ("collect", "smartphone"),
    Settling: ("settle", "shield-check"),
    Cancelling: ("cancel", "undo-2"),
    FindingAdmission: ("ordered", "receipt-text"),
    FindingPaid: ("paid", "receipt-text"),
    Admitting: ("admit", "shield-check"),
    AskingInsurer: ("insurer", "shield-check"),
    HandingToPhone: ("phone", "smartphone"),
}
"""State type → the group of its sentences under `wait.`, and the icon of who is working."""
_STOPPING = ("stop", "undo-2")
_HOLDING, _TAKING = ("hold", "receipt-text"), ("take", "shield-check")
"""What is done with a deposit, which nobody computes or settles."""
_BACK = ("back", "undo-2")


@QmlElement
class WaitingModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._hint = self._icon = self._amount = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = kiosk.screen, self.texts(kiosk)
        group, self._icon = _waits(screen)
        self._title = texts.say(f"wait.{group}.title")
        self._hint = texts.say(f"wait.{group}.hint")
        if isinstance(screen, Cancelling) and screen.fault:
            self._hint = texts.say(f"fault.{screen.fault.value}.what")
        if isinstance(screen, EnteringPin) and screen.tries is not None:
            self._title = texts.say(f"fault.{FaultCode.CARD_PIN_WRONG.value}.what")
            self._hint = texts.say("wait.pin.again", count=str(screen.tries))
        owed = _owed(screen)
        self._amount = words.amount(owed, texts) if owed else ""
        self.changed.emit()

    def say(self, title: str, hint: str, icon: str) -> None:
        """What a wait of another kind says in the same place."""
        self._title, self._hint, self._icon = title, hint, icon
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def icon(self) -> str:
        return self._icon

    @Property(str, notify=changed)
    def amount(self) -> str:
        """The patient's own part while it is being collected or settled; empty elsewhere."""
        return self._amount


def _waits(screen: Screen) -> tuple[str, str]:
    match screen:
        case Collecting(stopped=True):
            return _STOPPING
        case Quoting(bills=(Bill(batch=FeeBatch(deposit=DepositAsked())), *_)):
            return _HOLDING
        case Settling(offer=offer) if offer.redress is not None:
            return _BACK
        case Settling(offer=offer) if offer.deposit:
            return _TAKING
        case _:
            return WAITS[type(screen)]


def _owed(screen: Screen) -> Money | None:
    match screen:
        case Collecting(offer=offer) | Settling(offer=offer):
            return offer.own_part
        case _:
            return None
