"""What came of it: once more or another way, somebody is there, or the desk looks instead."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import AnotherWayChosen, Continued, Retried
from kiosk.flow.face_states import AMISS, FaceAgain, FaceDone, FaceElsewhere
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Face"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FaceAgainModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._what = self._remedy = self._choice = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, FaceAgain), self.texts(kiosk)
        self._choice = texts.say(_choice(screen))
        self._what, self._remedy = words.trouble(screen.fault, texts)
        self.changed.emit()

    @Property(str, notify=changed)
    def what(self) -> str:
        return self._what

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._remedy

    @Property(str, notify=changed)
    def choice(self) -> str:
        return self._choice

    @Slot()
    def again(self) -> None:
        self.send(Retried())

    @Slot()
    def another(self) -> None:
        self.send(AnotherWayChosen())


def _choice(screen: FaceAgain) -> str:
    """What the other way is, for whoever stands there."""
    if screen.agreed.vouching:
        return "face.doctor.choice"
    by_card = screen.agreed.settling and screen.fault not in AMISS
    return "face.settling.choice" if by_card else "face.consent.choice"


@QmlElement
class FaceResultModel(PageModel):
    """One page for both ends: in either the visit is kept, and the next place is named."""

    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._what = self._where = self._affirm = ""
        self._passed = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts, self._where = kiosk.screen, self.texts(kiosk), ""
        self._passed = isinstance(screen, FaceDone)
        if isinstance(screen, FaceDone):
            same = "face.done.agent" if screen.agent else "face.done.same"
            self._title = texts.say(same if screen.compared else "face.done.there")
            self._what = texts.say("face.settling.next" if screen.holder else "face.done.next")
        else:
            self._title, self._what, self._where = _elsewhere(expect(screen, FaceElsewhere), texts)
        goes_on = isinstance(screen, FaceDone) or (isinstance(screen, FaceElsewhere) and screen.goes_on)
        settling = isinstance(screen, FaceDone) and screen.holder is not None
        on = "face.settling.go_on" if settling else "face.go_on"
        self._affirm = texts.say(on if goes_on else "face.close")
        self.changed.emit()

    @Property(bool, notify=changed)
    def passed(self) -> bool:
        return self._passed

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._title

    @Property(str, notify=changed)
    def what(self) -> str:
        return self._what

    @Property(str, notify=changed)
    def where(self) -> str:
        """Who looks instead, where the line above says why; empty where that line says it."""
        return self._where

    @Property(str, notify=changed)
    def affirm(self) -> str:
        """Whether the visit goes on here."""
        return self._affirm

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())


def _elsewhere(screen: FaceElsewhere, texts: Texts) -> tuple[str, str, str]:
    """That somebody looks instead; then why, where there is a reason; then where."""
    if screen.doctor:
        title, chosen = "face.doctor.elsewhere", "face.doctor.chosen"
    elif screen.goes_on:
        title, chosen = "face.elsewhere.title_on", "face.elsewhere.chosen_on"
    else:
        title, chosen = "face.elsewhere.title", "face.elsewhere.chosen"
    if screen.fault is None:
        return texts.say(title), texts.say(chosen), ""
    return texts.say(title), texts.say(f"fault.{screen.fault.value}.what"), texts.say(chosen)
