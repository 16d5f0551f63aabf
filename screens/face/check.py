"""What to do now, the camera's picture as a mirror, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtQml import QmlElement

from kiosk.flow.events import AnotherWayChosen
from kiosk.flow.face_states import FaceChecking
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from kiosk.ports.face import FaceProgress
from screens.model import PageModel, expect
from screens.preview import CameraView

QML_IMPORT_NAME = "Kiosk.Face"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FaceCheckModel(PageModel):
    """Words, lights and progress; the picture itself is the preview's, which looks as long as it can be seen."""

    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._do = self._hint = self._at = self._icon = ""
        self._done = self._of = 0
        self._light, self._ours = QColor(), True
        self._view = CameraView(stage.frames, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, FaceChecking), self.texts(kiosk)
        progress, self._ours = screen.progress, not screen.elsewhere
        self._do, self._icon = _what(progress, texts) if self._ours else (texts.say("face.do.terminal"), "eye")
        self._hint = texts.say(f"face.hint.{progress.hint.value}") if progress.hint else ""
        self._done, self._of = progress.done, progress.of
        self._at = texts.say("face.at", done=str(progress.done), of=str(progress.of)) if progress.of else ""
        light = progress.light
        self._light = QColor(light.red, light.green, light.blue) if light else QColor()
        self.changed.emit()

    @Property(QObject, constant=True)
    def view(self) -> CameraView:
        return self._view

    @Property(bool, notify=changed)
    def ours(self) -> bool:
        """Whether it is our own camera that looks; the certified terminal shows its own picture."""
        return self._ours

    @Property(str, notify=changed)
    def instruction(self) -> str:
        return self._do

    @Property(str, notify=changed)
    def icon(self) -> str:
        return self._icon

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What is in the way; empty while the picture does."""
        return self._hint

    @Property(str, notify=changed)
    def at(self) -> str:
        """How many are done, in words."""
        return self._at

    @Property(int, notify=changed)
    def done(self) -> int:
        return self._done

    @Property(int, notify=changed)
    def count(self) -> int:
        return self._of

    @Property(QColor, notify=changed)
    def light(self) -> QColor:
        """The colour that falls on the face; invalid while there is none."""
        return self._light

    @Property(bool, notify=changed)
    def lit(self) -> bool:
        return self._light.isValid()

    @Slot()
    def another(self) -> None:
        self.send(AnotherWayChosen())


_ICONS = {
    "turn_left": "arrow-left",
    "turn_right": "arrow-right",
    "nod": "arrow-down",
    "closer": "arrow-up",
    "blink": "eye-off",
}


def _what(progress: FaceProgress, texts: Texts) -> tuple[str, str]:
    """The challenge, else to look ahead. In a mirror the person's left is at the left."""
    if progress.asked is None:
        return texts.say("face.do.ahead"), "eye"
    return texts.say(f"face.do.{progress.asked.value}"), _ICONS[progress.asked.value]
