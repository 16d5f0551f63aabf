"""The money thread: the only one that moves money and writes the journal."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from kiosk.domain.policy import Limits
from kiosk.engine.cashier import Cashier, Order
from kiosk.engine.clock import stamp
from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.flow.events import Event
from kiosk.journal.book import Book
from kiosk.ports.clock import Clock
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Stamp

_IDLE_SECONDS = 1.0
_LOOK_SECONDS = 0.02


class Till:
    """`start` recovers and begins; `order` may be called from any thread; reports go to `post`.

    `faulted(code, on)` tells which faults stand. `beat` is the monotonic time of the thread's last sign of life.
    """

    def __init__(
        self,
        book: Book,
        parties: Parties,
        limits: Limits,
        clock: Clock,
        boot: str,
        post: Callable[[Event], None],
        faulted: Callable[[FaultCode, bool], None],
    ) -> None:
        self._clock, self._boot = clock, boot
        self._stopping = threading.Event()
        self._cashier = Cashier(
            book, parties, limits, self._now, post=post, faulted=faulted, stopping=self._stopping.is_set
        )
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="money", daemon=True)
        self.recovered = False
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def order(self, order: Order) -> None:
        self._orders.put(order)

    def stop(self, patience: float = 5.0) -> None:
        """Finish the act in hand, start no other; what stays open is recovered at the next start."""
        self._stopping.set()
        self._orders.put(None)
        self._thread.join(patience)

    def entries(self) -> dict[str, Entry]:
        """Every settlement that is not over, and those of the visit in hand."""
        return self._cashier.entries()

    def wait_until_quiet(self, seconds: float) -> bool:
        """Whether, within so many seconds, nothing moves any more: what is not over waits for staff or for time."""
        until = self._clock.monotonic() + seconds
        while not self._quiet() and self._clock.monotonic() < until:
            if self._stopping.wait(_LOOK_SECONDS):
                break
        return self._quiet()

    def _quiet(self) -> bool:
        moving = any(entry.course in {Course.FORWARD, Course.UNDOING} for entry in self.entries().values())
        return self.recovered and self._orders.empty() and not moving

    def _now(self) -> Stamp:
        self.beat = self._clock.monotonic()
        return stamp(self._clock, self._boot)

    def _run(self) -> None:
        self._cashier.recover()
        self.recovered = True
        while not self._stopping.is_set():
            self._cashier.tick()
            try:
                order = self._orders.get(timeout=self._patience())
            except queue.Empty:
                self._cashier.advance_due(lambda: not self._orders.empty())
                continue
            if order is not None:
                self._cashier.serve(order)
            del order  # or its patient would stay here until somebody else's order

    def _patience(self) -> float:
        due = self._cashier.next_due()
        if due is None:
            return _IDLE_SECONDS
        return min(_IDLE_SECONDS, max(0.0, due - self._clock.monotonic()))
