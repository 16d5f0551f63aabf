from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import plugins

COMMAND = (sys.executable, "-m", "kiosk", "dock")


def test_it_is_announced() -> None:
    command: plugins.Command = plugins.load("commands", "dock")
    assert command.name == "dock"
    assert command.help


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_is_ready_and_ends_in_order(tmp_path: Path, end: signal.Signals) -> None:
    with subprocess.Popen([*COMMAND, "--workdir", tmp_path], stdout=subprocess.PIPE) as dock:
        assert dock.stdout is not None
        assert json.loads(dock.stdout.readline()) == {"ready": "dock"}
        dock.send_signal(end)
        assert dock.wait(20) == 0


@pytest.mark.parametrize("platform", [None, "xcb", "wayland:extra"])
def test_without_a_display_it_says_so(tmp_path: Path, platform: str | None) -> None:
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {name: value for name, value in os.environ.items() if name not in gone}
    environment = bare | ({"QT_QPA_PLATFORM": platform} if platform else {})
    command = [*COMMAND, "--workdir", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 3
    assert "没有显示器" in done.stderr
    assert done.stdout == ""
