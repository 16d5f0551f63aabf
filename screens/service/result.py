"""How a service ended: done, accepted, not accepted, not known; the number, and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Ending, Result
from kiosk.flow.events import Continued, OptionPicked
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service.choice import OptionRow
from screens.service.guide import PointRow, point
from screens.service.shown import expect_page, overline, source

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1

_SIGNS = {
    Ending.DONE: ("good", "check"),
    Ending.ACCEPTED: ("good", "file-check"),
    Ending.REFUSED: ("warn", "info"),
    Ending.UNKNOWN: ("warn", "hourglass"),
}


@dataclass(frozen=True, slots=True)
class Words:
    overline: str = ""
    tone: str = "good"
    picture: str = "check"
    title: str = ""
    text: str = ""
    number: str = ""
    code: str = ""
    source: str = ""
    affirm: str = ""
    link: str = ""
    link_words: str = ""


@QmlElement
class ResultModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._points = Rows(PointRow, self)
        self._next = Rows(OptionRow, self)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Result), self.texts(kiosk)
        tone, picture = _SIGNS[page.ending]
        self._words = Words(
            overline(page.head, texts),
            tone,
            picture,
            words.shown(page.title.of(texts.lang)),
            words.shown(page.text.of(texts.lang)),
            page.number,
            texts.say("failed.code", code=page.code) if page.code else "",
            source(page.source, texts),
            words.shown(page.affirm.of(texts.lang)) or texts.say("service.done"),
            page.link.address if page.link else "",
            words.shown(page.link.words.of(texts.lang)) if page.link else "",
        )
        self._points.show([point(each, texts) for each in page.points])
        self._next.show(
            [OptionRow(each.key, each.label.of(texts.lang), each.note.of(texts.lang), False) for each in page.next]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._words.overline

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Colour of the sign: good or warn; the sign and the words say the same."""
        return self._words.tone

    @Property(str, notify=changed)
    def picture(self) -> str:
        return self._words.picture

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._words.text

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._words.number

    @Property(str, notify=changed)
    def code(self) -> str:
        """The fault's code as in the log; empty where nothing went wrong."""
        return self._words.code

    @Property(str, notify=changed)
    def source(self) -> str:
        return self._words.source

    @Property(str, notify=changed)
    def affirm(self) -> str:
        return self._words.affirm

    @Property(str, notify=changed)
    def link(self) -> str:
        """Where a phone goes on, as a code; empty where nothing does."""
        return self._words.link

    @Property(str, notify=changed)
    def linkWords(self) -> str:
        return self._words.link_words

    @Property(QObject, constant=True)
    def points(self) -> Rows:
        return self._points

    @Property(QObject, constant=True)
    def following(self) -> Rows:
        """Services that follow from this one."""
        return self._next

    @Slot(str)
    def follow(self, key: str) -> None:
        self.send(OptionPicked(key))

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())
