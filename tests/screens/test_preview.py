"""The camera's picture on a page: live, mirrored as asked, gone with the page, and never looked at by nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from kiosk.engine.clock import SystemClock
from kiosk.ports.camera import Frame, FrameSlot
from screens.pictures import IconProvider
from screens.preview import CameraView, middle
from tests.screens.glass import attached, walk

SCREENS = Path(__file__).resolve().parents[2] / "screens"
RED, GREEN = "#ff0000", "#00ff00"
# The preview lies 40 from the window's left and 20 from its top.
PAGE = """
import QtQuick
import "file://{screens}/controls"
import "file://{screens}/theme"

Window {{
    id: root

    property QtObject view
    property alias there: loader.active
    property alias covered: theme.value

    width: 400
    height: 260
    visible: true

    Binding {{ id: theme; target: Theme; property: "covered"; value: false }}
    Binding {{ target: Theme; property: "pxPerMm"; value: 3 }}

    Loader {{
        id: loader

        x: 40
        y: 20
        sourceComponent: KPreview {{
            objectName: "preview"
            width: 320
            height: 180
            view: root.view
            guide: "{guide}"
            words: "摄像头画面"
        }}
    }}
}}
"""


@dataclass
class Shown:
    window: QQuickWindow
    slot: FrameSlot
    serial: int = 0

    @property
    def preview(self) -> QQuickItem:
        return next(item for item in walk(self.window.contentItem(), hidden=True) if item.objectName() == "preview")

    def put(self, width: int = 64, height: int = 36) -> None:
        """Left half red, right half green."""
        row = bytes((0, 0, 255)) * (width // 2) + bytes((0, 255, 0)) * (width - width // 2)
        self.slot.put(Frame(row * height, width, height, self.serial, SystemClock().monotonic()))
        self.serial += 1

    def colours(self) -> tuple[str, str]:
        """Of the preview's left and right half, above what may be drawn over its middle."""
        picture = self.window.grabWindow()
        return picture.pixelColor(40 + 60, 20 + 90).name(), picture.pixelColor(40 + 260, 20 + 90).name()

    def seeing(self) -> bool:
        return bool(self.preview.property("seeing"))


@pytest.fixture
def guide(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", ""))


@pytest.fixture
def shown(typeface: QGuiApplication, guide: str) -> Iterator[Shown]:
    slot = FrameSlot(SystemClock())
    view, icons = CameraView(slot), IconProvider()
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(SCREENS.parent))
    engine.addImageProvider("icon", icons)
    engine.setInitialProperties({"view": view})
    engine.loadData(PAGE.format(screens=SCREENS, guide=guide).encode())
    window = cast(QQuickWindow, engine.rootObjects()[0])
    yield Shown(window, slot)
    window.setProperty("covered", False)
    window.close()
    shiboken6.delete(engine)
    assert not slot.wanted, "a window that is gone looks no longer"


def test_a_frame_is_shown_as_it_comes(shown: Shown, qtbot: QtBot) -> None:
    assert not shown.seeing()
    shown.put()
    qtbot.waitUntil(lambda: shown.seeing() and shown.colours() == (RED, GREEN))


@pytest.mark.parametrize("guide", ["face"], indirect=True)
def test_a_face_is_shown_as_in_a_mirror(shown: Shown, qtbot: QtBot) -> None:
    shown.put()
    qtbot.waitUntil(lambda: shown.colours() == (GREEN, RED))


@pytest.mark.parametrize("guide", ["paper"], indirect=True)
def test_a_paper_is_shown_as_it_lies(shown: Shown, qtbot: QtBot) -> None:
    shown.put()
    qtbot.waitUntil(lambda: shown.colours() == (RED, GREEN))


def test_frames_of_the_cameras_thread_are_shown(shown: Shown, qtbot: QtBot) -> None:
    def run() -> None:
        for _ in range(50):
            shown.put()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: shown.colours() == (RED, GREEN))


def test_what_is_forgotten_is_shown_no_longer(shown: Shown, qtbot: QtBot) -> None:
    shown.put()
    qtbot.waitUntil(shown.seeing)
    shown.slot.clear()
    qtbot.waitUntil(lambda: not shown.seeing() and not set(shown.colours()) & {RED, GREEN})


def test_a_page_that_goes_looks_no_longer(shown: Shown, qtbot: QtBot) -> None:
    assert shown.slot.wanted
    shown.window.setProperty("there", False)
    qtbot.waitUntil(lambda: not shown.slot.wanted)
    shown.window.setProperty("there", True)
    assert shown.slot.wanted
    assert not shown.seeing()


def test_a_covered_page_looks_no_longer(shown: Shown, qtbot: QtBot) -> None:
    shown.put()
    qtbot.waitUntil(shown.seeing)
    shown.window.setProperty("covered", True)
    assert not shown.slot.wanted
    assert not shown.seeing()
    assert not set(shown.colours()) & {RED, GREEN}
    shown.window.setProperty("covered", False)
    assert shown.slot.wanted


def test_a_screen_reader_is_told_what_it_is(shown: Shown) -> None:
    assert attached(shown.preview, "name") == "摄像头画面"


def test_without_a_camera_there_is_nothing_to_look_at() -> None:
    assert not CameraView(None).property("there")
    assert CameraView(FrameSlot(SystemClock())).property("there")


@pytest.mark.parametrize(
    ("picture", "place", "part"),
    [
        ((1280, 720), (640, 360), QRectF(0, 0, 1280, 720)),
        ((1280, 720), (300, 300), QRectF(280, 0, 720, 720)),
        ((640, 480), (1600, 900), QRectF(0, 60, 640, 360)),
        ((640, 480), (0, 0), QRectF(0, 0, 640, 480)),
    ],
    ids=["the same shape", "a square", "a wider place", "no place yet"],
)
def test_the_middle_of_a_picture_fills_its_place(
    picture: tuple[int, int], place: tuple[int, int], part: QRectF
) -> None:
    assert middle(*picture, *place) == part
