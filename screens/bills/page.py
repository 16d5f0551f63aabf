"""The unpaid bills of the person: which one now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.visit import FeeBatch
from kiosk.flow.bills import payable_with_others
from kiosk.flow.day_events import DaysWanted
from kiosk.flow.events import AllBillsChosen, BillChosen, KeyOffered, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import ChoosingBill, Kiosk
from kiosk.messages import Texts
from screens import day_list, words
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Bills"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class BillRow:
    batch: str
    doctor: str
    kind: str
    made: str
    count: str
    total: str
    doctor_first: str
    deed: str


@dataclass(frozen=True, slots=True)
class DaysRow:
    """A stay whose days can be read, or cannot."""

    batch: str
    button: str
    missing: str


@QmlElement
class BillsModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._greeting = self._title = self._hint = self._all = ""
        self._look_up = False
        self._rows = Rows(BillRow, self)
        self._days = Rows(DaysRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, ChoosingBill), self.texts(kiosk)
        several = len(screen.batches) > 1
        count = str(len(screen.batches))
        payable = sum(payable_with_others(batch) for batch in screen.batches)
        self._greeting = texts.say("bills.greeting", name=screen.person.name.masked())
        self._title = texts.say("bills.title_many", count=count) if several else texts.say("bills.title_one")
        self._hint = texts.say("bills.hint_many" if payable > 1 else "bills.hint_one")
        self._all = texts.say("bills.all", count=str(payable)) if payable > 1 else ""
        self._look_up = kiosk.rules.look_up
        self._rows.show([_row(batch, texts) for batch in screen.batches])
        days = [_days(batch, texts) for batch in screen.batches]
        self._days.show([row for row in days if row.button or row.missing])
        self.changed.emit()

    @Property(str, notify=changed)
    def greeting(self) -> str:
        """With the name as every page shows it: enough for its owner, too little for who stands behind."""
        return self._greeting

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def all(self) -> str:
        """The button that pays every bill; empty when there is only one."""
        return self._all

    @Property(bool, notify=changed)
    def lookUp(self) -> bool:
        """Whether bills can be looked for under a scanned code too."""
        return self._look_up

    @Property(QObject, constant=True)
    def bills(self) -> Rows:
        return self._rows

    @Property(QObject, constant=True)
    def days(self) -> Rows:
        return self._days

    @Slot(str)
    def readDays(self, batch: str) -> None:
        self.send(DaysWanted(batch))

    @Slot(str)
    def choose(self, batch: str) -> None:
        self.send(BillChosen(batch))

    @Slot()
    def chooseAll(self) -> None:
        self.send(AllBillsChosen())

    @Slot()
    def scanKey(self) -> None:
        self.send(KeyOffered())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _row(batch: FeeBatch, texts: Texts) -> BillRow:
    asked = batch.deposit
    kind = (
        texts.say("owed.kind" if asked.owed else "deposit.kind") if asked else words.medical_type(batch.med_type, texts)
    )
    if batch.ordered is not None:
        kind = words.pair(kind, texts.say("bills_more.phone"), texts)
    return BillRow(
        batch=batch.batch_no,
        doctor=words.doctor(batch, texts),
        kind=words.pair(kind, asked.bed if asked else batch.disease, texts),
        made=words.day_and_time(batch.begun, texts),
        count=_count(batch, texts),
        total=words.amount(batch.total, texts),
        doctor_first=_first(batch, texts),
        deed=texts.say(_deed(batch)),
    )


def _days(batch: FeeBatch, texts: Texts) -> DaysRow:
    return DaysRow(batch.batch_no, day_list.button(batch, texts), day_list.missing(batch, texts))


def _count(batch: FeeBatch, texts: Texts) -> str:
    """How many items; a deposit has none, nor has what its patient alone may see."""
    return texts.say("bills.count", count=str(len(batch.lines))) if batch.lines else ""


def _first(batch: FeeBatch, texts: Texts) -> str:
    """What has to be done before this bill can be paid, in the hospital's words where it gives some."""
    if batch.back_to_doctor:
        return texts.say("bills_more.doctor")
    if batch.newborn:
        return texts.say("newborn.held", name=words.shown(batch.newborn))
    if batch.lacks_maternity:
        return texts.say("maternity.lacking")
    if batch.by_staff is not None:
        return texts.say("bills_more.window")
    if batch.handed is not None:
        return texts.say("bills_more.handed", when=words.day_and_time(batch.handed.until, texts))
    if batch.stay is not None and batch.stay.window:
        return texts.say("stay.go_window")
    if batch.stay is not None and batch.stay.obstacles:
        reasons = texts.say("stay.and").join(words.shown(reason) for reason in batch.stay.obstacles)
        return texts.say("stay.obstacles", reasons=reasons)
    return ""


def _deed(batch: FeeBatch) -> str:
    if batch.back_to_doctor:
        return "bills_more.doctor_action"
    if batch.by_staff is not None:
        return "bills_more.window_action"
    if batch.handed is not None:
        return "bills_more.handed_action"
    if batch.deposit is not None:
        return "owed.action" if batch.deposit.owed else "deposit.action"
    if batch.newborn:
        return "newborn.action"
    if batch.lacks_maternity:
        return "stay.again"
    if batch.stay is None or batch.stay.settleable:
        return "bills.action" if batch.stay is None else "stay.action"
    return "stay.window_action" if batch.stay.window else "stay.again"
