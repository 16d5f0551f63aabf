"""What a service does, what it wants and how long it takes, before anybody is asked anything."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Guide, Point
from kiosk.flow.events import Continued, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service.shown import expect_page, overline, source

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PointRow:
    label: str
    said: str


def point(each: Point, texts: Texts) -> PointRow:
    return PointRow(words.shown(each.label.of(texts.lang)), words.shown(each.text.of(texts.lang)))


@QmlElement
class GuideModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._title = self._lead = self._source = self._affirm = ""
        self._begins = True
        self._points = Rows(PointRow, self)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Guide), self.texts(kiosk)
        self._overline = overline(page.head, texts)
        self._title = words.shown(page.title.of(texts.lang))
        self._lead = words.shown(page.lead.of(texts.lang))
        self._source = source(page.source, texts)
        self._begins = not page.affirm
        self._affirm = texts.say("service.begin") if self._begins else words.shown(page.affirm.of(texts.lang))
        self._points.show([point(each, texts) for each in page.points])
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

    @Property(bool, notify=changed)
    def begins(self) -> bool:
        return self._begins

    @Property(QObject, constant=True)
    def points(self) -> Rows:
        return self._points

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())
