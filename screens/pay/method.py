"""How would you like to pay? The site's ways that work now, and the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left, MethodChosen, WindowChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.phone_events import PhoneWanted
from kiosk.flow.rules import PayMethod
from kiosk.flow.states import ChoosingMethod, Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1

_GLYPHS = {"scanned": "smartphone", "shown": "qr-code", "terminal": "id-card"}


@dataclass(frozen=True, slots=True)
class MethodRow:
    name: str
    title: str
    hint: str
    glyph: str


@QmlElement
class MethodModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._own = self._what = self._do = ""
        self._phone = False
        self._rows = Rows(MethodRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, ChoosingMethod), self.texts(kiosk)
        again = screen.again
        self._own = words.amount(screen.offer.own_part, texts)
        self._what = texts.say(f"fault.{again.value}.what") if again else ""
        self._do = texts.say("method.again") if again else ""
        self._phone = screen.phone
        self._rows.show([_row(method, texts) for method in screen.methods])
        self.changed.emit()

    @Property(str, notify=changed)
    def own(self) -> str:
        return self._own

    @Property(str, notify=changed)
    def what(self) -> str:
        """Why the last way did not do; empty when nothing went wrong."""
        return self._what

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._do

    @Property(QObject, constant=True)
    def methods(self) -> Rows:
        return self._rows

    @Property(bool, notify=changed)
    def phone(self) -> bool:
        """Whether the bill may be taken along, to be paid on the phone."""
        return self._phone

    @Slot(str)
    def choose(self, name: str) -> None:
        self.send(MethodChosen(name))

    @Slot()
    def toPhone(self) -> None:
        self.send(PhoneWanted())

    @Slot()
    def toWindow(self) -> None:
        self.send(WindowChosen())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _row(method: PayMethod, texts: Texts) -> MethodRow:
    way = method.way.value
    return MethodRow(method.name, texts.say(f"method.{way}"), texts.say(f"method.{way}_hint"), _GLYPHS[way])
