"""A stay day by day: one day's charges, its sum, and the stay's so far, as the hospital adds them up."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.day_events import DayTurned
from kiosk.flow.day_states import ListedDays, QuotedDays, ReadingDays
from kiosk.flow.days import may_print, on_paper
from kiosk.flow.events import PaperWanted, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.page_printer import PageNotPrinted
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipUnknown
from screens import words
from screens.model import PageModel
from screens.pay.items import ItemRow, item
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Stay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DaysModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._greeting = self._date = self._place = self._sum = self._so_far = self._withheld = ""
        self._printing = self._paper = self._instead = ""
        self._first = self._last = self._missing = False
        self._items = Rows(ItemRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = kiosk.screen, self.texts(kiosk)
        if not isinstance(screen, ListedDays | QuotedDays) or screen.batch.stay is None:
            raise TypeError("no day list")
        stay, batch = screen.batch.stay, screen.batch
        day, lines = stay.days[screen.at], batch.lines_on(stay.days[screen.at].day)
        number = (day.day - stay.admitted.date()).days + 1
        self._greeting = texts.say("days.title_named", name=screen.person.name.masked())
        self._date = words.day(day.day, texts)
        self._place = texts.say("days.place", number=str(number))
        if lines:
            self._place = texts.say("days.place_count", number=str(number), count=str(len(lines)))
        self._withheld = "" if batch.lines else texts.say("days.withheld")
        self._sum, self._so_far = words.amount(day.total, texts), words.amount(day.so_far, texts)
        self._first, self._last = screen.at == 0, screen.at == len(stay.days) - 1
        wish = texts.say("days.again" if on_paper(screen) else "days.print")
        self._printing = wish if may_print(screen) else ""
        self._paper = _paper(screen, texts)
        self._missing = isinstance(screen.printed, PageNotPrinted | SlipNotPrinted | SlipUnknown)
        self._instead = texts.say("days.short_instead") if isinstance(screen.printed, PageNotPrinted) else ""
        self._items.show([item(line, texts) for line in lines])
        self.changed.emit()

    @Property(str, notify=changed)
    def greeting(self) -> str:
        return self._greeting

    @Property(str, notify=changed)
    def date(self) -> str:
        return self._date

    @Property(str, notify=changed)
    def place(self) -> str:
        """Which day of the stay it is, counted from the admission, and how many items it has."""
        return self._place

    @Property(str, notify=changed)
    def sum(self) -> str:
        return self._sum

    @Property(str, notify=changed)
    def soFar(self) -> str:
        return self._so_far

    @Property(str, notify=changed)
    def withheld(self) -> str:
        """Why no item is shown; empty for the patient."""
        return self._withheld

    @Property(str, notify=changed)
    def printing(self) -> str:
        """The button that puts the list on paper, once more at most; empty while it is printed."""
        return self._printing

    @Property(str, notify=changed)
    def paper(self) -> str:
        """What became of the paper; empty where none was wanted."""
        return self._paper

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        """No paper came, or only a part of it."""
        return self._missing

    @Property(str, notify=changed)
    def instead(self) -> str:
        """How to have a slip where A4 did not come; empty where there is no such way."""
        return self._instead

    @Property(bool, notify=changed)
    def first(self) -> bool:
        return self._first

    @Property(bool, notify=changed)
    def last(self) -> bool:
        return self._last

    @Property(QObject, constant=True)
    def items(self) -> Rows:
        return self._items

    @Slot()
    def earlier(self) -> None:
        self.send(DayTurned(later=False))

    @Slot()
    def later(self) -> None:
        self.send(DayTurned(later=True))

    @Slot()
    def print(self) -> None:
        self.send(PaperWanted())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())


def _paper(screen: ReadingDays, texts: Texts) -> str:
    """One that stopped half-way is not called printed."""
    if screen.slip is not None:
        return texts.say("days.printing")
    match screen.printed:
        case PageNotPrinted(fault=fault) | SlipNotPrinted(fault=fault) | SlipUnknown(fault=fault):
            return texts.say(f"fault.{fault.value}.what")
        case None:
            return ""
        case _:
            return texts.say("days.printed")
