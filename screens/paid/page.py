"""Bills that were paid: which one's receipt now, and then the receipt and where its fiscal one is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.money import Money
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.flow.events import BillChosen, Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.paid_states import ChoosingPaid, Reprinting
from kiosk.flow.rules import Door
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.page_printer import PageNotPrinted
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult
from screens import words
from screens.ending.papers import official_missing
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Paid"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PaidRow:
    batch: str
    doctor: str
    kind: str
    when: str
    total: str
    deed: str


@QmlElement
class PaidModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._greeting = self._title = self._hint = ""
        self._rows = Rows(PaidRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, ChoosingPaid), self.texts(kiosk)
        self._greeting = texts.say("bills.greeting", name=screen.person.name.masked())
        refunds = screen.door is Door.REFUND
        self._title = texts.say("refund.found" if refunds else "paid.title", count=str(len(screen.paid)))
        self._hint = texts.say("refund.hint" if refunds else "paid.hint")
        self._rows.show(
            [
                _row(
                    one.batch,
                    words.pair(
                        words.day_and_time(one.settlement.settled_at, texts), texts.say(f"paid.till.{one.till}"), texts
                    ),
                    one.refund.total if refunds and one.refund else one.settlement.amounts.medfee_sumamt,
                    _deed(texts, refunds=refunds, here=one.refund is not None and one.refund.again is not None),
                    texts,
                )
                for one in screen.paid
            ]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def greeting(self) -> str:
        return self._greeting

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(QObject, constant=True)
    def bills(self) -> Rows:
        return self._rows

    @Slot(str)
    def choose(self, batch: str) -> None:
        self.send(BillChosen(batch))

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _deed(texts: Texts, *, refunds: bool, here: bool) -> str:
    if not refunds:
        return texts.say("paid.action")
    return texts.say("refund.here" if here else "refund.action")


def _row(batch: FeeBatch, when: str, amount: Money, deed: str, texts: Texts) -> PaidRow:
    return PaidRow(
        batch=batch.batch_no,
        doctor=words.doctor(batch, texts),
        kind=words.pair(words.medical_type(batch.med_type, texts), batch.disease, texts),
        when=when,
        total=words.amount(amount, texts),
        deed=deed,
    )


@QmlElement
class ReprintModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._bill = self._slip = self._receipt = self._link = ""
        self._missing = self._more = self._sheet_missing = False
        self._sheet = self._title = self._marked = self._on = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Reprinting), self.texts(kiosk)
        batch, settled = screen.chosen.batch, screen.chosen.settlement
        self._bill = "\n".join(
            (
                words.doctor(batch, texts),
                words.pair(words.day_and_time(settled.settled_at, texts), words.amount(batch.total, texts), texts),
            )
        )
        self._slip = _slip(screen.printed, texts)
        self._missing = not isinstance(screen.printed, SlipPrinted | None)
        self._sheet = _sheet(screen, texts)
        self._sheet_missing = isinstance(screen.sheet, PageNotPrinted)
        booking = screen.chosen.booking
        self._receipt = fiscal(booking, texts)
        self._link = booking.receipt.url if booking.receipt else ""
        self._more = len(screen.paid) > 1 or screen.others > 0
        self._title = texts.say("phone.paid" if screen.first else "paid.printing")
        copy = "" if self._missing else texts.say("paid.marked")
        self._marked = texts.say("phone.money") if screen.first else copy
        self._on = texts.say("next.another" if screen.others else "paid.another") if self._more else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """That its receipt is printed once more, or that the phone has paid it just now."""
        return self._title

    @Property(str, notify=changed)
    def marked(self) -> str:
        """That the slip is marked as a copy, where one came; or of the first one that nothing was taken here."""
        return self._marked

    @Property(str, notify=changed)
    def on(self) -> str:
        """The button to the next receipt, or to what is still unpaid; empty where there is neither."""
        return self._on

    @Property(str, notify=changed)
    def bill(self) -> str:
        return self._bill

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._slip

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        return self._missing

    @Property(str, notify=changed)
    def sheet(self) -> str:
        """What became of the official 医保结算单; empty where the site has none."""
        return self._sheet

    @Property(bool, notify=changed)
    def sheetMissing(self) -> bool:
        return self._sheet_missing

    @Property(str, notify=changed)
    def receipt(self) -> str:
        """The fiscal receipt's numbers, or where it can be looked up; empty where the hospital issues none."""
        return self._receipt

    @Property(str, notify=changed)
    def link(self) -> str:
        """What a phone scans to have the fiscal receipt."""
        return self._link

    @Property(bool, notify=changed)
    def more(self) -> bool:
        """Whether there are others to choose from."""
        return self._more

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def fiscal(booking: Booking | None, texts: Texts) -> str:
    """What is known of the hospital's fiscal receipt, in words."""
    if booking is None:
        return ""
    told = booking.receipt
    if told is not None:
        return texts.say(
            "fiscal.issued", code=words.shown(told.code), number=words.shown(told.number), check=words.shown(told.check)
        )
    return texts.say("fiscal.pending", where=words.shown(booking.receipt_at)) if booking.receipt_at else ""


def _sheet(screen: Reprinting, texts: Texts) -> str:
    if screen.official is None:
        return ""
    if isinstance(screen.sheet, PageNotPrinted):
        return official_missing(screen.sheet, texts)
    return texts.say("paper.official_coming" if screen.sheet is None else "paper.statement_done")


def _slip(printed: SlipResult | None, texts: Texts) -> str:
    if printed is None:
        return texts.say("paper.receipt_coming")
    if isinstance(printed, SlipNotPrinted):
        what = texts.say(f"fault.{printed.fault.value}.what")
        return texts.say("paid.no_slip", what=what)
    return texts.say("paid.slip" if isinstance(printed, SlipPrinted) else "paper.receipt_look")
