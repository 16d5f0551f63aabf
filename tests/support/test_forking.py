"""What stands beside a kiosk is a process of its own, ended with the block that wanted it."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.sim.client import Simulator, SimulatorError
from kiosk.children import ChildFailed
from tests.support.forking import common_forge


def test_a_command_stands_until_its_block_ends(tmp_path: Path) -> None:
    log = tmp_path / "sim.log"
    with common_forge().standing("sim", "--workdir", str(tmp_path), log=log) as ready:
        with Simulator(Path(ready["control"])) as simulator:
            assert simulator.state()
        assert common_forge().run("version").code == 0, "another command beside it"
    with pytest.raises(SimulatorError, match="no simulator at"):
        Simulator(Path(ready["control"]))
    assert log.read_text(encoding="utf-8") == ""


def test_what_cannot_start_is_told_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "backend.log"
    with (
        pytest.raises(ChildFailed, match=r"backend was not ready, see .*backend\.log"),
        common_forge().standing("backend", "--workdir", str(tmp_path), "--listen", "nowhere", log=log),
    ):
        pytest.fail("it is ready")
    assert "is not HOST:PORT" in log.read_text(encoding="utf-8")


def test_what_says_nothing_in_time_is_not_waited_for(tmp_path: Path) -> None:
    with (
        pytest.raises(ChildFailed),
        common_forge().standing("sim", "--workdir", str(tmp_path), log=tmp_path / "sim.log", seconds=0.0),
    ):
        pytest.fail("it is ready")
    assert common_forge().run("version").code == 0, "it was ended, and its parent goes on"
