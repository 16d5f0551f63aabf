"""One of a few, or one of many found by the initials of its pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import SILENT, Choice, Form, Option, Words
from kiosk.domain.personal import Typed
from kiosk.flow.events import FieldFilled, Left, OptionPicked, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel
from screens.rows import Rows
from screens.service.finding import FEW, LEAFED, following, matching
from screens.service.shown import carried, overline

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OptionRow:
    key: str
    label: str
    note: str
    chosen: bool


@QmlElement
class ChoiceModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._overline = self._title = self._hint = self._error = self._letters = ""
        self._page: Choice | None = None
        self._field = ""
        self._texts: Texts | None = None
        self._rows = Rows(OptionRow, self)

    def show(self, kiosk: Kiosk) -> None:
        shown, texts = carried(kiosk.screen), self.texts(kiosk)
        page, self._field, error = _as_choice(shown)
        if self._page is None or self._page.options != page.options:
            self._letters = ""
        self._page, self._texts = page, texts
        self._overline = overline(page.head, texts)
        self._title = words.shown(page.title.of(texts.lang))
        self._hint = words.shown(page.hint.of(texts.lang))
        self._error = words.shown(error.of(texts.lang))
        self._list()

    def _list(self) -> None:
        if self._page is not None and self._texts is not None:
            found = matching(self._page.options, self._letters)
            self._rows.show(
                [_row(each, self._page.chosen, self._texts) for each in (found[:FEW] if self._has_pad() else found)]
            )
        self.changed.emit()

    def _has_pad(self) -> bool:
        if self._page is None:
            return False
        return len(self._page.options) > (FEW if self._field or self._page.searched else LEAFED)

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._overline

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(str, notify=changed)
    def error(self) -> str:
        return self._error

    @Property(bool, notify=changed)
    def many(self) -> bool:
        """Whether there is a pad of letters."""
        return self._has_pad()

    @Property(str, notify=changed)
    def letters(self) -> str:
        return self._letters

    @Property(str, notify=changed)
    def following(self) -> str:
        """The letters that lead somewhere now."""
        return following(self._page.options, self._letters) if self._page is not None else ""

    @Property(str, notify=changed)
    def hidden(self) -> str:
        """How many more there are than the page shows; empty when it shows all."""
        if self._page is None or self._texts is None or not self._has_pad():
            return ""
        more = len(matching(self._page.options, self._letters)) - FEW
        return self._texts.say("service.more", count=str(more)) if more > 0 else ""

    @Property(QObject, constant=True)
    def options(self) -> Rows:
        return self._rows

    @Slot(str)
    def press(self, letter: str) -> None:
        self._letters += letter
        self._list()

    @Slot()
    def erase(self) -> None:
        self._letters = self._letters[:-1]
        self._list()

    @Slot(str)
    def choose(self, key: str) -> None:
        self.send(FieldFilled(self._field, Typed(key)) if self._field else OptionPicked(key))

    @Slot()
    def back(self) -> None:
        self.send(WentBack())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _as_choice(shown: object) -> tuple[Choice, str, Words]:
    """The page, the field it fills if it is one of a form, and why the last answer did not do."""
    match shown:
        case Choice():
            return shown, "", SILENT
        case Form(head, field, error):
            chosen = field.value.reveal() if field.value else ""
            return Choice(head, field.label, field.options, field.hint, chosen), field.key, error
        case _:
            raise TypeError(f"{type(shown).__name__} is nothing to choose from")


def _row(option: Option, chosen: str, texts: Texts) -> OptionRow:
    label, note = (words.shown(each.of(texts.lang)) for each in (option.label, option.note))
    return OptionRow(option.key, label, note, option.key == chosen)
