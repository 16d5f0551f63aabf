"""The dock and the real simulator understand each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from screens.dock.around import KEYS, LIGHTS
from screens.dock.codes import PRESETS
from screens.dock.lens import MOVES, SCENES
from screens.dock.window import Window
from tests.devices.support.simulator import running

_LIT = Qt.ItemDataRole.UserRole + 2  # the third field of a LightRow


def shows(part: QObject, name: str, value: object) -> bool:
    return bool(part.property(name) == value)


def test_every_hand_is_understood(typeface: QGuiApplication, tmp_path: Path, qtbot: QtBot) -> None:
    with running(tmp_path) as simulator, simulator.connect() as witness:
        window = Window(simulator.control)
        desk = window.desk
        complaints: list[str] = []
        desk.wordsChanged.connect(lambda: complaints.append(str(desk.words)))
        window.open()

        def until(name: str, value: object) -> None:
            qtbot.waitUntil(lambda: desk.property(name) == value)

        until("person", "zhangsan")
        desk.insert()
        until("cardIn", value=True)
        desk.remove()
        until("cardIn", value=False)
        desk.insertAndYank()
        until("cardIn", value=True)
        for preset in PRESETS:
            desk.showCode(preset.key)
        until("codeHeld", value=True)
        desk.putAway()
        until("codeHeld", value=False)
        for state in ("near", "out", "ok"):
            desk.loadPaper(state)
            until("paper", state)
        desk.openCover(True)
        until("coverOpen", value=True)
        desk.openCover(False)
        desk.takePaper()
        until("coverOpen", value=False)
        lens, around = window.lens, window.around
        for scene in SCENES:
            lens.see(scene.key)
            qtbot.waitUntil(partial(shows, lens, "scene", scene.key))
        lens.plug(False)
        qtbot.waitUntil(lambda: lens.property("plugged") is False)
        lens.plug(True)
        around.stand(True)
        around.power("failed")
        around.plugHeadset(True)
        for key in KEYS:
            around.press(key.key)
        qtbot.waitUntil(lambda: around.property("somebody") and around.property("mains") == "failed")
        (tmp_path / "sim" / "leds" / LIGHTS[0].key / "brightness").write_text("255\n")
        lights = around.property("lights")
        qtbot.waitUntil(lambda: lights.data(lights.index(0), _LIT) is True)
        assert "".join(complaints) == ""
        assert witness.state()["card"]["socket"]
        window.close()


@pytest.mark.long
def test_a_drawn_person_comes_and_does_what_is_asked(typeface: QGuiApplication, tmp_path: Path, qtbot: QtBot) -> None:
    with running(tmp_path) as simulator:
        window = Window(simulator.control)
        window.open()
        qtbot.waitUntil(lambda: window.desk.property("person") == "zhangsan")
        for comes in (window.lens.stand, window.lens.holdPicture):
            comes()
            qtbot.waitUntil(lambda: window.lens.property("somebody") is True, timeout=20_000)
            for move in MOVES:
                window.lens.move(move.key)
            window.lens.see("empty")
            qtbot.waitUntil(lambda: window.lens.property("scene") == "empty")
        assert window.desk.property("words") == ""
        window.close()
