"""How a wait is ended from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager


class Cancel:
    """A one-shot: once `cancel()` was called it stays cancelled, and every callback hooked in by `wake` has run.

    A driver that sits in a blocking call hooks in what ends that call (SCardCancel, `cancel_read`, a socket shutdown):

        with cancel.wake(context.cancel):
            reply = context.wait_for_card()

    A callback may run in the cancelling thread and must not block.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._event = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def cancel(self) -> None:
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def sleep(self, seconds: float) -> bool:
        """Wait without a device; True when cancelled meanwhile."""
        return self._event.wait(max(0.0, seconds))

    @contextmanager
    def wake(self, callback: Callable[[], None]) -> Generator[None]:
        """Have `callback` called on cancelling while the block runs; at once when already cancelled."""
        with self._lock:
            late = self._event.is_set()
            if not late:
                self._callbacks.append(callback)
        if late:
            callback()
        try:
            yield
        finally:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)
