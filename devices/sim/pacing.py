"""How fast bytes leave a simulated device: a pseudo-terminal takes them all at once, a serial line does not."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from devices.sim.loop import Loop


@dataclass(frozen=True, slots=True)
class Line:
    """`baud` 8N1 paces the bytes, `fragment` is the most that leaves at once, `pause_ms` lies between fragments."""

    baud: int = 115200
    fragment: int = 64
    pause_ms: float = 0.0

    def seconds(self, size: int) -> float:
        return size * 10 / self.baud + self.pause_ms / 1000


class Outlet:
    """Sends in order; each piece leaves once its last bit would have left the wire.

    Times are counted from the first piece of a burst, so that the lateness of timers does not add up.
    """

    def __init__(self, loop: Loop, send: Callable[[bytes], None], line: Callable[[], Line]) -> None:
        self._loop = loop
        self._send = send
        self._line = line
        self._waiting: deque[bytes | Callable[[], None]] = deque()
        self._free_at = 0.0
        self._busy = self._streaming = False

    def put(self, data: bytes, then: Callable[[], None] | None = None) -> None:
        """Send `data`, then call `then` when it has left."""
        size = self._line().fragment
        self._waiting.extend(data[start : start + size] for start in range(0, len(data), size))
        if then is not None:
            self._waiting.append(then)
        self._next()

    def rest(self, seconds: float) -> None:
        """Say nothing for a while, before what is put next."""
        self._free_at = max(self._free_at, time.monotonic()) + seconds

    def clear(self) -> None:
        self._waiting.clear()

    def _next(self) -> None:
        while self._waiting and not self._busy:
            item = self._waiting.popleft()
            if callable(item):
                item()
                continue
            now = time.monotonic()
            if not self._streaming:
                self._free_at = max(self._free_at, now)
            self._busy = self._streaming = True
            self._free_at += self._line().seconds(len(item))
            self._loop.after(max(0.0, self._free_at - now), lambda piece=item: self._left(piece))  # type: ignore[misc]
        if not self._busy:
            self._streaming = False

    def _left(self, piece: bytes) -> None:
        self._busy = False
        self._send(piece)
        self._next()
