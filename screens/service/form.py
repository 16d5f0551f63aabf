"""One field of a form, filled with a pad of keys: no keyboard, and nothing to learn."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import SILENT, Entry, Field, Form
from kiosk.domain.personal import Typed
from kiosk.flow.events import FieldFilled, Left, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel
from screens.service.entering import Entering
from screens.service.shown import expect_page, overline

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1

_NOTHING = Field("", SILENT, Entry.DIGITS)


@QmlElement
class FormModel(PageModel):
    """Keeps what is being typed until it is handed to the flow, and no longer than its page."""

    changed = Signal()
    typed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._label = self._hint = self._error = ""
        self._entering = Entering(_NOTHING)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Form), self.texts(kiosk)
        field = page.field
        self._overline = overline(page.head, texts)
        self._label = words.shown(field.label.of(texts.lang))
        self._hint = words.shown(field.hint.of(texts.lang))
        self._error = words.shown(page.error.of(texts.lang))
        if field != self._entering.field:
            self._entering = Entering.begun(field)
        self.changed.emit()
        self.typed.emit()

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._overline

    @Property(str, notify=changed)
    def label(self) -> str:
        return self._label

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def error(self) -> str:
        """Why the last answer did not do; empty on the first try and once something else is typed."""
        return self._error

    @Property(str, notify=changed)
    def extra(self) -> str:
        return self._entering.extra

    @Property(bool, notify=changed)
    def secret(self) -> bool:
        return self._entering.field.private

    @Property(str, notify=typed)
    def text(self) -> str:
        return self._entering.grouped()

    @Property(bool, notify=typed)
    def complete(self) -> bool:
        return self._entering.complete

    @Slot(str)
    def press(self, key: str) -> None:
        self._enter(self._entering.press(key))

    @Slot()
    def erase(self) -> None:
        self._enter(self._entering.erase())

    def _enter(self, entering: Entering) -> None:
        self._entering, self._error = entering, ""
        self.changed.emit()
        self.typed.emit()

    @Slot()
    def proceed(self) -> None:
        if self._entering.complete:
            self.send(FieldFilled(self._entering.field.key, Typed(self._entering.text)))

    @Slot()
    def back(self) -> None:
        self.send(WentBack())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
