"""What stands before the camera, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from screens.dock.desk import Desk
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Dock"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SceneRow:
    """A scene of the simulated camera; `well` is one in which something can be seen."""

    key: str
    name: str
    hint: str
    told: str
    well: bool = False


SCENES = (
    SceneRow("empty", "没有人", "空的大厅", "前面没有人", well=True),
    SceneRow("paper", "放材料", "桌上一张纸", "看着一张材料", well=True),
    SceneRow("covered", "挡住", "手指按着镜头", "镜头被挡住"),
    SceneRow("black", "全黑", "没有一点光", "画面全黑"),
    SceneRow("blurred", "失焦", "什么也不清楚", "画面不清楚"),
    SceneRow("frozen", "画面不动", "总是同一张", "画面停住不动"),
)
_PERSON = SceneRow("person", "", "", "面前有人", well=True)
_TOLD = {row.key: row for row in (*SCENES, _PERSON)}


@dataclass(frozen=True, slots=True)
class MoveRow:
    key: str
    name: str


MOVES = (
    MoveRow("turn_left", "向左转"),
    MoveRow("turn_right", "向右转"),
    MoveRow("nod", "点头"),
    MoveRow("closer", "靠近"),
    MoveRow("blink", "眨眼"),
)
"""What the page may ask of whoever stands there; the hand at the dock reads it and presses the same."""


@QmlElement
class Lens(QObject):
    """The camera's part of the desk; the person chosen there is the one who comes."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scenes, self._moves = Rows(SceneRow, self), Rows(MoveRow, self)
        self._scenes.show(SCENES)
        self._moves.show(MOVES)
        desk.changed.connect(self.changed)

    @Slot()
    def stand(self) -> None:
        """The chosen person comes, drawn while they are looked at."""
        self._desk.do("person", person=self._desk.person)

    @Slot()
    def holdPicture(self) -> None:
        """Somebody holds that person's photograph up instead of a face."""
        self._desk.do("person", person=self._desk.person, presented="print")

    @Slot(str)
    def move(self, key: str) -> None:
        """Done once; the next press of the same key is another movement."""
        self._desk.do("shown", asked=None)
        self._desk.do("shown", asked=key)

    @Slot(str)
    def see(self, scene: str) -> None:
        """Whoever stood there leaves first: a covered lens with somebody behind it is a covered lens."""
        self._desk.do("person", person=None)
        self._desk.do("camera", scene=scene)

    @Slot(bool)
    def plug(self, plugged: bool) -> None:
        self._desk.do("camera", plugged=plugged)

    def _scene(self) -> str:
        return str(self._desk.said("camera", "scene") or "")

    def _plugged(self) -> bool:
        return bool(self._desk.said("camera", "plugged"))

    scene = Property(str, _scene, notify=changed)
    plugged = Property(bool, _plugged, notify=changed)

    @Property(bool, notify=changed)
    def somebody(self) -> bool:
        return self._scene() == _PERSON.key

    @Property(bool, notify=changed)
    def seesWell(self) -> bool:
        told = _TOLD.get(self._scene())
        return self._plugged() and told is not None and told.well

    @Property(str, notify=changed)
    def condition(self) -> str:
        told = _TOLD.get(self._scene())
        if told is None:
            return ""
        return told.told if self._plugged() else "线拔掉了"

    @Property(QObject, constant=True)
    def scenes(self) -> Rows:
        return self._scenes

    @Property(QObject, constant=True)
    def moves(self) -> Rows:
        return self._moves
