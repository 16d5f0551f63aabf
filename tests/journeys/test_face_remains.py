"""After a whole visit with a face check nothing of the face is left: not in the kiosk's memory, not in its files.

What is looked for are pieces of the very frames that were before the camera, and the numbers that the card's picture
comes to. That the search would find them is shown while the check runs.
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

from devices.face.embedding import Embedder
from devices.face.glance import Watcher
from devices.face.models import missing, models_folder
from devices.face.pictures import portrait_of
from devices.face.quality import Gate
from devices.sim.face.chip import chip_picture
from kiosk.domain.personal import Portrait
from kiosk.installed import config_dir
from tests.support.proofs import Proved

if missing(models_folder()):
    pytest.skip("no face models: make setup fetches them", allow_module_level=True)

_WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw")
_HEAD, _ROW, _LONG = 54, 640 * 3, 96
_MANY = 6


class Needles:
    """Pieces of frames, in the order of the camera and in that of a PNG, and the card's picture as numbers."""

    def __init__(self) -> None:
        self.template = _template()
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
        yield self.template


def _template() -> bytes:
    folder, picture = models_folder(), portrait_of(Portrait(chip_picture("zhangsan")))
    assert picture is not None
    face = Watcher(folder, Gate()).faces(picture)[0]
    numbers = Embedder(folder).template(picture, face)._numbers
    return numbers.tobytes()[:_LONG]


def in_memory(pid: int, needles: Iterable[bytes], *, first: bool = False) -> tuple[int, int]:
    """How many of the needles are in the writable memory of a process, and how many bytes were looked at; `first`: no
    more is wanted to know than whether there are any, and the process is held up for less long.
    """
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
            if found and first:
                break
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
        began = time.monotonic()
        until(lambda: time.monotonic() - began > 2.0, look)
        during, _ = in_memory(visit.pid, [*needles.frames[-2:], needles.template], first=True)
        until(lambda: told("face_checked"), look)
        time.sleep(1.0)
        after, size = in_memory(visit.pid, needles)
        left = on_disk([root / "kiosk", root / "out", spare], needles)
        output, _ = visit.communicate(timeout=120)
    assert during >= 1
    assert (after, left) == (0, [])
    assert '"FaceChecking"' in output
    proved("bytes of a kiosk's memory searched for a face", size)
