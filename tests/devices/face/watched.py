"""Somebody before a camera, for a verifier that looks by itself."""

from __future__ import annotations

import threading
from typing import Self

import numpy as np

from devices.sim.face.presented import Moment, Presented, presented
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.driver import Host
from kiosk.ports.face import FaceProgress

_SLOWEST_FRAME = 0.15
"""Seconds of the scene between two frames at most: on a busy machine the scene slows down and nobody leaps."""


class Watched:
    """Somebody before a camera whose frames come when the verifier looks; time is the frames' own."""

    def __init__(
        self, host: Host, kind: Presented = Presented.LIVE, person: str = "zhangsan", mark: list[int] | None = None
    ) -> None:
        """`mark` is put into the corner of each frame, inverted: whoever searches for it has no copy of it here."""
        self.slot = FrameSlot(host.clock)
        self.progress = FaceProgress(0, 0)
        self._host, self._scenery = host, presented(kind, person)
        self._asked_at, self._asked = 0.0, self.progress.asked
        self._mark = np.asarray(mark or [], np.uint8)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._film, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(10.0)

    def go(self) -> None:
        self._over.set()

    def tell(self, progress: FaceProgress) -> None:
        self.progress = progress

    def _film(self) -> None:
        now, at, serial = self._host.clock.monotonic(), 0.0, 0
        while not self._over.is_set():
            before, now = now, self._host.clock.monotonic()
            progress, at = self.progress, at + min(now - before, _SLOWEST_FRAME)
            if progress.asked != self._asked:
                self._asked, self._asked_at = progress.asked, at
            light = progress.light
            colour = (float(light.red), float(light.green), float(light.blue)) if light else (0.0, 0.0, 0.0)
            picture = self._scenery(Moment(at, progress.asked, self._asked_at, progress.done, colour))
            corner = picture.reshape(-1)[: self._mark.size]
            corner[:] = self._mark
            np.bitwise_not(corner, out=corner)
            self.slot.put(Frame(picture.tobytes(), picture.shape[1], picture.shape[0], serial, now))
            serial += 1
            self._over.wait(0.02)
