"""A promise, signed on the glass or confirmed by a key: both are worth the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Commitment
from kiosk.domain.personal import Signature
from kiosk.flow.events import Left, Signed, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service import signature as _signature  # noqa: F401 - QML finds the pad once its module is read
from screens.service.shown import expect_page, overline, source

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SentenceRow:
    said: str


@QmlElement
class CommitmentModel(PageModel):
    """Keeps the strokes that were drawn until they are handed to the flow, and no longer than its page."""

    changed = Signal()
    drawn = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._title = self._source = ""
        self._by_hand = False
        self._sentences = Rows(SentenceRow, self)
        self._strokes: list[list[tuple[int, int]]] = []

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Commitment), self.texts(kiosk)
        self._overline = overline(page.head, texts)
        self._title = words.shown(page.title.of(texts.lang))
        self._source = source(page.source, texts)
        self._by_hand = page.by_hand
        self._sentences.show([SentenceRow(words.shown(each.of(texts.lang))) for each in page.sentences])
        self.changed.emit()

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._overline

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def source(self) -> str:
        return self._source

    @Property(bool, notify=changed)
    def byHand(self) -> bool:
        return self._by_hand

    @Property(bool, notify=drawn)
    def signed(self) -> bool:
        return bool(self._strokes)

    @Property(QObject, constant=True)
    def sentences(self) -> Rows:
        return self._sentences

    @Slot(int, int, bool)
    def draw(self, x: int, y: int, begins: bool) -> None:
        """A point of the pen in thousandths of the pad; `begins` a stroke, or goes on with the last one."""
        if begins or not self._strokes:
            self._strokes.append([])
        self._strokes[-1].append((x, y))
        self.drawn.emit()

    @Slot()
    def wipe(self) -> None:
        self._strokes.clear()
        self.drawn.emit()

    @Slot()
    def sign(self) -> None:
        self.send(Signed(Signature(self._strokes)))

    @Slot()
    def confirm(self) -> None:
        """Without drawing: by the keypad, or because a hand cannot."""
        self.send(Signed())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
