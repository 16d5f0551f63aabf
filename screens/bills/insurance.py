"""Two insurances could settle these bills: the person says which."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.insured import Insurance
from kiosk.domain.money import total
from kiosk.domain.visit import FeeBatch
from kiosk.flow.events import InsuranceChosen, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import ChoosingInsurance, Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Bills"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class InsuranceRow:
    insutype: str
    title: str
    balance: str


@QmlElement
class InsuranceModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._doctor = self._total = ""
        self._rows = Rows(InsuranceRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, ChoosingInsurance), self.texts(kiosk)
        self._doctor = _named(screen.batches, texts)
        self._total = words.amount(total(batch.total for batch in screen.batches), texts)
        self._rows.show([_row(insurance, texts) for insurance in screen.rows])
        self.changed.emit()

    @Property(str, notify=changed)
    def doctor(self) -> str:
        return self._doctor

    @Property(str, notify=changed)
    def total(self) -> str:
        return self._total

    @Property(QObject, constant=True)
    def insurances(self) -> Rows:
        return self._rows

    @Slot(str)
    def choose(self, insutype: str) -> None:
        self.send(InsuranceChosen(insutype))

    @Slot()
    def back(self) -> None:
        self.send(WentBack())


def _named(batches: tuple[FeeBatch, ...], texts: Texts) -> str:
    """The one bill by its doctor, several by their number."""
    if len(batches) == 1:
        return words.doctor(batches[0], texts)
    return texts.say("insurance.several", count=str(len(batches)))


def _row(insurance: Insurance, texts: Texts) -> InsuranceRow:
    balance = texts.say("insurance.balance", amount=words.amount(insurance.balance, texts))
    return InsuranceRow(
        insurance.insutype, words.insurance(insurance.insutype, texts), balance if insurance.balance else ""
    )
