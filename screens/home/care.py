"""The home page of 关怀: the card is asked for, and there are four things to press, as large as the glass allows.

Three where the machine has no voice: what does nothing is not offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow import doors
from kiosk.flow.events import Entered, HelpCalled, Intent, LookChosen, SpeechChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.flow.states import Kiosk
from screens.frame import speaks
from screens.home.page import ICONS, why_shut
from screens.model import PageModel, takes_id_cards
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Home"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TileRow:
    use: str
    picture: str
    title: str


@QmlElement
class CareModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._how = ""
        self._tiles = Rows(TileRow, self)
        self._uses: dict[str, Intent] = {}

    def show(self, kiosk: Kiosk) -> None:
        texts, speaking = self.texts(kiosk), kiosk.access.speaking
        first = kiosk.rules.doors[0]
        why = why_shut(kiosk, first, texts)
        how = "home.hint_or_id" if takes_id_cards(kiosk) else "home.hint"
        self._title = texts.say("home.title_choose" if why else "home.title")
        named = texts.say("home.shut_named", door=texts.say(f"home.door.{first.value}.title"), why=why)
        self._how = named if why else texts.say(how)
        door = next((each for each in kiosk.rules.doors if not doors.shut(kiosk, each)), kiosk.rules.doors[0])
        self._uses = {
            "door": Entered(door),
            "speak": SpeechChosen(not speaking),
            "help": HelpCalled(),
            "standard": LookChosen(Look.STANDARD),
        }
        voice = TileRow("speak", "volume-x" if speaking else "volume-2", texts.say(_voice(speaking=speaking)))
        self._tiles.show(
            [
                TileRow("door", ICONS[door], texts.say(f"home.door.{door.value}.title")),
                *([voice] if speaks(kiosk) else []),
                TileRow("help", "headset", texts.say("access.help")),
                TileRow("standard", "undo-2", texts.say("access.standard")),
            ]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def how(self) -> str:
        """How the card goes in; where the first door is shut, why, and where to go."""
        return self._how

    @Property(QObject, constant=True)
    def tiles(self) -> Rows:
        return self._tiles

    @Slot(str)
    def use(self, tile: str) -> None:
        self.send(self._uses[tile])


def _voice(*, speaking: bool) -> str:
    return "access.hush" if speaking else "access.speak"
