"""The money thread: keeps every open settlement moving, one act at a time, and tells the screen.

It alone writes the journal. Settlements of patients who have left are finished here too, beside the home page.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.policy import Limits
from kiosk.domain.sid import new_sid
from kiosk.engine.clock import stamp
from kiosk.engine.money import Call, Parties, prepare, prepare_collect, run_money
from kiosk.faults import FaultCode
from kiosk.flow.effects import AcceptQuote, DeclineQuote, OpenSettlement, PayWithCode
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.ticket import Ticket
from kiosk.journal.book import Book
from kiosk.journal.store import JournalUnwritable
from kiosk.ports.clock import Clock
from kiosk.saga.acts import Act, Close, Done, HandOver, Wait, next_act
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import (
    Accepted,
    ActKind,
    Answered,
    Closed,
    Fact,
    GaveUp,
    HandedOver,
    Opened,
    PaperDone,
    Plan,
    PrintIntended,
    Recovered,
    Stamp,
    Verdict,
)
from kiosk.saga.folding import apply, opened
from kiosk.saga.report import Report, Seeking, Undone, report_of

_log = logging.getLogger(__name__)
_JOURNAL_RETRY = 2.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A fact about the paper of a settlement, from the printer's thread."""

    sid: str
    fact: PrintIntended | PaperDone


Order = OpenSettlement | AcceptQuote | DeclineQuote | PayWithCode | Paper


class Till:
    """`start` recovers and begins; `order` may be called from any thread; reports go to `post`.

    `faulted(code, on)` tells which faults stop settling.
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
        self._book, self._parties, self._limits = book, parties, limits
        self._clock, self._boot = clock, boot
        self._post, self._faulted = post, faulted
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._entries: dict[str, Entry] = {}
        self._tickets: dict[str, Ticket] = {}
        self._reported: dict[str, Report] = {}
        self._due: dict[str, float] = {}
        self._tried: dict[str, float] = {}
        self._unknowns: deque[float] = deque()
        self._paused_until: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="money", daemon=True)
        self.beat = clock.monotonic()
        self.recovered = False

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
        """A snapshot of every settlement this process knows."""
        return dict(self._entries)

    def _run(self) -> None:
        self._recover()
        self.recovered = True
        while not self._stopping.is_set():
            self._beat()
            try:
                order = self._orders.get(timeout=self._patience())
            except queue.Empty:
                self._advance_due()
                continue
            if order is not None:
                self._serve(order)

    def _beat(self) -> None:
        self.beat = self._clock.monotonic()
        if self._paused_until is not None and self.beat >= self._paused_until:
            self._paused_until = None
            self._faulted(FaultCode.SETTLING_PAUSED, False)

    def _patience(self) -> float:
        if not self._due:
            return 1.0
        return min(1.0, max(0.0, min(self._due.values()) - self._clock.monotonic()))

    def _now(self) -> Stamp:
        return stamp(self._clock, self._boot)

    def _recover(self) -> None:
        """Whatever a former process left open is taken up without its patient."""
        for sid, entry in self._book.entries().items():
            self._entries[sid] = entry
            if entry.course in {Course.FORWARD, Course.UNDOING}:
                self._guard(sid, lambda sid=sid: self._note(sid, Recovered()))  # type: ignore[misc]
            if entry.course is not Course.CLOSED:
                self._due[sid] = self._clock.monotonic()

    def _serve(self, order: Order) -> None:
        match order:
            case OpenSettlement():
                self._open(order)
            case AcceptQuote(ticket, sid):
                self._tell(sid, ticket, Accepted())
            case DeclineQuote(ticket, sid):
                self._tell(sid, ticket, GaveUp())
            case PayWithCode(ticket, sid, _):
                self._tickets[sid] = ticket
                self._guard(sid, lambda: self._collect(order))
                self._advance(sid)
            case Paper(sid, fact):
                self._guard(sid, lambda: self._note(sid, fact))
                self._advance(sid)

    def _open(self, order: OpenSettlement) -> None:
        bill = order.bill
        sid = new_sid(int(self._clock.now().timestamp() * 1000))
        fact, at = Opened(Plan(bill.person, bill.insurance, bill.batch)), self._now()
        entry = opened(sid, fact, at)
        try:
            self._book.append(sid, fact, at)
        except JournalUnwritable:
            self._faulted(FaultCode.JOURNAL_FULL, True)
            self._post(MoneyReported(order.ticket, Undone(sid, entry.number, FaultCode.JOURNAL_FULL)))
            return
        self._faulted(FaultCode.JOURNAL_FULL, False)
        self._entries[sid], self._tickets[sid] = entry, order.ticket
        self._advance(sid)

    def _tell(self, sid: str, ticket: Ticket, fact: Fact) -> None:
        self._tickets[sid] = ticket
        self._reported.pop(sid, None)
        self._guard(sid, lambda: self._note(sid, fact))
        self._advance(sid)

    def _collect(self, order: PayWithCode) -> None:
        entry = self._entries[order.sid]
        if entry.course is Course.FORWARD and entry.accepted and entry.order is None and not entry.paid:
            self._call(order.sid, prepare_collect(entry, self._parties, order.code))

    def _advance_due(self) -> None:
        now = self._clock.monotonic()
        for sid in [sid for sid, due in self._due.items() if due <= now]:
            self._advance(sid)
            if not self._orders.empty():
                return

    def _advance(self, sid: str) -> None:
        """Act until the settlement waits for somebody or for time."""
        self._due.pop(sid, None)
        while not self._stopping.is_set():
            if not self._guard(sid, lambda: self._once(sid)):
                return

    def _once(self, sid: str) -> bool:
        """One act; False when there is nothing to do now."""
        match next_act(self._entries[sid], self._now(), self._limits):
            case Act(kind, delay):
                return self._act(sid, kind, delay)
            case Wait(_, seconds):
                if seconds is not None:
                    self._due[sid] = self._clock.monotonic() + seconds
                return False
            case HandOver():
                self._note(sid, HandedOver())
                return False
            case Close():
                self._note(sid, Closed())
                return True
            case Done():
                return False

    def _act(self, sid: str, kind: ActKind, delay: float) -> bool:
        due = self._tried.get(sid, 0.0) + delay
        if delay and self._clock.monotonic() < due:
            self._due[sid] = due
            return False
        self._call(sid, prepare(kind, self._entries[sid], self._parties, self._limits.hold))
        return True

    def _call(self, sid: str, call: Call) -> None:
        run_money(call, lambda fact: self._note(sid, fact))
        self._tried[sid] = self._clock.monotonic()

    def _guard(self, sid: str, work: Callable[[], bool | None]) -> bool:
        """Run `work`; a journal that cannot be written stops this settlement for a while and is said."""
        try:
            return bool(work())
        except JournalUnwritable:
            self._faulted(FaultCode.JOURNAL_FULL, True)
            self._due[sid] = self._clock.monotonic() + _JOURNAL_RETRY
            entry = self._entries[sid]
            self._report(sid, Seeking(sid, entry.number, FaultCode.JOURNAL_FULL))
            return False

    def _note(self, sid: str, fact: Fact) -> None:
        """On disk first, then in memory, then on the screen.

        An answer waits for the disk: it may not be lost while we live.
        """
        at = self._now()
        while True:
            try:
                self._book.append(sid, fact, at)
                break
            except JournalUnwritable:
                if not isinstance(fact, Answered) or self._stopping.wait(_JOURNAL_RETRY):
                    raise
                self._faulted(FaultCode.JOURNAL_FULL, True)
        self._faulted(FaultCode.JOURNAL_FULL, False)
        entry = apply(self._entries[sid], fact, at)
        self._entries[sid] = entry
        if isinstance(fact, Answered):
            self._count_unknown(fact)
        _log.info("money fact", extra={"sid": sid, "fact": type(fact).__name__, "state": entry.state_name()})
        report = report_of(entry)
        if report is not None:
            self._report(sid, report)

    def _count_unknown(self, answer: Answered) -> None:
        """Too many lost settlements in a short time: start no more.

        A sick platform is not to be answered by a storm of reversals.
        """
        if answer.act is not ActKind.SETTLE or answer.verdict is not Verdict.UNKNOWN:
            return
        now = self._clock.monotonic()
        self._unknowns.append(now)
        while self._unknowns and now - self._unknowns[0] > self._limits.pause_within:
            self._unknowns.popleft()
        if len(self._unknowns) >= self._limits.pause_after:
            self._paused_until = now + self._limits.pause_for
            self._faulted(FaultCode.SETTLING_PAUSED, True)

    def _report(self, sid: str, report: Report) -> None:
        ticket = self._tickets.get(sid)
        if ticket is not None and self._reported.get(sid) != report:
            self._reported[sid] = report
            self._post(MoneyReported(ticket, report))
