"""What lies on the desk: cards, ID cards, a telephone with codes, the printer's lid and paper, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from screens.dock.codes import PRESETS, fresh
from screens.dock.control import Answer, Control
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Dock"
QML_IMPORT_MAJOR_VERSION = 1

_LOOK_MS = 1000
_SAMPLE = "zhangsan"  # the sample person of the specifications
_DIGITS = "123456"  # of all invented people's cards
_YANK_AT = 6
"""In the middle of the person's data: the issuer's file has been read by then."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    key: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    key: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class GenerationRow:
    key: str
    name: str


GENERATIONS = (
    GenerationRow("", "本人的卡"),
    GenerationRow("gen1", "一代卡"),
    GenerationRow("gen2", "二代卡"),
    GenerationRow("gen3", "三代卡"),
)
_NAMES = {row.key: row.name for row in GENERATIONS}


@QmlElement
class Desk(QObject):
    """Shows the simulator's state and passes on what hands do; decides nothing."""

    changed = Signal()
    papersChanged = Signal()
    wordsChanged = Signal()
    chosenChanged = Signal()

    def __init__(self, control: Control, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._state: Answer = {}
        self._words = ""
        self._keys: list[str] = []
        self._person, self._generation = "", ""
        self._papers: Sequence[Any] = ()
        self._taken = 0
        self._at = 0
        self._people = Rows(PersonRow, self)
        self._codes = Rows(CodeRow, self)
        self._codes.show([CodeRow(preset.key, preset.name, preset.hint) for preset in PRESETS])
        self._generations = Rows(GenerationRow, self)
        self._generations.show(GENERATIONS)
        control.connectedChanged.connect(self._meet)
        control.happened.connect(self._hear)
        self._looking = QTimer(self, interval=_LOOK_MS)  # not everything that happens to paper is told
        self._looking.timeout.connect(self._look)
        self._looking.start()

    # --- what the simulator says -------------------------------------------------------------------------------------
    @Slot()
    def _meet(self) -> None:
        self._state = {}
        self.changed.emit()
        self._control.ask("subscribe", self._complain)
        self._control.ask("people", self._take_people)
        self._control.ask("printed", self._take_papers)
        self._look()

    @Slot(dict)
    def _hear(self, message: dict[str, Any]) -> None:
        if message["event"] == "printed":
            self._control.ask("printed", self._take_papers)
        self._look()

    @Slot()
    def _look(self) -> None:
        self._control.ask("state", self._take_state)

    def _take_state(self, answer: Answer) -> None:
        if answer["ok"] and answer != self._state:
            self._state = answer
            self.changed.emit()

    def _take_people(self, answer: Answer) -> None:
        people = answer.get("people", ())
        self._people.show([_person(each) for each in people])
        self._keys = [str(each["key"]) for each in people]
        if self._person not in self._keys:
            self._person = _SAMPLE if _SAMPLE in self._keys else next(iter(self._keys), "")
        self.chosenChanged.emit()

    def _take_papers(self, answer: Answer) -> None:
        self._papers = answer.get("papers", ())
        self._taken = min(self._taken, len(self._papers))
        self._at = max(0, len(self._papers) - 1)
        self.papersChanged.emit()

    def _complain(self, answer: Answer) -> None:
        """Also called for success, which has nothing to say but shows in the state."""
        self._say("" if answer["ok"] else f"模拟设备没有照做：{answer['error']}")
        self._look()

    def _say(self, words: str) -> None:
        self._words = words
        self.wordsChanged.emit()

    def do(self, what: str, **fields: object) -> None:
        """Have the simulator do it; why it would not is shown in `words`."""
        self._control.ask(what, self._complain, **fields)

    def said(self, part: str, name: str) -> Any:
        """What the simulator says of a device, as it was last asked; None before that."""
        return self._state.get(part, {}).get(name)

    # --- card --------------------------------------------------------------------------------------------------------
    @Slot(str)
    def choosePerson(self, key: str) -> None:
        self._person = key
        self.chosenChanged.emit()

    @Slot(str)
    def chooseGeneration(self, key: str) -> None:
        self._generation = key
        self.chosenChanged.emit()

    @Slot()
    def insert(self) -> None:
        self.do("insert", person=self._person, generation=self._generation or None)

    @Slot()
    def insertAndYank(self) -> None:
        """A hand that is too quick: the card leaves while it is being read."""
        self.do("insert", person=self._person, generation=self._generation or None, yank_at=_YANK_AT)

    @Slot()
    def remove(self) -> None:
        self.do("remove")

    @Slot()
    def enterPassword(self) -> None:
        """On the reader's own keys, while it asks for it."""
        self.do("reader_keys", keys=_DIGITS)

    # --- ID card -----------------------------------------------------------------------------------------------------
    @Slot()
    def layIdCard(self) -> None:
        self.do("lay", person=self._person)

    @Slot()
    def layAndLift(self) -> None:
        """A hand that is too quick here too."""
        self.do("lay", person=self._person, lift_at="read")

    @Slot()
    def layUnknown(self) -> None:
        """A certificate whose layout the kiosk does not know, and says so."""
        self.do("lay", person=self._person, layout="foreigner_2023")

    @Slot()
    def liftIdCards(self) -> None:
        self.do("lift")

    # --- telephone ---------------------------------------------------------------------------------------------------
    @Slot(str)
    def showCode(self, key: str) -> None:
        """One telephone, one code: what was held before the window goes away first."""
        preset = next(preset for preset in PRESETS if preset.key == key)
        self.do("take_code")
        self.do("scan", code=fresh(preset))

    @Slot()
    def putAway(self) -> None:
        self.do("take_code")

    # --- printer -----------------------------------------------------------------------------------------------------
    @Slot(str)
    def loadPaper(self, state: str) -> None:
        self.do("paper", state=state)

    @Slot(bool)
    def openCover(self, opened: bool) -> None:
        self.do("cover", open=opened)

    @Slot()
    def takePaper(self) -> None:
        self.do("take_paper")
        self._taken = len(self._papers)
        self.papersChanged.emit()

    @Slot(int)
    def turn(self, by: int) -> None:
        """Look at an older or newer paper."""
        self._at = max(0, min(len(self._papers) - 1, self._at + by))
        self.papersChanged.emit()

    # --- for the window ----------------------------------------------------------------------------------------------
    @Property(bool, notify=changed)
    def connected(self) -> bool:
        return self._control.connected

    @Property(bool, notify=changed)
    def cardIn(self) -> bool:
        return bool(self.said("card", "socket"))

    @Property(bool, notify=changed)
    def passwordWanted(self) -> bool:
        return bool(self.said("reader_keys", "taking"))

    @Property(int, notify=changed)
    def idCards(self) -> int:
        """How many certificates lie on the plate; the reader finds none of two."""
        return int(self.said("id_reader", "cards") or 0)

    @Property(bool, notify=changed)
    def light(self) -> bool:
        return bool(self.said("scanner", "light"))

    @Property(bool, notify=changed)
    def codeHeld(self) -> bool:
        return bool(self.said("scanner", "waiting"))

    @Property(str, notify=changed)
    def paper(self) -> str:
        return str(self.said("printer", "paper") or "")

    @Property(bool, notify=changed)
    def coverOpen(self) -> bool:
        return bool(self.said("printer", "cover_open"))

    @Property(bool, notify=changed)
    def hanging(self) -> bool:
        """A slip hangs out uncut."""
        return bool(self.said("printer", "hanging_mm"))

    @Property(QObject, constant=True)
    def people(self) -> Rows:
        return self._people

    @Property(QObject, constant=True)
    def codes(self) -> Rows:
        return self._codes

    @Property(QObject, constant=True)
    def generations(self) -> Rows:
        return self._generations

    @Property(str, notify=chosenChanged)
    def person(self) -> str:
        return self._person

    @Property(int, notify=chosenChanged)
    def personAt(self) -> int:
        """The chosen person's place in the list, which the list keeps in sight."""
        return self._keys.index(self._person) if self._person in self._keys else -1

    @Property(str, notify=chosenChanged)
    def generation(self) -> str:
        return self._generation

    @Property(str, notify=wordsChanged)
    def words(self) -> str:
        """Why the last thing did not work."""
        return self._words

    @Property(QUrl, notify=papersChanged)
    def picture(self) -> QUrl:
        return QUrl.fromLocalFile(self._papers[self._at]["png"]) if self._papers else QUrl()

    @Property(str, notify=papersChanged)
    def caption(self) -> str:
        if not self._papers:
            return "还没有凭条"
        taken = "已取走" if self._at < self._taken else "在出纸口"
        torn = "" if self._papers[self._at]["complete"] else "，没有打完"
        return f"第 {self._at + 1} 张，共 {len(self._papers)} 张　{taken}{torn}"

    @Property(bool, notify=papersChanged)
    def older(self) -> bool:
        return self._at > 0

    @Property(bool, notify=papersChanged)
    def newer(self) -> bool:
        return self._at + 1 < len(self._papers)

    @Property(bool, notify=papersChanged)
    def untaken(self) -> bool:
        return self._taken < len(self._papers)


def _person(said: Answer) -> PersonRow:
    return PersonRow(said["key"], said["name"], f"{_NAMES.get(said['generation'], '')}　{said['note']}")
