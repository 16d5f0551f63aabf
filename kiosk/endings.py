"""How a running kiosk is told to end: by a signal, as service managers and terminals do."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextlib.contextmanager
def ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop`, from a thread, when SIGTERM or SIGINT comes while the block runs.

    The GUI thread sits in Qt and runs no Python for a long time, so a Python signal handler would come late. The
    interpreter's wake-up descriptor is written by the signal itself, and a thread of ours reads it.
    """
    reading, writing = os.pipe2(os.O_CLOEXEC)
    os.set_blocking(writing, False)
    handlers = {number: signal.signal(number, _ignore) for number in _SIGNALS}
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(reading, stop), name="signals", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(writing)
        watcher.join(1.0)
        os.close(reading)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Python must have a handler, or the signal ends the process before anybody reads of it."""
    del number, frame


def _watch(reading: int, stop: Callable[[], None]) -> None:
    if os.read(reading, 1):
        stop()
