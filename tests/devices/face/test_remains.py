"""After a check nothing of the face is left in the process or on the disk: a mark in every frame is looked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.devices.face.remains import inverted_mark
from tests.support.proofs import Proved

_WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw")
ROOT = Path(__file__).parents[3]


def looked_through(place: Path, *arguments: str) -> tuple[str, int, int]:
    """What the process answers, how often the mark is in its memory, and how many bytes were looked at."""
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.devices.face.remains", *arguments]
    with subprocess.Popen(
        command, cwd=place, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answer = process.stdout.readline().strip()
        found, size = search(process.pid, bytes(255 - value for value in inverted_mark()))
        process.stdin.write("\n")
        process.stdin.close()
        process.wait(20)
    return answer, found, size


def search(pid: int, needle: bytes) -> tuple[int, int]:
    found = size = 0
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for place in filter(None, map(_WRITABLE.match, maps.splitlines())):
            start, end = (int(edge, 16) for edge in place.groups())
            try:
                held = os.pread(memory.fileno(), end - start, start)
            except OSError:  # not to be read by anybody
                continue
            found, size = found + held.count(needle), size + len(held)
    return found, size


@pytest.mark.usefixtures("tools")
def test_nothing_of_a_face_is_left_in_memory_or_on_the_disk(tmp_path: Path, proved: Proved) -> None:
    answer, found, size = looked_through(tmp_path)
    assert answer in {"FaceAccepted", "FaceRefused"}
    assert found == 0
    assert size > 50_000_000
    assert list(tmp_path.rglob("*")) == []
    proved("bytes of memory searched for a face", size)


def test_the_search_finds_a_frame_that_was_kept(tmp_path: Path) -> None:
    answer, found, _ = looked_through(tmp_path, "keep")
    assert answer == "kept"
    assert found >= 1
