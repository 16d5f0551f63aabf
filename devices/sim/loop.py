"""The one thread of the simulator process: file descriptors that can be read, bytes that wait to be written, and
timers.
"""

from __future__ import annotations

import heapq
import itertools
import os
import selectors
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

_AT_ONCE: Final = 65536
# What a peer that never reads may leave lying here; then its channel is as good as dead.
_MOST_WAITING: Final = 4 * 1024 * 1024

Callback = Callable[[], None]


class Loop:
    """Runs callbacks one after another; nothing in it blocks, so a simulated device cannot hold up another."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Callback]] = []
        self._order = itertools.count()
        self._readers: dict[int, Callback] = {}
        self._waiting: dict[int, bytearray] = {}
        self._running = False
        self._handed: deque[Callback] = deque()
        self._bell = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self.read(self._bell[0], self._take_handed)

    def close(self) -> None:
        self._selector.close()
        for fd in self._bell:
            os.close(fd)

    def hand(self, callback: Callback) -> None:
        """Have the loop's thread call back soon; the one method for other threads."""
        self._handed.append(callback)
        with suppress(BlockingIOError):
            os.write(self._bell[1], b"!")

    def _take_handed(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._bell[0], _AT_ONCE)
        while self._handed:
            self._handed.popleft()()

    def after(self, seconds: float, callback: Callback) -> None:
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._order), callback))

    def read(self, fd: int, callback: Callback) -> None:
        """Call back whenever `fd` has something, its end included."""
        self._readers[fd] = callback
        self._watch(fd)

    def write(self, fd: int, data: bytes) -> None:
        """Write without blocking; what does not fit goes out later. A broken channel is for its reader to notice."""
        waiting = self._waiting.setdefault(fd, bytearray())
        if len(waiting) < _MOST_WAITING:
            waiting += data
        self._flush(fd)

    def forget(self, fd: int) -> None:
        """Before the descriptor is closed."""
        self._readers.pop(fd, None)
        self._waiting.pop(fd, None)
        if fd in self._selector.get_map():
            self._selector.unregister(fd)

    def stop(self) -> None:
        self._running = False

    def run(self) -> None:
        self._running = True
        while self._running:
            self.turn(None)

    def turn(self, longest: float | None) -> None:
        """One round: wait for something, do all that is due."""
        for key, events in self._selector.select(self._patience(longest)):
            if events & selectors.EVENT_WRITE and key.fd in self._waiting:
                self._flush(key.fd)
            if events & selectors.EVENT_READ and key.fd in self._readers:
                self._readers[key.fd]()
        while self._timers and self._timers[0][0] <= time.monotonic():
            heapq.heappop(self._timers)[2]()

    def _patience(self, longest: float | None) -> float | None:
        if not self._timers:
            return longest
        due = max(0.0, self._timers[0][0] - time.monotonic())
        return due if longest is None else min(due, longest)

    def _flush(self, fd: int) -> None:
        waiting = self._waiting[fd]
        try:
            while waiting:
                del waiting[: os.write(fd, waiting[:_AT_ONCE])]
        except BlockingIOError:
            pass
        except OSError:
            waiting.clear()
        self._watch(fd)

    def _watch(self, fd: int) -> None:
        events = selectors.EVENT_READ if fd in self._readers else 0
        if self._waiting.get(fd):
            events |= selectors.EVENT_WRITE
        if fd in self._selector.get_map():
            if events:
                self._selector.modify(fd, events)
            else:
                self._selector.unregister(fd)
        elif events:
            self._selector.register(fd, events)
