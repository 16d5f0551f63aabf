"""Nobody is here: the card is asked for, the doors that open are shown, and what does not work now is said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Entered
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Door
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.health import Health
from screens.model import PageModel, takes_id_cards
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Home"
QML_IMPORT_MAJOR_VERSION = 1

_ICONS = {
    Door.OUTPATIENT: "receipt-text",
    Door.ADMISSION: "hospital",
    Door.SERVICES: "file-check",
    Door.RIGHTS: "user-round",
}
_ANNOUNCED = (
    "id_reader",
    "receipt_printer",
    "page_printer",
)  # devices a visit can do without; without the others the kiosk is closed


@dataclass(frozen=True, slots=True)
class DoorRow:
    door: str
    picture: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    words: str


@QmlElement
class HomeModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._doors = Rows(DoorRow, self)
        self._notes = Rows(NoteRow, self)
        self._how = ""

    def show(self, kiosk: Kiosk) -> None:
        texts = self.texts(kiosk)
        self._how = texts.say("home.hint_or_id" if takes_id_cards(kiosk) else "home.hint")
        self.changed.emit()
        self._doors.show([_door(door, texts) for door in kiosk.rules.doors])
        self._notes.show(notes(kiosk.fixtures.health, texts))

    @Property(str, notify=changed)
    def how(self) -> str:
        """Which way the card goes in, and the ID card where there is a plate."""
        return self._how

    @Property(QObject, constant=True)
    def doors(self) -> Rows:
        return self._doors

    @Property(QObject, constant=True)
    def notes(self) -> Rows:
        return self._notes

    @Slot(str)
    def enter(self, door: str) -> None:
        self.send(Entered(Door(door)))


def notes(health: dict[str, Health], texts: Texts) -> list[NoteRow]:
    """What is missing today and what to do instead; a device that nobody reported is not complained about."""
    down = [name for name in _ANNOUNCED if name in health and not health[name].usable]
    return [NoteRow(texts.say(f"home.note.{name}")) for name in down]


def _door(door: Door, texts: Texts) -> DoorRow:
    said = f"home.door.{door.value}"
    return DoorRow(door.value, _ICONS[door], texts.say(f"{said}.title"), texts.say(f"{said}.hint"))
