"""What is committed belongs to everyone: no path of one machine, no address of a registry, nothing left over."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

# Written in two parts, because this file is tracked too.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + r"me/\w+"]) + r")(?:/|\b)")
REGISTRY = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "deb" + r"\.debian\.org"])
)
LEFTOVER = re.compile(r"(\.orig|\.rej|\.swp|\.pyc|~|\.DS_Store)$")


@cache
def tracked() -> tuple[Path, ...]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return tuple(Path(name) for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def texts() -> list[tuple[Path, str]]:
    contents = [(path, (ROOT / path).read_bytes()) for path in tracked()]
    return [(path, content.decode(errors="replace")) for path, content in contents if b"\0" not in content]


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["path of a machine", "address of a registry"])
def test_no_tracked_file_names(forbidden: re.Pattern[str]) -> None:
    assert [f"{path}: {found.group()}" for path, text in texts() for found in forbidden.finditer(text)] == []


def test_nothing_left_over_is_tracked() -> None:
    assert [str(path) for path in tracked() if LEFTOVER.search(str(path))] == []


def test_scripts_can_be_run() -> None:
    scripts = [path for path, text in texts() if text.startswith("#!")]
    assert [str(path) for path in scripts if not (ROOT / path).stat().st_mode & 0o100] == []
