"""Several tills in one process, of which one moves at a time, and never further than to its next call or row.

Each till has a thread, because the cashier calls and waits; a thread runs only while it has the baton. Whoever holds
the dice decides who is next, so the same dice give the same interleaving.
"""

from __future__ import annotations

import threading
from collections.abc import Callable


class Runner:
    """Runs `work` step by step: each `step` goes on to the next `pause`, or to the end of the work."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._failed: BaseException | None = None
        self._abandoned = False
        self.over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._go.acquire()
        try:
            if not self._abandoned:
                self._work()
        except _Abandoned:
            pass
        except BaseException as failed:  # noqa: BLE001 - whoever steps must see it
            self._failed = failed
        self.over = True
        self._stopped.release()

    def pause(self) -> None:
        """Called by the work itself: let another go first."""
        self._stopped.release()
        self._go.acquire()
        if self._abandoned:
            raise _Abandoned

    def step(self) -> None:
        self._go.release()
        self._stopped.acquire()
        if self._failed is not None:
            raise self._failed

    def abandon(self) -> None:
        """End a work that is not to be finished."""
        self._abandoned = True
        if not self.over:
            self._go.release()
        self._thread.join()


class _Abandoned(BaseException):
    """Unwinds a work that nobody will step any more."""
