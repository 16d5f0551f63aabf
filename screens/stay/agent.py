"""Whoever settles a stay for its patient lays down an ID card of their own."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import AnotherWayChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.flow.stay_states import AgentCard
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Stay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AgentCardModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._what = self._remedy = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AgentCard), self.texts(kiosk)
        self._title = texts.say("face.agent.reading" if screen.reading else "agent.title")
        self._what = texts.say(f"fault.{screen.again.value}.what") if screen.again else ""
        self._remedy = texts.say(f"fault.{screen.again.value}.do") if screen.again else ""
        if screen.patients:
            self._what = texts.say("face.agent.patients")
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

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
