"""After a whole visit with a face check nothing of the face is left: not in the kiosk's memory, not in its files.

What is looked for are pieces of the very frames that were before the camera. That such a search finds a frame which is
kept, and that nothing of a check by itself is left, is shown in tests/devices/face/test_remains.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from devices.face.models import missing, models_folder
from kiosk.installed import config_dir
from tests.support.proofs import Proved

if missing(models_folder()):
    pytest.skip("no face models: make setup fetches them", allow_module_level=True)

_WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw")
_HEAD, _ROW, _LONG = 54, 640 * 3, 96
_MANY = 6


class Needles:
    """Pieces of frames, in the order of the camera and in that of a PNG."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def take(self, drawn: Path) -> None:
        """A piece from the middle of the face: a sensor's grain makes it unlike every other."""
        picture = drawn.read_bytes()
        start = _HEAD + 240 * _ROW + 300 * 3
        piece = picture[start : start + _LONG]
        if len(piece) == _LONG and (not self.frames or piece != self.frames[-1]):
            self.frames = [*self.frames, piece][-_MANY:]

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.frames:
            yield piece
            yield b"".join(piece[at : at + 3][::-1] for at in range(0, len(piece), 3))


def in_memory(pid: int, needles: Iterable[bytes]) -> tuple[int, int]:
    """How many of the needles are in the writable memory of a process, and how many bytes were looked at."""
    wanted, found, size = tuple(needles), set[bytes](), 0
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for place in filter(None, map(_WRITABLE.match, maps.splitlines())):
            start, end = (int(edge, 16) for edge in place.groups())
            try:
                held = os.pread(memory.fileno(), end - start, start)
            except OSError:  # not to be read by anybody, or gone meanwhile
                continue
            found |= {needle for needle in wanted if needle in held}
            size += len(held)
    return len(found), size


def on_disk(places: list[Path], needles: Needles) -> list[str]:
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]


def script(place: Path, name: str) -> Path:
    """The shipped visit, which stays a while on the page after the check, whatever came of it."""
    told = (config_dir() / "visits" / f"{name}.toml").read_text(encoding="utf-8")
    for page in ("FaceDone", "FaceAgain", "FaceElsewhere"):
        told = told.replace(f"{page} = [", f'{page} = ["wait 20", ')
    path = place / f"{name}.toml"
    path.write_text(told, encoding="utf-8")
    return path


def until(holds: Callable[[], bool], meanwhile: Callable[[], None], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "the visit does not get there"
        meanwhile()
        time.sleep(0.03)


@pytest.mark.long
@pytest.mark.timeout(500)
@pytest.mark.parametrize("name", ["admission-face", "admission-platform"])
def test_nothing_of_a_face_outlives_its_step(tmp_path: Path, name: str, proved: Proved) -> None:
    root, spare = tmp_path / "work", tmp_path / "tmp"
    spare.mkdir()
    command = [sys.executable, "-m", "kiosk", "visit", str(script(tmp_path, name)), "--json", "--workdir", str(root)]
    environment = {**os.environ, "TMPDIR": str(spare)}
    needles, audit = Needles(), root / "kiosk" / "audit.jsonl"

    def told(event: str) -> bool:
        return audit.exists() and f'"{event}"' in audit.read_text(encoding="utf-8")

    def look() -> None:
        for drawn in root.glob("sim/**/0.bmp"):
            needles.take(drawn)

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as visit:
        until(lambda: told("face_consented"), look)
        until(lambda: told("face_checked"), look)
        time.sleep(1.0)
        after, size = in_memory(visit.pid, needles)
        left = on_disk([root / "kiosk", root / "out", spare], needles)
        output, _ = visit.communicate(timeout=120)
    assert len(needles.frames) == _MANY
    assert (after, left) == (0, [])
    assert '"FaceChecking"' in output
    proved("bytes of a kiosk's memory searched for a face", size)
