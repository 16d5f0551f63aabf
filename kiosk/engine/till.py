"""The money thread: the only one that moves money and writes the journal."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.audit import AuditEvent, Record
from kiosk.domain.policy import Limits
from kiosk.engine.cashier import Cashier, Order
from kiosk.engine.clock import stamp
from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.flow.events import Event
from kiosk.journal.book import Book
from kiosk.journal.store import ChainBreak, JournalUnwritable
from kiosk.ports.clock import Clock
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Stamp

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Listeners:
    """Whom the till tells: `post` hears reports, `faulted` which faults stand, `record` what belongs in the audit."""

    post: Callable[[Event], None]
    faulted: Callable[[FaultCode, bool], None]
    record: Callable[[Record], None] = lambda _record: None


class Till:
    """`start` recovers and begins; `order` may be called from any thread.

    `beat` is the monotonic time of the thread's last sign of life.
    """

    def __init__(
        self,
        book: Book,
        parties: Parties,
        limits: Limits,
        clock: Clock,
        boot: str,
        listeners: Listeners,
    ) -> None:
        self._clock, self._boot = clock, boot
        self._listeners = listeners
        self._chain: Iterator[ChainBreak | None] | None = book.walk()
        self._stopping = threading.Event()
        self._cashier = Cashier(
            book,
            parties,
            limits,
            self._now,
            post=listeners.post,
            faulted=listeners.faulted,
            stopping=self._stopping.is_set,
        )
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="money", daemon=True)
        self.recovered = False
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def order(self, order: Order) -> None:
        self._orders.put(order)

    def stop(self, patience: float = 5.0) -> bool:
        """Finish the act in hand, start no other; what stays open is recovered at the next start. Whether it was
        finished in so many seconds.
        """
        self._stopping.set()
        self._orders.put(None)
        self._thread.join(patience)
        return not self._thread.is_alive()

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
        for sid in self._cashier.recover():
            self._listeners.record(Record(AuditEvent.SETTLEMENT_RECOVERED, sid=sid))
        self.recovered = True
        while not self._stopping.is_set():
            self._cashier.tick()
            try:
                order = self._orders.get(timeout=self._patience())
            except queue.Empty:
                self._cashier.advance_due(lambda: not self._orders.empty())
                self._verify_on()
                continue
            if order is not None:
                self._cashier.serve(order)
            del order  # or its patient would stay here until somebody else's order

    def _verify_on(self) -> None:
        """A few rows more of the journal's chain, while nobody wants anything."""
        if self._chain is None:
            return
        try:
            found = next(self._chain)
        except StopIteration:
            self._chain = None
        except JournalUnwritable:  # whole, but there is no room for the checkpoint: the next start walks it all again
            self._chain = None
        else:
            if found is not None:
                _log.error("journal broken", extra={"count": found.seq})
                self._listeners.faulted(FaultCode.JOURNAL_BROKEN, True)

    def _patience(self) -> float:
        due = self._cashier.next_due()
        idle = _IDLE_SECONDS if self._chain is None else _LOOK_SECONDS
        if due is None:
            return idle
        return min(idle, max(0.0, due - self._clock.monotonic()))
