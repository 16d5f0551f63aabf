"""It ended otherwise: what happened, where the money is, what to do, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.faults import CATALOGUE, MoneyAt, Severity
from kiosk.flow.events import Left, Retried
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Failed, Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Words:
    what: str = ""
    money: str = ""
    remedy: str = ""
    reason: str = ""
    number: str = ""
    code: str = ""
    slip: str = ""
    retry: bool = False


@QmlElement
class FailedModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Failed), self.texts(kiosk)
        undone = undone_after_doubt(screen)
        fault = f"fault.{screen.fault.value}"
        self._words = Words(
            what=texts.say("failed.undone" if undone else f"{fault}.what"),
            money=money_sentence(screen, texts),
            remedy=texts.say("failed.undone_do" if undone else f"{fault}.do"),
            reason=words.shown(screen.reason),
            number=screen.number or "",
            code=texts.say("failed.code", code=screen.fault.value),
            slip=texts.say("failed.slip") if screen.slip else "",
            retry=screen.can_retry,
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def what(self) -> str:
        return self._words.what

    @Property(str, notify=changed)
    def money(self) -> str:
        """Where the patient's money is; empty where nobody would wonder."""
        return self._words.money

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._words.remedy

    @Property(str, notify=changed)
    def reason(self) -> str:
        """The far party's own sentence; often empty."""
        return self._words.reason

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._words.number

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._words.code

    @Property(str, notify=changed)
    def slip(self) -> str:
        """Said while a slip for the patient is being printed."""
        return self._words.slip

    @Property(bool, notify=changed)
    def retry(self) -> bool:
        return self._words.retry

    @Slot()
    def again(self) -> None:
        self.send(Retried())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def undone_after_doubt(screen: Failed) -> bool:
    """The money was in doubt and has since been given back: the doubt's own words would frighten for nothing."""
    return screen.amount is not None and CATALOGUE[screen.fault].money is MoneyAt.HELD


def money_sentence(screen: Failed, texts: Texts) -> str:
    """Where the money is. An amount is one that goes back; without one, nothing that could go back had been taken."""
    fault = CATALOGUE[screen.fault]
    if screen.amount is not None:
        return texts.say("money.returned_amount", amount=words.amount(screen.amount, texts))
    if fault.severity is Severity.NOTICE and fault.money is MoneyAt.UNTOUCHED:
        return ""
    where = MoneyAt.UNTOUCHED if fault.money is MoneyAt.RETURNED else fault.money
    return texts.say(f"money.{where.value}")
