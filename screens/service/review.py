"""Everything once more before it is sent, each line with its own way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Entered, Review
from kiosk.flow.events import Continued, Left, LineReopened, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service.shown import expect_page, overline

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class EnteredRow:
    key: str
    label: str
    value: str
    secret: bool
    change: bool


@QmlElement
class ReviewModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._title = self._warning = self._affirm = ""
        self._rows = Rows(EnteredRow, self)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Review), self.texts(kiosk)
        self._overline = overline(page.head, texts)
        self._title = words.shown(page.title.of(texts.lang))
        self._warning = words.shown(page.warning.of(texts.lang))
        self._affirm = words.shown(page.affirm.of(texts.lang)) or texts.say("service.send")
        self._rows.show([_row(line, texts) for line in page.lines])
        self.changed.emit()

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._overline

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def warning(self) -> str:
        return self._warning

    @Property(str, notify=changed)
    def affirm(self) -> str:
        return self._affirm

    @Property(QObject, constant=True)
    def lines(self) -> Rows:
        return self._rows

    @Slot(str)
    def reopen(self, key: str) -> None:
        self.send(LineReopened(key))

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _row(line: Entered, texts: Texts) -> EnteredRow:
    label, value = words.shown(line.label.of(texts.lang)), words.shown(line.value.reveal())
    return EnteredRow(line.key, label, value, line.private, line.change)
