"""Nobody is here: the card is asked for, the doors that open are shown, and what does not work now is said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow import doors
from kiosk.flow.events import Entered
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Door
from kiosk.flow.services.wording import source_of
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.health import Health
from screens import words
from screens.model import PageModel, takes_id_cards
from screens.rows import Rows
from screens.service.shown import source

QML_IMPORT_NAME = "Kiosk.Home"
QML_IMPORT_MAJOR_VERSION = 1

ICONS = {
    Door.OUTPATIENT: "receipt-text",
    Door.ADMISSION: "hospital",
    Door.SERVICES: "file-check",
    Door.RIGHTS: "user-round",
    Door.RECEIPTS: "printer",
    Door.REFUND: "undo-2",
}
_CARD_SECONDS = 12
"""How long a policy card stays, and then the picture of the card again: each is read twice in that time."""
_PRINTERS = ("receipt_printer", "page_printer")
_ANNOUNCED = (
    "id_reader",
    "receipt_printer",
    "page_printer",
)  # devices a visit can do without; without the others the kiosk is closed


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A door; `shut` is why it does not open now and where to go instead, empty where it does."""

    door: str
    picture: str
    title: str
    hint: str
    shut: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    words: str


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """One answer of the province's papers, shown to whoever passes by."""

    question: str = ""
    answer: str = ""
    source: str = ""


@QmlElement
class HomeModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._doors = Rows(DoorRow, self)
        self._notes = Rows(NoteRow, self)
        self._title = self._how = ""
        self._welcome = True
        self._cards: list[PolicyCard] = []
        self._turns = 0
        self._timer = QTimer(self, interval=_CARD_SECONDS * 1000)
        self._timer.timeout.connect(self.turn_card)

    def show(self, kiosk: Kiosk) -> None:
        texts = self.texts(kiosk)
        self._welcome = not doors.shut(kiosk, kiosk.rules.doors[0])
        how = "home.hint_or_id" if takes_id_cards(kiosk) else "home.hint"
        self._title = texts.say("home.title" if self._welcome else "home.title_choose")
        self._how = texts.say(how if self._welcome else "home.hint_choose")
        self._cards = _cards(kiosk, texts)
        if self._cards:
            self._timer.start()
        self.changed.emit()
        self._doors.show([_door(kiosk, door, texts) for door in kiosk.rules.doors])
        self._notes.show(notes(kiosk.fixtures.health, texts))

    @Property(bool, notify=changed)
    def welcome(self) -> bool:
        """Whether the card is asked for: a card alone goes through the first door, if that opens."""
        return self._welcome

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def how(self) -> str:
        """Which way the card goes in, and the ID card where there is a plate."""
        return self._how

    @Property(str, notify=changed)
    def question(self) -> str:
        """What the policy card tells of; empty while it is the picture's turn, or where there is none."""
        return self._shown().question

    @Property(str, notify=changed)
    def answer(self) -> str:
        return self._shown().answer

    @Property(str, notify=changed)
    def source(self) -> str:
        return self._shown().source

    def _shown(self) -> PolicyCard:
        if not self._cards or self._turns % 2 == 0:
            return PolicyCard()
        return self._cards[self._turns // 2 % len(self._cards)]

    @Slot()
    def turn_card(self) -> None:
        self._turns += 1
        self.changed.emit()

    @Property(QObject, constant=True)
    def doors(self) -> Rows:
        return self._doors

    @Property(QObject, constant=True)
    def notes(self) -> Rows:
        return self._notes

    @Slot(str)
    def enter(self, door: str) -> None:
        self.send(Entered(Door(door)))


def _cards(kiosk: Kiosk, texts: Texts) -> list[PolicyCard]:
    """None while anything is out of order: that is what people need to read then."""
    if notes(kiosk.fixtures.health, texts) or any(doors.shut(kiosk, door) for door in kiosk.rules.doors):
        return []
    return [
        PolicyCard(
            words.shown(each.question.of(texts.lang)),
            words.shown(each.answer.of(texts.lang)),
            source(source_of(each.source), texts),
        )
        for each in kiosk.rules.services.advice
        if each.card
    ]


def notes(health: dict[str, Health], texts: Texts) -> list[NoteRow]:
    """What is missing today and what to do instead; a device that nobody reported is not complained about."""
    down = [name for name in _ANNOUNCED if name in health and not health[name].usable]
    if set(down) >= set(_PRINTERS):
        down = [*(name for name in down if name not in _PRINTERS), "printers"]
    return [NoteRow(texts.say(f"home.note.{name}")) for name in down]


def _door(kiosk: Kiosk, door: Door, texts: Texts) -> DoorRow:
    said = f"home.door.{door.value}"
    reason = why_shut(kiosk, door, texts)
    return DoorRow(door.value, ICONS[door], texts.say(f"{said}.title"), texts.say(f"{said}.hint"), reason)


def why_shut(kiosk: Kiosk, door: Door, texts: Texts) -> str:
    """What is the matter with a door, and where to go instead; empty where it opens."""
    fault = doors.shut(kiosk, door)
    if fault is None:
        return ""
    what, instead = texts.say(f"fault.{fault}.what"), texts.say(f"home.door.{door.value}.instead")
    return texts.say("home.shut", what=what, instead=instead)
