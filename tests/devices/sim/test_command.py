"""`kiosk sim` as a process: what it says, and how it begins and ends."""

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from devices.conformance.waiting import until
from devices.sim.client import Simulator
from tests.devices.support.simulator import Running, running


def refused(workdir: Path, *options: str) -> tuple[int, str]:
    """Exit code and complaint of a simulator that does not start."""
    command = [sys.executable, "-m", "kiosk", "sim", "--workdir", str(workdir), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stderr


@pytest.mark.usefixtures("simulator")
def test_one_line_says_where_everything_is(sim: Running) -> None:
    """As new: another test may have left a reader unplugged."""
    ready = sim.ready
    assert ready["ready"] == "sim"
    for name in ("control", "card"):
        until(Path(ready[name]).exists)
        mode = Path(ready[name]).stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert stat.S_IMODE(mode) == 0o600
    for name in ("scanner", "printer_tty"):
        assert Path(ready[name]).is_char_device()
    assert ready["printer"].startswith("127.0.0.1:")


def test_it_ends_with_0_and_leaves_no_name_behind(tmp_path: Path) -> None:
    with running(tmp_path) as started, started.connect() as simulator:
        simulator.insert("zhangsan")
    left = {path.name for path in (tmp_path / "sim").iterdir()}
    assert left == {"camera-scenes", "document-scenes", "lock", "paper", "speech"}


def test_interrupting_ends_it_too(tmp_path: Path) -> None:
    with running(tmp_path) as started:
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(20) == 0


def test_names_left_by_a_killed_one_are_taken_over(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "sim", "--workdir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        killed.stdout.readline()
        killed.kill()
    with running(tmp_path) as started, started.connect() as simulator:
        assert simulator.state()["scanner"]["plugged"]


def test_a_second_one_in_the_same_folder_is_refused(sim: Running) -> None:
    code, why = refused(sim.control.parents[1])
    assert (code, "another simulator" in why) == (3, True)


def test_a_path_too_long_for_a_socket_is_wrong_use(tmp_path: Path) -> None:
    code, why = refused(tmp_path / ("x" * 100))
    assert (code, "too long" in why) == (2, True)


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        ("step = 3", "[[step]]"),
        ('[[step]]\ndo = "explode"', "step 1"),
        ('[[step]]\ndo = "remove"\n[[step]]\nafter = -1\ndo = "remove"', "step 2: after"),
        ("not toml", "scenario.toml"),
    ],
)
def test_a_wrong_scenario_is_wrong_use(tmp_path: Path, scenario: str, why: str) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(scenario, encoding="utf-8")
    code, complaint = refused(tmp_path, "--scenario", str(file))
    assert code == 2
    assert why in complaint


def test_a_scenario_plays_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "scenario.toml"
    file.write_text(
        '[[step]]\ndo = "insert"\nperson = "zhangsan"\n[[step]]\nafter = 0.1\ndo = "paper"\nstate = "near"\n',
        encoding="utf-8",
    )
    with running(tmp_path, "--scenario", str(file)) as started, started.connect() as simulator:
        until(lambda: simulator.state()["printer"]["paper"] == "near")
        assert simulator.state()["card"]["socket"]


def test_papers_of_earlier_runs_are_kept(tmp_path: Path) -> None:
    paper = tmp_path / "sim" / "paper"
    paper.mkdir(parents=True)
    (paper / "007.png").write_bytes(b"an earlier paper")
    with running(tmp_path) as started, started.connect() as simulator:
        print_something(started, simulator)
        assert [each.png.name for each in simulator.printed()] == ["008.png"]
        assert simulator.printed()[0].escpos.read_bytes().endswith(b"\x1dVB\x00")
    assert (paper / "007.png").read_bytes() == b"an earlier paper"


def print_something(started: Running, simulator: Simulator) -> None:
    with Path(started.ready["printer_tty"]).open("wb", buffering=0) as line:
        line.write(b"\x1b@A\n\x1dVB\x00")
    until(lambda: bool(simulator.printed()))
