"""What a service does, what it wants and how long it takes, before anybody is asked anything."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Guide, Point
from kiosk.flow.events import Continued, OptionPicked, PaperWanted, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.served_states import Guiding
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.receipt_printer import SlipPrinted
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service.choice import OptionRow
from screens.service.shown import expect_page, overline, source

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PointRow:
    label: str
    said: str
    part: int = -1


def point(each: Point, texts: Texts) -> PointRow:
    part = -1 if each.part is None else each.part
    return PointRow(words.shown(each.label.of(texts.lang)), words.shown(each.text.of(texts.lang)), part)


def _paper(kiosk: Kiosk, texts: Texts) -> tuple[str, bool]:
    """What to say of the slip, and whether it may be asked for."""
    screen, printer = kiosk.screen, kiosk.fixtures.health.get("receipt_printer")
    if not isinstance(screen, Guiding) or (printer is not None and not printer.usable):
        return "", False
    if screen.slip is not None:
        return texts.say("service.printing"), False
    if isinstance(screen.printed, SlipPrinted):
        return texts.say("service.printed"), False
    return texts.say("service.not_printed" if screen.printed else "service.take_paper"), True


@QmlElement
class GuideModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._title = self._lead = self._source = self._affirm = ""
        self._begins, self._can_print = True, False
        self._paper = ""
        self._link = self._link_words = ""
        self._points = Rows(PointRow, self)
        self._next = Rows(OptionRow, self)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Guide), self.texts(kiosk)
        self._overline = overline(page.head, texts)
        self._title = words.shown(page.title.of(texts.lang))
        self._lead = words.shown(page.lead.of(texts.lang))
        self._source = source(page.source, texts)
        self._begins = not page.affirm
        self._affirm = texts.say("service.begin") if self._begins else words.shown(page.affirm.of(texts.lang))
        self._paper, self._can_print = _paper(kiosk, texts)
        self._points.show([point(each, texts) for each in page.points])
        self._next.show(
            [OptionRow(each.key, each.label.of(texts.lang), each.note.of(texts.lang), False) for each in page.next]
        )
        self._link = page.link.address if page.link else ""
        self._link_words = words.shown(page.link.words.of(texts.lang)) if page.link else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._overline

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def lead(self) -> str:
        return self._lead

    @Property(str, notify=changed)
    def source(self) -> str:
        return self._source

    @Property(str, notify=changed)
    def affirm(self) -> str:
        return self._affirm

    @Property(str, notify=changed)
    def paper(self) -> str:
        """What the printer can do with this page, or did; empty where nothing can be printed."""
        return self._paper

    @Property(bool, notify=changed)
    def canPrint(self) -> bool:
        return self._can_print

    @Property(bool, notify=changed)
    def begins(self) -> bool:
        return self._begins

    @Property(QObject, constant=True)
    def points(self) -> Rows:
        return self._points

    @Property(QObject, constant=True)
    def following(self) -> Rows:
        """Pages that tell more."""
        return self._next

    @Property(str, notify=changed)
    def link(self) -> str:
        """Where a phone goes on, as a code; empty where nothing does."""
        return self._link

    @Property(str, notify=changed)
    def linkWords(self) -> str:
        return self._link_words

    @Slot(str)
    def follow(self, key: str) -> None:
        self.send(OptionPicked(key))

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def print(self) -> None:
        self.send(PaperWanted())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())
