"""The journal as the till uses it: what is read back is what was known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kiosk.domain.money import Money
from kiosk.domain.sid import new_sid
from kiosk.journal import seal
from kiosk.journal.book import Book
from kiosk.journal.codec import Undecodable, encode
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import ChainBreak
from kiosk.journal.upcasting import upcast
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Accepted, Closed, Fact, GaveUp, Opened, Stamp, Watching
from kiosk.saga.folding import apply, opened
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import History
from tests.support.people import plan

AT = Stamp("boot", 1.0, 1_795_000_000.0)
DAY = 24 * 3600.0


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = Book(tmp_path)
    yield book
    book.close()


def open_visit(book: Book, at: Stamp = AT) -> str:
    sid = new_sid(1)
    book.append(sid, Opened(plan()), at)
    return sid


@pytest.mark.filterwarnings("ignore")
def test_what_is_read_back_is_what_was_known(tmp_path: Path, book: Book) -> None:
    """Real histories, with all their facts, through disk, seal and codec."""
    known: dict[str, Entry] = {}
    for scenario in (*scenarios.undisturbed(), *islice(scenarios.at_random(11), 12)):
        for sid, fact, at in _rows(History(scenario)):
            book.append(sid, fact, at)
            known[sid] = opened(sid, fact, at) if isinstance(fact, Opened) else apply(known[sid], fact, at)
    assert book.entries() == known
    book.close()
    again = Book(tmp_path)
    assert again.entries() == known
    assert again.verify() is None
    assert [again.entry(sid) for sid in known] == list(known.values())
    assert again.open_sids() == [sid for sid, entry in known.items() if entry.course is not Course.CLOSED]
    again.close()


def _rows(history: History) -> list[tuple[str, Fact, Stamp]]:
    history.play()
    return [*history.book.rows]


def test_nothing_of_a_person_is_on_the_disk_in_the_open(tmp_path: Path, book: Book) -> None:
    open_visit(book)
    book.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name != "key")
    for secret in ("张三", "111111198101011110", "X00000017", "阿莫西林", "00000000000000000001"):
        assert secret.encode() not in content
    assert b"Opened" in content


def test_a_row_moved_to_another_visit_does_not_open(tmp_path: Path, book: Book) -> None:
    ours, other = open_visit(book), open_visit(book)
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.executescript("DROP TRIGGER entries_stay")
        db.execute("UPDATE entries SET sid = ? WHERE sid = ?", (ours, other))
    db.close()
    with pytest.raises(Unsealable):
        book.entry(ours)


def test_another_version_is_not_guessed_at(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.executescript("DROP TRIGGER entries_stay; UPDATE entries SET version = 9")
    db.close()
    with pytest.raises(Undecodable, match="version 9"):
        book.entry(sid)


def test_a_visit_that_was_never_opened_takes_no_facts(book: Book) -> None:
    with pytest.raises(Unsealable):
        book.append(new_sid(1), Accepted(), AT)
    assert book.last_seq == 0


def test_watched_visits_are_open_and_closed_ones_are_not(book: Book) -> None:
    watched, closed = open_visit(book), open_visit(book)
    for sid in (watched, closed):
        book.append(sid, Watching(), AT)
    book.append(closed, Closed(), AT)
    assert book.open_sids() == [watched]


def test_after_180_days_a_visit_that_is_over_cannot_be_read_any_more(tmp_path: Path, book: Book) -> None:
    over, still_open = open_visit(book), open_visit(book)
    book.append(over, Closed(), AT)
    assert book.forget(AT.wall + 179 * DAY) == 0
    assert book.forget(AT.wall + 181 * DAY) == 1
    assert list(book.entries()) == [still_open]
    with pytest.raises(Unsealable):
        book.entry(over)
    assert book.verify() is None, "the chain covers what is sealed, not what it says"
    book.append(still_open, GaveUp(), AT)
    book.close()
    again = Book(tmp_path)
    assert list(again.entries()) == [still_open]
    again.close()


def test_a_destroyed_key_is_nowhere_on_the_disk(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    book.append(sid, Closed(), AT)
    wrapped = book._store.key(sid)
    assert wrapped is not None
    assert wrapped in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    book.forget(AT.wall + 181 * DAY)
    assert wrapped not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_msgids_are_remembered(tmp_path: Path, book: Book) -> None:
    assert book.last_msgid() is None
    book.remember_msgid("H00000000001202611230900000070")
    book.close()
    again = Book(tmp_path)
    assert again.last_msgid() == "H00000000001202611230900000070"
    again.close()


def test_a_reader_changes_nothing(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    reader = Book(tmp_path, writable=False)
    assert reader.entry(sid) == book.entry(sid)
    reader.close()


def test_a_journal_without_its_key_is_not_given_a_new_one(tmp_path: Path, book: Book) -> None:
    open_visit(book)
    book.close()
    (tmp_path / "key").unlink()
    for writable in (True, False):
        with pytest.raises(Unsealable):
            Book(tmp_path, writable=writable)


def walk(book: Book) -> list[object]:
    return [found for found in book.walk(rows=2) if found is not None]


def alter(folder: Path, seq: int) -> None:
    with sqlite3.connect(folder / "journal.db") as db:
        db.execute("DROP TRIGGER IF EXISTS entries_stay")
        db.execute("UPDATE entries SET kind = 'Accepted' WHERE seq = ?", (seq,))


def test_a_start_waits_only_for_what_was_written_since_the_chain_was_walked(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    book.append(sid, GaveUp(), AT)
    assert walk(book) == []
    book.append(sid, Closed(), AT)
    alter(tmp_path, 2)
    assert book.verify_newest() is None, "behind the checkpoint"
    assert [broken.seq for broken in walk(book) if isinstance(broken, ChainBreak)] == [2], "and found by the next walk"
    alter(tmp_path, 3)
    assert book.verify_newest() == ChainBreak(3, "row altered")


def test_a_checkpoint_somebody_else_wrote_is_none(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    book.append(sid, GaveUp(), AT)
    assert walk(book) == []
    with sqlite3.connect(tmp_path / "journal.db") as db:
        note = db.execute("SELECT value FROM notes WHERE name = 'checkpoint'").fetchone()[0]
        seq, digest, tag = note.split(":")
        forged = f"{seq}:{digest}:{tag[::-1]}"
        db.execute("UPDATE notes SET value = ? WHERE name = 'checkpoint'", (forged,))
    alter(tmp_path, 1)
    assert book.verify_newest() == ChainBreak(1, "row altered")


def test_rows_lost_from_the_end_are_missed_behind_a_checkpoint_too(tmp_path: Path, book: Book) -> None:
    sid = open_visit(book)
    assert walk(book) == []
    book.append(sid, GaveUp(), AT)
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.execute("DROP TRIGGER entries_last")
        db.execute("DELETE FROM entries WHERE seq = 2")
    assert book.verify_newest() == ChainBreak(2, "row missing")


def test_what_the_version_before_wrote_is_recovered_by_this_one(tmp_path: Path, book: Book) -> None:
    """An update between the intent of a payment and its recovery: the order was one settlement's and its part."""
    old = {"_": "Intended", "act": "collect", "key": "k" * 26, "digest": "", "amount": 1000}
    sid = open_visit(book)
    tree = json.dumps({"at": encode(AT), "fact": old}).encode()
    sealed = seal.seal(book._keys._of(sid), tree, f"{sid}/Intended/1".encode())
    book._store.append(sid, "Intended", 1, sealed)
    entry = book.entry(sid)
    assert entry is not None
    assert entry.order is not None
    assert (entry.order.whole, entry.order.refund_key) == (Money(1000), "k" * 26 + "r")


def test_a_version_of_the_future_is_not_guessed() -> None:
    with pytest.raises(Undecodable, match="version 9"):
        upcast({}, 9)


def test_the_key_may_be_a_credential_of_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials, folder = tmp_path / "credentials", tmp_path / "kiosk"
    credentials.mkdir()
    folder.mkdir()
    (credentials / "kiosk.key").write_bytes(bytes(range(32)))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    book = Book(folder)
    sid = open_visit(book)
    book.close()
    assert not (folder / "key").exists()
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    (folder / "key").write_bytes(bytes(32))
    with pytest.raises(Unsealable):
        Book(folder).entry(sid)
