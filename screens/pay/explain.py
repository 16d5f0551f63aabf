"""The quote in words: who pays what, why a part is the patient's own, and each item of the bill."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.visit import FeeLine
from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Explaining, Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect
from screens.pay import shares
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ItemRow:
    name: str
    quantity: str
    amount: str


@dataclass(frozen=True, slots=True)
class Words:
    title: str = ""
    total: str = ""
    own: str = ""
    doctor: str = ""
    lines: str = ""
    helped: bool = False


@QmlElement
class ExplainModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._payers = Rows(shares.PayerRow, self)
        self._reasons = Rows(shares.ReasonRow, self)
        self._items = Rows(ItemRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Explaining), self.texts(kiosk)
        amounts, batch = screen.quote.amounts, screen.bill.batch
        payers = shares.payers(amounts, texts)
        self._words = Words(
            title=texts.say("explain.title_named", name=screen.bill.person.name.masked()),
            total=words.amount(amounts.medfee_sumamt, texts),
            own=words.amount(amounts.psn_cash_pay, texts) if amounts.psn_cash_pay else "",
            doctor=words.doctor(batch, texts),
            lines=texts.say("explain.lines", count=str(len(batch.lines))),
            helped=any(row.kind != "own" for row in payers),
        )
        self._payers.show(payers)
        self._reasons.show(shares.reasons(amounts, texts))
        self._items.show([_item(line, texts) for line in batch.lines])
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def total(self) -> str:
        return self._words.total

    @Property(str, notify=changed)
    def own(self) -> str:
        """What the patient pays; empty when that is nothing."""
        return self._words.own

    @Property(str, notify=changed)
    def doctor(self) -> str:
        return self._words.doctor

    @Property(str, notify=changed)
    def lines(self) -> str:
        return self._words.lines

    @Property(bool, notify=changed)
    def helped(self) -> bool:
        """Whether anybody but the patient pays."""
        return self._words.helped

    @Property(QObject, constant=True)
    def payers(self) -> Rows:
        return self._payers

    @Property(QObject, constant=True)
    def reasons(self) -> Rows:
        return self._reasons

    @Property(QObject, constant=True)
    def items(self) -> Rows:
        return self._items

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _item(line: FeeLine, texts: Texts) -> ItemRow:
    price, quantity, unit = line.price.text(), line.quantity.text(), words.shown(line.unit)
    if unit:
        count = texts.say("explain.quantity", price=price, quantity=quantity, unit=unit)
    else:
        count = texts.say("explain.quantity_bare", price=price, quantity=quantity)
    return ItemRow(words.shown(f"{line.name} {line.spec}"), count, words.amount(line.amount, texts))
