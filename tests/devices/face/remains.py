"""A process that has a face checked and then waits to be looked through: `python -m tests.devices.face.remains [keep]`.

It answers with what came of it and, in hex and inverted, a piece of each row of numbers that faces were made into, as
the net says them and as they are compared: who searches turns them back. `keep` keeps one frame and one row instead:
what the search must find.
"""

from __future__ import annotations

import gc
import logging
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from devices.face.driver import LocalFaces
from devices.face.embedding import Embedder, Template
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


_PIECE = 64
"""Bytes: sixteen of the 128 numbers of a face are like nobody else's."""


@dataclass
class Noted:
    """Rows of numbers, as the net gives them and as they are compared; no byte of them stands here as it was.

    `of_face`: the net is asked about one just now. What it says of nothing is nobody's.
    """

    of_face: bool = False
    rows: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    kept: list[Template] = field(default_factory=list[Template])

    def note(self, form: str, numbers: NDArray[np.float32]) -> None:
        self.rows.append((form, np.bitwise_not(numbers.reshape(-1).view(np.uint8)[:_PIECE]).tobytes()))


@dataclass
class Overheard:
    """The net, and somebody who takes down what it says."""

    net: Any
    noted: Noted

    def forward(self) -> Any:
        said = self.net.forward()
        if self.noted.of_face:
            self.noted.note("said", np.asarray(said, np.float32))
        return said

    def __getattr__(self, name: str) -> Any:
        return getattr(self.net, name)


def _listen(noted: Noted, *, keep: bool) -> None:
    """Every embedder of this process is heard from now on."""
    make, turn = Embedder.__init__, Embedder.template

    def made(self: Embedder, folder: Path) -> None:
        make(self, folder)
        self._net = cast("Any", Overheard(self._net, noted))

    def turned(self: Embedder, picture: Any, face: Any) -> Template:
        noted.of_face = True
        template = turn(self, picture, face)
        noted.of_face = False
        noted.note("compared", template._numbers)
        if keep:
            noted.kept.append(Template(template._numbers.copy()))
        return template

    Embedder.__init__ = made  # type: ignore[method-assign]
    Embedder.template = turned  # type: ignore[method-assign]


def main(*, keep: bool) -> None:
    host, noted = Host(SystemClock(), logging.getLogger("remains")), Noted()
    _listen(noted, keep=keep)
    watched = Watched(host, mark=inverted_mark())
    kept = _frame(watched) if keep else None
    answer = _check(host, Watched(host, mark=inverted_mark()))
    gc.collect()
    sys.stdout.write(f"{answer} {' '.join(f'{form}:{row.hex()}' for form, row in noted.rows)}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    del kept, noted


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
