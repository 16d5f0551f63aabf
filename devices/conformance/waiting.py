"""Calls that must end when they are cancelled, made on a thread so that one that hangs is noticed instead of hanging
the run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, TypeVar

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

ResultT = TypeVar("ResultT")

# Far beyond the 300 ms that a cancel may take, so that a busy machine fails nobody; the deadline of the call lies
# further still.
_PATIENCE_SECONDS: Final = 20.0
FAR_SECONDS: Final = 600.0


def after(clock: Clock, seconds: float) -> Monotonic:
    return Monotonic(clock.monotonic() + seconds)


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; AssertionError when it never becomes so."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.01)


def open_files() -> int:
    """Descriptors of this process."""
    return len(tuple(Path("/proc/self/fd").iterdir()))


class Call(Generic[ResultT]):
    """A blocking call of a device, running."""

    def __init__(self, call: Callable[[Cancel], ResultT]) -> None:
        self.cancel = Cancel()
        self._call = call
        self._result: list[ResultT] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result.append(self._call(self.cancel))
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            self._error = error

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def result(self) -> ResultT:
        """What it returned; AssertionError when it hangs."""
        self._thread.join(_PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the call hangs"
        if self._error is not None:
            raise self._error
        return self._result[0]

    def cancelled(self) -> ResultT:
        """Cancel it, then its result."""
        self.cancel.cancel()
        return self.result()
