"""The table of the journal: what is acknowledged stays, and nothing in it can be changed unnoticed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.journal.store import JournalUnsafe, JournalUnwritable, Store, chain_hash

ROWS = 8


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "journal.db")
    yield store
    store.close()


def fill(store: Store, rows: int = ROWS) -> None:
    for number in range(rows):
        store.append(f"S{number % 3}", "Fact", 1, f"body {number}".encode())


def tamper(path: Path, *statements: str) -> None:
    """With the tools of somebody who may write the file: the triggers are no obstacle to them."""
    with sqlite3.connect(path) as db:
        db.executescript("DROP TRIGGER entries_stay; DROP TRIGGER entries_last;")
        for statement in statements:
            db.execute(statement)
    db.close()


def test_what_was_appended_is_there_after_the_process_died(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from kiosk.journal.store import Store;"
        "store = Store(Path(sys.argv[1])); store.append('S', 'Opened', 1, b'kept'); os._exit(9)"
    )
    path = tmp_path / "journal.db"
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 9
    again = Store(path)
    assert [(row.sid, row.kind, row.body) for row in again.rows()] == [("S", "Opened", b"kept")]
    assert again.verify() is None
    again.close()


def test_rows_are_numbered_and_chained(store: Store) -> None:
    fill(store)
    rows = list(store.rows())
    assert [row.seq for row in rows] == list(range(1, ROWS + 1))
    previous = bytes(32)
    for row in rows:
        assert row.hash == chain_hash(previous, row.seq, row.sid, row.kind, row.version, row.body)
        previous = row.hash
    assert store.verify() is None
    assert store.last_seq == ROWS


def test_the_chain_goes_on_after_a_restart(tmp_path: Path, store: Store) -> None:
    fill(store)
    store.close()
    again = Store(tmp_path / "journal.db")
    fill(again)
    assert again.verify() is None
    assert again.last_seq == 2 * ROWS
    again.close()


def test_an_empty_journal_is_whole(store: Store) -> None:
    assert store.verify() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(column=st.sampled_from(["sid", "kind", "version", "body", "hash"]), seq=st.integers(1, ROWS), data=st.data())
def test_any_byte_edited_is_found(
    tmp_path_factory: pytest.TempPathFactory, column: str, seq: int, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("edited") / "journal.db"
    store = Store(path)
    fill(store)
    store.close()
    with sqlite3.connect(path) as db:
        old = db.execute(f"SELECT {column} FROM entries WHERE seq = ?", (seq,)).fetchone()[0]
    db.close()
    tamper(path, f"UPDATE entries SET {column} = {_other(old, data)} WHERE seq = {seq}")
    again = Store(path)
    broken = again.verify()
    again.close()
    assert broken is not None
    assert broken.seq == seq


def _other(old: int | str | bytes, data: st.DataObject) -> str:
    """Another value of the same type, one byte away, as SQL."""
    if isinstance(old, int):
        return str(old + data.draw(st.sampled_from([-1, 1, 7])))
    raw = bytearray(old.encode() if isinstance(old, str) else old)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = (raw[at] + 1) % 128 or 1 if isinstance(old, str) else raw[at] ^ data.draw(st.integers(1, 255))
    return f"CAST(X'{raw.hex()}' AS TEXT)" if isinstance(old, str) else f"X'{raw.hex()}'"


def _swap(a: int, b: int) -> str:
    return (
        f"UPDATE entries SET seq = -{a} WHERE seq = {a}; UPDATE entries SET seq = {a} WHERE seq = {b};"
        f"UPDATE entries SET seq = {b} WHERE seq = -{a}"
    )


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
def test_a_row_taken_out_is_missed_the_last_one_too(tmp_path: Path, store: Store, seq: int) -> None:
    fill(store)
    tamper(tmp_path / "journal.db", f"DELETE FROM entries WHERE seq = {seq}")
    broken = store.verify()
    assert broken is not None
    assert (broken.seq, broken.why) == (seq, "row missing")


@pytest.mark.parametrize(("a", "b"), [(1, 2), (3, 7), (7, 8)])
def test_two_rows_swapped_are_found(tmp_path: Path, store: Store, a: int, b: int) -> None:
    fill(store)
    tamper(tmp_path / "journal.db", *_swap(a, b).split(";"))
    broken = store.verify()
    assert broken is not None
    assert broken.seq == a


def test_a_row_pushed_in_is_found(tmp_path: Path, store: Store) -> None:
    fill(store)
    row = f"INSERT INTO entries SELECT {ROWS + 1}, sid, kind, version, body, hash FROM entries WHERE seq = 2"
    tamper(tmp_path / "journal.db", row)
    assert store.verify() is not None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE entries SET body = X'00'", "DELETE FROM entries", "UPDATE entries SET kind = 'Closed' WHERE seq = 1"],
)
def test_plain_sql_cannot_change_a_row(tmp_path: Path, store: Store, statement: str) -> None:
    fill(store)
    db = sqlite3.connect(tmp_path / "journal.db")
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        db.execute(statement)
    db.close()


def _fill_up(store: Store) -> None:
    for _ in range(1_000):
        store.append("S", "Fact", 1, bytes(4096))


def test_a_full_disk_is_named_and_leaves_the_chain_whole(tmp_path: Path, store: Store) -> None:
    """A limit on the file's size stands for the end of the disk."""
    fill(store)
    store._db.execute("PRAGMA max_page_count = 1")
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    with pytest.raises(JournalUnwritable, match="SQLITE_FULL"):
        _fill_up(store)
    written = store.last_seq
    assert store.verify() is None
    store._db.execute(f"PRAGMA max_page_count = {pages + 1_000}")
    assert store.append("S", "Fact", 1, b"room again").seq == written + 1
    assert store.verify() is None


def test_a_row_and_its_head_are_written_together_or_not_at_all(store: Store) -> None:
    fill(store)
    store._db.execute("CREATE TRIGGER no_notes BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(JournalUnwritable, match="CONSTRAINT"):
        store.append("S", "Fact", 1, b"half")
    assert store.last_seq == ROWS
    assert store.verify() is None


def test_settings_that_did_not_take_are_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    class Lying(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
            return super().execute("PRAGMA synchronous = NORMAL" if "synchronous = FULL" in sql else sql, parameters)

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, factory=Lying, **k))
    with pytest.raises(JournalUnsafe, match="synchronous 1"):
        Store(tmp_path / "journal.db")


def test_a_folder_that_cannot_be_written_is_no_broken_journal(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises((JournalUnwritable, sqlite3.OperationalError)):
        Store(tmp_path / "journal.db")


def test_notes_keep_their_newest_value(tmp_path: Path, store: Store) -> None:
    assert store.note("last_msgid") is None
    for value in ("1", "2"):
        store.put_note("last_msgid", value)
    store.close()
    again = Store(tmp_path / "journal.db")
    assert again.note("last_msgid") == "2"
    again.close()


def test_open_visits_are_found_by_the_kinds_of_their_rows(store: Store) -> None:
    for sid, kinds in {
        "A": ["Opened", "Closed"],
        "B": ["Opened", "Fact"],
        "C": ["Opened", "Resolved"],
        "D": ["Opened"],
    }.items():
        for kind in kinds:
            store.append(sid, kind, 1, b"")
    assert store.sids_without("Opened", ("Closed", "Resolved")) == ["B", "D"]


def test_a_reader_sees_what_a_writer_writes(tmp_path: Path, store: Store) -> None:
    reader = Store(tmp_path / "journal.db", writable=False)
    fill(store)
    assert len(list(reader.rows())) == ROWS
    with pytest.raises(JournalUnwritable, match="READONLY"):
        reader.append("S", "Fact", 1, b"")
    reader.close()
