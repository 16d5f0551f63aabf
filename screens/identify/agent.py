"""Whoever came for the patient lays down an ID card of their own: for a face beside it, or for the record of a stay."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import AnotherWayChosen
from kiosk.flow.face_states import FaceAgent
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.flow.stay_states import AgentCard, agents_remedy
from screens import words
from screens.model import PageModel

QML_IMPORT_NAME = "Kiosk.Identify"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Errand:
    """What the card is wanted for, by message ids and icons, and the other way to have it done."""

    title: str
    hint: str
    assured: str
    assurance: str
    other_way: str
    leads: str


_FACE = _Errand("face.agent.title", "face.agent.hint", "hand", "face.consent.choice", "face.another", "headset")
_RECORD = _Errand("agent.title", "agent.hint", "shield-check", "agent.kept", "agent.leave", "map-pin")


@QmlElement
class AgentModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._errand = _FACE
        self._title = self._hint = self._assurance = self._way = self._what = self._remedy = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = kiosk.screen, self.texts(kiosk)
        if not isinstance(screen, FaceAgent | AgentCard):
            raise TypeError(type(screen))
        self._errand = _FACE if isinstance(screen, FaceAgent) else _RECORD
        self._title = texts.say("face.agent.reading" if screen.reading else self._errand.title)
        self._hint = texts.say(self._errand.hint)
        self._assurance = texts.say(self._errand.assurance)
        self._way = texts.say(self._errand.other_way)
        self._what, self._remedy = words.trouble(screen.again, texts)
        if screen.again:
            self._remedy = texts.say(agents_remedy(screen.again))
        if screen.patients:
            self._what = texts.say("face.agent.patients")
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def hint(self) -> str:
        """Why a card is asked for."""
        return self._hint

    @Property(str, notify=changed)
    def assurance(self) -> str:
        """What becomes of what is read, or that nobody has to."""
        return self._assurance

    @Property(str, notify=changed)
    def assured(self) -> str:
        return self._errand.assured

    @Property(str, notify=changed)
    def way(self) -> str:
        return self._way

    @Property(str, notify=changed)
    def leads(self) -> str:
        return self._errand.leads

    @Property(str, notify=changed)
    def what(self) -> str:
        """Why the last card did not do; empty on the first try."""
        return self._what

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._remedy

    @Slot()
    def another(self) -> None:
        self.send(AnotherWayChosen())
