"""May the camera look at you? What it is for, where the picture goes, and that there is another way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.consent import fingerprint
from kiosk.flow.events import AnotherWayChosen, FaceAgreed
from kiosk.flow.face_states import FaceConsent
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
        self._agreed, self._words = False, ""
        self._titles: dict[Need, str] = {}

    def show(self, kiosk: Kiosk) -> None:
        expect(kiosk.screen, FaceConsent)
        texts = self.texts(kiosk)
        self._words = fingerprint(kiosk.lang, texts.say)
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
            self.send(FaceAgreed(self._words, frozenset(self._needs)))

    @Slot()
    def another(self) -> None:
        self.send(AnotherWayChosen())
