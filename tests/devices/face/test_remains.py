"""After a check nothing of the face is left in the process or on the disk: a mark in every frame is looked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.devices.face.remains import inverted_mark
from tests.support.proofs import Proved

pytestmark = pytest.mark.xdist_group("remains of a face")  # one check is looked through for all of them
_WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw")
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Looked:
    """What the process answered; how often the mark of the frames is in its memory, and how many of the rows of numbers
    made of faces, as they are `compared` and as the net `said` them, each of how many; how many bytes were looked at.
    """

    answer: str
    frames: int
    compared: tuple[int, int]
    said: tuple[int, int]
    size: int


def looked_through(place: Path, *arguments: str) -> Looked:
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.devices.face.remains", *arguments]
    with subprocess.Popen(
        command, cwd=place, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answer, *inverted = process.stdout.readline().split()
        rows = {turned(row): form for form, row in (told.split(":") for told in inverted)}
        mark = turned(bytes(inverted_mark()).hex())
        found, size = search(process.pid, {mark, *rows})
        process.stdin.write("\n")
        process.stdin.close()
        process.wait(20)
    counts = {
        form: (sum(found[row] > 0 for row in rows if rows[row] == form), list(rows.values()).count(form))
        for form in ("compared", "said")
    }
    return Looked(answer, found[mark], counts["compared"], counts["said"], size)


def turned(inverted: str) -> bytes:
    return bytes(255 - value for value in bytes.fromhex(inverted))


def search(pid: int, needles: Iterable[bytes]) -> tuple[Counter[bytes], int]:
    found, size, wanted = Counter[bytes](), 0, tuple(needles)
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for place in filter(None, map(_WRITABLE.match, maps.splitlines())):
            start, end = (int(edge, 16) for edge in place.groups())
            try:
                held = os.pread(memory.fileno(), end - start, start)
            except OSError:  # not to be read by anybody
                continue
            found.update({needle: held.count(needle) for needle in wanted})
            size += len(held)
    return found, size


@pytest.fixture(scope="module")
def checked(tools: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Looked, list[Path]]:
    """What is left after a check, in memory and on the disk."""
    del tools  # no check without models
    place = tmp_path_factory.mktemp("checked")
    return looked_through(place), list(place.rglob("*"))


def test_nothing_of_a_face_is_left_in_memory_or_on_the_disk(checked: tuple[Looked, list[Path]], proved: Proved) -> None:
    """Neither a frame nor a template: the numbers that a face is made into are as much its owner's as the picture."""
    looked, files = checked
    assert looked.answer in {"FaceAccepted", "FaceRefused"}
    assert looked.frames == 0
    found, of = looked.compared
    assert found == 0
    assert of >= 2, "the card's and the person's own"
    assert looked.size > 50_000_000
    assert files == []
    proved("bytes of memory searched for a face", looked.size)


def test_nor_is_what_the_net_said_of_it(checked: tuple[Looked, list[Path]]) -> None:
    found, of = checked[0].said
    assert of >= 2
    assert found == 0


@pytest.mark.usefixtures("tools")
def test_the_search_finds_a_frame_and_a_template_that_were_kept(tmp_path: Path) -> None:
    looked = looked_through(tmp_path, "keep")
    assert looked.frames >= 1
    assert looked.compared[0] >= 1
