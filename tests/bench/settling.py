"""Settle overhead: what the kiosk adds to the time the backend takes for a 2207.

From the making of the message to the answer in the journal: compose, msgid and intent on the disk, TLS, parse, check
the amounts, answer on the disk. What is spent waiting to read from TLS is the backend's own time and is taken off. The
peer sends the bytes of other 2207s of the same kind by `http.client` on the same TLS and reads the reply as JSON; its
waiting is taken off alike. Every bill is a fresh one and is settled, paid and booked in truth.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from kiosk.building import Builder, FaultBoard
from kiosk.demo import surroundings
from kiosk.domain.personal import Voucher
from kiosk.domain.policy import Limits, SettlementProfile
from kiosk.domain.settlement import Settlement
from kiosk.engine.cashier import Cashier, Paper
from kiosk.engine.clock import SystemClock, boot_id, stamp
from kiosk.engine.money import Parties
from kiosk.flow.effects import AcceptQuote, Forget, OpenSettlement, PayWithCode
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.offer import Bill
from kiosk.flow.ticket import Ticket
from kiosk.journal.book import Book
from kiosk.ports.hospital import Bills
from kiosk.ports.settlement import Failure, PersonFound, Prepared, SettledWrong
from kiosk.saga.facts import ActKind, Answered, Fact, PaperDone, PrintIntended, Stamp
from kiosk.workdir import Workdir
from settlement import reading
from settlement.wire.codec import decode
from settlement.wire.envelope import ENDPOINT
from tests.bench.far_end import RawLine, Waiting, access
from tests.bench.figures import Figure, percentile, tell
from tests.bench.living import certno, credential, foundation

_ROUNDS = 80  # every second one beside a peer's
_GOAL_MS = 20.0
_JOURNAL_GOAL_MS = 10.0


@dataclass
class Stopwatch:
    """Milliseconds of each 2207: the whole, and of it the waiting."""

    waiting: Waiting
    whole: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    _began: tuple[float, float] = (0.0, 0.0)

    def start(self) -> None:
        self._began = time.perf_counter(), self.waiting.seconds

    def stop(self) -> None:
        began, waited = self._began
        self.whole.append((time.perf_counter() - began) * 1000)
        self.waited.append((self.waiting.seconds - waited) * 1000)

    @property
    def overhead(self) -> list[float]:
        return [whole - waited for whole, waited in zip(self.whole, self.waited, strict=True)]


class TimedBook(Book):
    """The journal; `watch`, where there is one, stops when the answer to a 2207 is on the disk. `spent` is how long
    rows took, and how many they were.
    """

    watch: Stopwatch | None = None
    spent: tuple[float, int] = (0.0, 0)

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        began = time.perf_counter()
        super().append(sid, fact, at)
        seconds, rows = self.spent
        self.spent = seconds + time.perf_counter() - began, rows + 1
        if self.watch is not None and isinstance(fact, Answered) and fact.act is ActKind.SETTLE:
            self.watch.stop()


class TimedPlatform:
    """The platform; the watch starts when a 2207 is to be made."""

    def __init__(self, platform: Any, watch: Stopwatch) -> None:
        self._platform, self._watch = platform, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._platform, name)

    def prepare_settle(self, *said: Any) -> Prepared:
        self._watch.start()
        prepared: Prepared = self._platform.prepare_settle(*said)
        return prepared


class RawPlatform(TimedPlatform):
    """The same platform, whose 2207 leaves by `http.client`; only that is timed."""

    def __init__(self, platform: Any, watch: Stopwatch, line: RawLine, profile: SettlementProfile) -> None:
        super().__init__(platform, watch)
        self._line, self._profile = line, profile

    def settle(self, sent: Prepared) -> Settlement | SettledWrong | Failure:
        self._watch.start()
        told = self._line.ask("POST", ENDPOINT, sent.body)
        json.loads(told)
        self._watch.stop()
        asked = Decimal(str(decode(sent.body)["input"]["data"]["medfee_sumamt"]))
        return reading.read_settlement(decode(told)["output"], sent.msgid, asked, self._profile, SystemClock().now())


class Desk:
    """Settles bill after bill as the money thread does, without anybody's reading or scanning."""

    def __init__(self, book: Book, parties: Parties, limits: Limits) -> None:
        clock, boot = SystemClock(), boot_id()
        self._parties = parties
        self._reported: list[MoneyReported] = []
        self._cashier = Cashier(
            book,
            parties,
            limits,
            lambda: stamp(clock, boot),
            post=self._hear,
            faulted=lambda _fault, _on: None,
            stopping=lambda: False,
        )
        found = parties.settlement.find_person(credential("zhangsan"))
        assert isinstance(found, PersonFound), found
        self._person = found.person

    def _hear(self, event: Event) -> None:
        if isinstance(event, MoneyReported):
            self._reported.append(event)

    def settle(self, visit: int, batch_no: str) -> None:
        unpaid = self._parties.hospital.unpaid(self._person)
        assert isinstance(unpaid, Bills), unpaid
        batch = next(each for each in unpaid.batches if each.batch_no == batch_no)
        serve, ticket = self._cashier.serve, Ticket(visit, 1)
        serve(OpenSettlement(ticket, (Bill(self._person, self._person.insurances[0], batch),)))
        sid = self._reported[-1].report.sid
        serve(AcceptQuote(ticket, (sid,)))
        serve(PayWithCode(ticket, (sid,), Voucher(f"1345{visit:014d}")))
        entry = self._cashier.entries()[sid]
        assert entry.booking is not None, entry.state_name()
        serve(Paper(sid, PrintIntended()))
        serve(Paper(sid, PaperDone(printed=True)))
        serve(Forget(visit))


def measure(folder: Path) -> list[Figure]:
    waiting = Waiting()
    ours, raw, trips = Stopwatch(waiting), Stopwatch(waiting), Stopwatch(waiting)
    syncs: list[float] = []
    kept: list[tuple[float, int]] = []
    with surroundings(Workdir(folder / "house")) as around, waiting.counted():
        at = foundation(around)
        book = TimedBook(around.workdir.kiosk)
        builder = Builder(at, book, FaultBoard(lambda _faults: None))
        parties = builder.parties(builder.terminal())
        line, profile = RawLine(access(around)), at.pack.settlement
        our_desk = Desk(book, replace(parties, settlement=TimedPlatform(parties.settlement, ours)), profile.limits)
        raw_platform = RawPlatform(parties.settlement, raw, line, profile)
        raw_desk = Desk(book, replace(parties, settlement=raw_platform), profile.limits)
        for visit in range(_ROUNDS):
            for desk in (our_desk, raw_desk) if visit % 2 else (our_desk,):
                book.watch = ours if desk is our_desk else None
                book.spent = (0.0, 0)
                desk.settle(visit, line.fresh_bill(certno("zhangsan"), "ct"))
                kept.append(book.spent)
            trips.start()
            line.ask("GET", "/")
            trips.stop()
            syncs.append(_sync(folder))
        line.close()
        book.close()
    return [*_figures(ours, raw, trips, syncs), _journal(kept, syncs)]


def _sync(folder: Path) -> float:
    """Milliseconds in which this disk takes one page for certain; a 2207 writes three."""
    with (folder / "page").open("wb", buffering=0) as file:
        began = time.perf_counter()
        file.write(bytes(4096))
        os.fsync(file.fileno())
        return (time.perf_counter() - began) * 1000


def _journal(kept: Sequence[tuple[float, int]], syncs: Sequence[float]) -> Figure:
    """All rows of a visit, sealed, chained and on the disk; beside them as many pages written and synced alone."""
    rows = round(percentile([count for _, count in kept], 0.5))
    spent = percentile([seconds * 1000 for seconds, _ in kept], 0.5)
    bare = rows * percentile(syncs, 0.5)
    note = f"{rows} rows; one fsync {percentile(syncs, 0.5):.2f} ms"
    peer = "as many pages, written and synced alone"
    return Figure("journal's share of a visit, median", spent, "ms", len(kept), _JOURNAL_GOAL_MS, peer, bare, note)


def _figures(ours: Stopwatch, raw: Stopwatch, trips: Stopwatch, syncs: list[float]) -> list[Figure]:
    note = (
        f"median {percentile(ours.overhead, 0.5):.1f}; backend's own time {percentile(ours.waited, 0.5):.1f}, "
        f"peer's {percentile(raw.waited, 0.5):.1f}; one fsync of three {percentile(syncs, 0.5):.1f}, "
        f"p99 {percentile(syncs, 0.99):.1f}"
    )
    return [
        Figure(
            "settle overhead over the backend's time, p99",
            percentile(ours.overhead, 0.99),
            "ms",
            len(ours.whole),
            _GOAL_MS,
            "http.client, same TLS, no journal",
            percentile(raw.overhead, 0.99),
            note,
        ),
        Figure(
            "settle, the whole 2207, median",
            percentile(ours.whole, 0.5),
            "ms",
            len(ours.whole),
            None,
            "http.client, same bytes and TLS",
            percentile(raw.whole, 0.5),
            f"bare TLS round trip {percentile(trips.whole, 0.5):.1f}",
        ),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
