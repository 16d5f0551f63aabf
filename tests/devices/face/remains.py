"""A process that has a face checked and then waits to be looked through: `python -m tests.devices.face.remains [keep]`.

`keep` checks nobody and keeps one frame instead: what the search must find.
"""

from __future__ import annotations

import gc
import logging
import random
import sys

from devices.face.driver import LocalFaces
from devices.face.settings import LocalFaceSettings
from devices.sim.face.chip import chip_picture
from kiosk.domain.personal import Portrait
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.face import FaceTask, Purpose
from tests.devices.face.watched import Watched

SIZE = 48


def inverted_mark() -> list[int]:
    """Of what stands in the corner of every frame, each byte taken from 255."""
    dice = random.Random("remains")
    return [dice.randrange(256) for _ in range(SIZE)]


def main(*, keep: bool) -> None:
    host = Host(SystemClock(), logging.getLogger("remains"))
    watched = Watched(host, mark=inverted_mark())
    kept = _frame(watched) if keep else None
    answer = "kept" if keep else _check(host, watched)
    gc.collect()
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    del kept


def _check(host: Host, watched: Watched) -> str:
    verifier = LocalFaces(LocalFaceSettings(), host)
    verifier.open()
    verifier.warm()
    with watched:
        task = FaceTask(Purpose.ADMISSION, Portrait(chip_picture("zhangsan")))
        deadline = Monotonic(host.clock.monotonic() + 40)
        answer = verifier.verify(task, watched.slot, watched.tell, deadline, Cancel())
    verifier.close()
    return type(answer).__name__


def _frame(watched: Watched) -> object:
    with watched, watched.slot.look() as look:
        soon = Monotonic(SystemClock().monotonic() + 20)
        return look.next(soon, Cancel())


if __name__ == "__main__":
    main(keep="keep" in sys.argv)
