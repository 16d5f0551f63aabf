"""May the camera look at you? What it is for, where the picture goes, and that there is another way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.consent import FACE, WORDS, fingerprint
from kiosk.flow.events import AnotherWayChosen, FaceAgreed
from kiosk.flow.face_states import Asks, FaceConsent
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.ports.face import Need
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Face"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class NeedRow:
    need: str
    title: str
    chosen: bool


@QmlElement
class FaceConsentModel(PageModel):
    """Nothing is ticked when the page comes; what is ticked is the page's own until the person says yes."""

    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._rows = Rows(NeedRow, self)
        self._needs: set[Need] = set()
        self._agreed = self._seconded = False
        self._asks = Asks.OURS
        self._words: tuple[str, str] = ("", "")
        self._purpose = self._stays = self._choice = ""
        self._titles: dict[Need, str] = {}

    def show(self, kiosk: Kiosk) -> None:
        self._asks, texts = expect(kiosk.screen, FaceConsent).asks, self.texts(kiosk)
        once, twice = (fingerprint(kiosk.lang, texts.say, self._asks, seconded=yes) for yes in (False, True))
        self._words = (once, twice)
        _, purpose, _, stays, choice, _ = WORDS[self._asks][: len(FACE)]
        self._purpose, self._stays, self._choice = texts.say(purpose), texts.say(stays), texts.say(choice)
        self._titles = {need: texts.say(f"face.need.{need.value}") for need in Need}
        self._fill()

    def _fill(self) -> None:
        self._rows.show([NeedRow(need.value, title, need in self._needs) for need, title in self._titles.items()])
        self.changed.emit()

    @Property(QObject, constant=True)
    def needs(self) -> Rows:
        return self._rows

    @Property(bool, notify=changed)
    def agreed(self) -> bool:
        return self._agreed

    @Property(bool, notify=changed)
    def moves(self) -> bool:
        """Whether our own camera looks, and asks for movements that not everybody can make."""
        return self._asks not in {Asks.CERTIFIED, Asks.SETTLING}

    @Property(bool, notify=changed)
    def second(self) -> bool:
        """Whether there is a second question."""
        return self._asks is Asks.SECOND

    @Property(bool, notify=changed)
    def seconded(self) -> bool:
        return self._seconded

    @Property(str, notify=changed)
    def purpose(self) -> str:
        """What the picture is for, and how it is done."""
        return self._purpose

    @Property(str, notify=changed)
    def stays(self) -> str:
        """Where the picture is judged, and what becomes of it."""
        return self._stays

    @Property(str, notify=changed)
    def choice(self) -> str:
        """That nobody loses by saying no."""
        return self._choice

    @Slot()
    def tickSecond(self) -> None:
        self._seconded = not self._seconded
        self.changed.emit()

    @Slot()
    def tick(self) -> None:
        self._agreed = not self._agreed
        self.changed.emit()

    @Slot(str)
    def choose(self, need: str) -> None:
        self._needs ^= {Need(need)}
        self._fill()

    @Slot()
    def begin(self) -> None:
        if self._agreed:
            self.send(FaceAgreed(self._words[self._seconded], frozenset(self._needs), self._seconded))

    @Slot()
    def another(self) -> None:
        self.send(AnotherWayChosen())
