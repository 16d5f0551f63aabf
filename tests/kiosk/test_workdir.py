"""One process at a time has a journal: whoever comes second is told so in words and touches nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.terminal import NOT_POSSIBLE
from kiosk.workdir import AlreadyRunning, Workdir

HOLDS = """
import sys
from pathlib import Path
from kiosk.workdir import Workdir
workdir = Workdir(Path(sys.argv[1]))
workdir.lock()
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which has the work directory."""
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.parametrize(
    "command",
    [
        ("visit", "quick"),
        ("journal", "recover"),
        ("journal", "resolve", "X" * 26, "--as", "settled", "--by", "1003", "--reason", "seen at the window"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("held")
def test_two_processes_have_not_one_journal(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--workdir", str(tmp_path)]) == NOT_POSSIBLE
    assert "another process holds" in capsys.readouterr().err
    assert not (tmp_path / "kiosk" / "journal.db").exists()


def test_whoever_died_holds_nothing(held: subprocess.Popen[str], tmp_path: Path) -> None:
    """The lock is the system's and no file's: nothing has to be cleared away after a power cut."""
    workdir = Workdir(tmp_path)
    with pytest.raises(AlreadyRunning):
        workdir.lock()
    held.kill()
    held.wait()
    workdir.lock()
    workdir.unlock()
