"""The dock and the real simulator understand each other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from screens.dock.codes import PRESETS
from screens.dock.window import Window
from tests.devices.support.simulator import running


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
        assert "".join(complaints) == ""
        assert witness.state()["card"]["socket"]
        window.close()
