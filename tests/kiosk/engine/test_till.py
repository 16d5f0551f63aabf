"""The money thread with a real journal: it works beside the page, ends in order, and takes up what was left."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent, Record
from kiosk.domain.money import Money
from kiosk.domain.sid import new_sid
from kiosk.engine.cashier import Paper
from kiosk.engine.clock import SystemClock, boot_id
from kiosk.engine.till import Listeners, Till
from kiosk.faults import FaultCode
from kiosk.flow.effects import AcceptQuote, Forget, OpenSettlement, PayWithCode
from kiosk.flow.events import MoneyReported
from kiosk.flow.ticket import Ticket
from kiosk.journal.book import Book
from kiosk.journal.store import JournalUnwritable
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Closed, Fact, Opened, PaperDone, PrintIntended, Stamp
from kiosk.saga.report import Completed, QuoteReady, Report, Seeking, Undone
from tests.kiosk.engine.counter import CODE, QUICK
from tests.kiosk.engine.inbox import Inbox, wait_until
from tests.support.fakes import World
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import bill, plan


class FullBook(Book):
    """A journal on a disk that can be full."""

    full = False

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        if self.full:
            raise JournalUnwritable("SQLITE_FULL")
        super().append(sid, fact, at)

    def probe(self) -> None:
        if self.full:
            raise JournalUnwritable("SQLITE_FULL")
        super().probe()


@dataclass
class Desk:
    """One process's till over a folder."""

    folder: Path
    world: World

    def __post_init__(self) -> None:
        self.inbox = Inbox()
        self.book = FullBook(self.folder)
        self.records: list[Record] = []
        listeners = Listeners(self.inbox.post, self.inbox.faulted, self.records.append)
        self.till = Till(self.book, self.world.parties, QUICK, SystemClock(), boot_id(), listeners)

    def start(self) -> Desk:
        self.till.start()
        return self

    def stop(self) -> None:
        self.till.stop()
        self.book.close()

    def report(self, kind: type[Report], number: int = 1) -> Report:
        return self.inbox.wait_for(MoneyReported, number, lambda event: isinstance(event.report, kind)).report

    def open(self, visit: int = 1) -> str:
        self.till.order(OpenSettlement(Ticket(visit, 1), (bill(),)))
        return self.report(QuoteReady, visit).sid

    def pay(self, sid: str, visit: int = 1) -> None:
        self.till.order(AcceptQuote(Ticket(visit, 2), (sid,)))
        self.till.order(PayWithCode(Ticket(visit, 2), (sid,), CODE))

    def entry(self, sid: str) -> Entry:
        entry = self.book.entry(sid)
        assert entry is not None
        return entry


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.engine.notes.JOURNAL_RETRY", 0.02)
    monkeypatch.setattr("kiosk.engine.cashier.JOURNAL_RETRY", 0.02)
    monkeypatch.setattr("kiosk.engine.till._IDLE_SECONDS", 0.02)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def desk(tmp_path: Path, world: World) -> Iterator[Desk]:
    desk = Desk(tmp_path, world)
    yield desk
    desk.stop()


def test_a_visit_is_settled_beside_the_page(desk: Desk) -> None:
    desk.start()
    sid = desk.open()
    desk.pay(sid)
    assert isinstance(desk.report(Completed), Completed)
    desk.till.order(Paper(sid, PrintIntended()))
    desk.till.order(Paper(sid, PaperDone(True)))
    desk.till.order(Forget(1))
    wait_until(lambda: desk.till.entries() == {})
    desk.stop()
    again = Book(desk.folder)
    assert again.verify() is None
    entry = again.entry(sid)
    again.close()
    assert entry is not None
    assert (entry.course, entry.collected, entry.printed) == (Course.CLOSED, Money(1000), True)


def test_only_the_money_thread_asks_the_far_parties(desk: Desk, world: World) -> None:
    threads: set[str] = set()
    world.far.watch = lambda _sent: threads.add(threading.current_thread().name)
    desk.start()
    desk.pay(desk.open())
    desk.report(Completed)
    assert threads == {"money"}


@pytest.mark.parametrize("world", [World([Misfortune("settle", Trouble.LOST_REPLY)])])
def test_a_settlement_left_unknown_is_undone_at_the_next_start(tmp_path: Path, world: World) -> None:
    first = Desk(tmp_path, world)
    stop_at_reversal = threading.Event()

    def watch(sent: object) -> None:
        if getattr(sent, "call", "") == "reverse" and not stop_at_reversal.is_set():
            stop_at_reversal.set()
            first.till._stopping.set()

    world.far.watch = watch
    first.start()
    sid = first.open()
    first.pay(sid)
    assert stop_at_reversal.wait(20)
    first.stop()
    second = Desk(tmp_path, world)
    second.start()
    wait_until(lambda: second.till.recovered and second.till.entries() == {})
    entry = second.entry(sid)
    second.stop()
    assert (entry.mark(ActKind.REVERSE), entry.mark(ActKind.REFUND)) == (Mark.DONE, Mark.DONE)
    assert entry.course is Course.CLOSED
    assert world.ledger.refunded() == Money(1000)
    assert second.inbox.items == [], "its patient has left"


def test_stopping_begins_nothing_new(desk: Desk, world: World) -> None:
    desk.start()
    sid = desk.open()
    desk.till.stop()
    calls = len(world.far.calls)
    desk.pay(sid)
    assert len(world.far.calls) == calls


def test_a_full_disk_is_said_before_anything_is_sent_and_taken_back(desk: Desk, world: World) -> None:
    desk.start()
    wait_until(lambda: desk.till.recovered)
    desk.book.full = True
    desk.till.order(OpenSettlement(Ticket(1, 1), (bill(),)))
    undone = desk.report(Undone)
    assert isinstance(undone, Undone)
    assert undone.fault is FaultCode.JOURNAL_FULL
    assert desk.inbox.faults == {FaultCode.JOURNAL_FULL}
    assert world.far.calls == []
    desk.book.full = False
    desk.inbox.wait_until(lambda: desk.inbox.faults == set())
    desk.pay(desk.open(1))
    desk.report(Completed)


def test_an_answer_that_finds_no_room_is_kept_until_it_does(desk: Desk, world: World) -> None:
    def watch(sent: object) -> None:
        if getattr(sent, "call", "") == "settle":
            desk.book.full = True

    world.far.watch = watch
    desk.start()
    desk.pay(desk.open())
    assert isinstance(desk.report(Seeking), Seeking)
    desk.book.full = False
    desk.report(Completed)
    assert [sent.call for sent in world.far.calls].count("settle") == 1


def test_the_thread_shows_that_it_lives(desk: Desk) -> None:
    before = desk.till.beat
    desk.start()
    wait_until(lambda: desk.till.beat > before)


def test_what_waits_for_time_alone_is_done_in_time(tmp_path: Path) -> None:
    """The last reversal, when no byte of the lost settlement can be alive any more."""
    world = World([Misfortune("settle", Trouble.LOST_REPLY)])
    desk = Desk(tmp_path, world).start()
    sid = desk.open()
    desk.pay(sid)
    desk.report(Undone)
    desk.till.order(Forget(1))
    wait_until(lambda: desk.till.entries() == {})
    assert world.calls().count("reverse") == 2
    desk.stop()


def test_what_a_former_process_left_open_is_written_into_the_audit(tmp_path: Path, world: World) -> None:
    first = Desk(tmp_path, world).start()
    sid = first.open()
    first.stop()
    second = Desk(tmp_path, world).start()
    wait_until(lambda: second.till.recovered)
    second.stop()
    assert [(record.event, record.sid) for record in second.records] == [(AuditEvent.SETTLEMENT_RECOVERED, sid)]


@pytest.mark.expected_log("kiosk.engine.till", logging.ERROR, "journal broken")
def test_a_chain_broken_long_ago_is_found_beside_the_work(tmp_path: Path, world: World) -> None:
    first = Desk(tmp_path, world).start()
    first.open()
    first.stop()
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.execute("DROP TRIGGER entries_stay")
        db.execute("UPDATE entries SET kind = 'Closed' WHERE seq = 2")
    second = Desk(tmp_path, world).start()
    wait_until(lambda: FaultCode.JOURNAL_BROKEN in second.inbox.faults)
    second.stop()


def _damage_old_pages(path: Path) -> None:
    """A bad sector in the middle of the file: two leaves of a table are no longer pages."""
    page = 4096
    raw = bytearray(path.read_bytes())
    leaves = [at for at in range(page, len(raw), page) if raw[at] == 0x0D]
    for at in leaves[1:3]:
        raw[at : at + 64] = b"\xff" * 64
    path.write_bytes(raw)


@pytest.mark.expected_log("kiosk.engine.till", logging.ERROR, "journal broken")
def test_a_damaged_old_page_stops_settling_and_not_the_money_thread(tmp_path: Path, world: World) -> None:
    first = Desk(tmp_path, world)
    at = Stamp("boot", 1.0, 1.0)
    for second in range(300):
        sid = new_sid(second * 1000)
        first.book.append(sid, Opened(plan()), at)
        first.book.append(sid, Closed(), at)
    assert list(first.book.walk())[-1] is None  # walked to its end: the next start trusts what is older
    first.book.close()
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    _damage_old_pages(tmp_path / "journal.db")
    desk = Desk(tmp_path, world).start()
    wait_until(lambda: FaultCode.JOURNAL_BROKEN in desk.inbox.faults)
    beat = desk.till.beat
    wait_until(lambda: desk.till.beat > beat)
    desk.stop()
