"""The journal's table: append-only rows in SQLite, each chained to the one before.

WAL with synchronous=FULL: when `append` returns, the row is on the disk. The settings are read back, because a build
of SQLite or a file system may quietly refuse them. One process and one thread write; any process may read.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  seq INTEGER PRIMARY KEY, sid TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,
  body BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entries_by_sid ON entries (sid, seq);
CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind, sid);
CREATE TABLE IF NOT EXISTS keys (sid TEXT PRIMARY KEY, made REAL NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS entries_last BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""
_HEAD = "head"
_NOTE = "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class JournalUnwritable(Exception):
    """The row is not on the disk: no space, read-only, or an I/O error. Whoever wanted to act must not."""


class JournalUnreadable(Exception):
    """A page of the file is damaged: the rows on it are lost, the others are not."""


class JournalUnsafe(Exception):
    """No journal to trust: its settings did not take, or the file is no database."""


@dataclass(frozen=True, slots=True)
class Row:
    seq: int
    sid: str
    kind: str
    version: int
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first row that does not follow from those before it."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: a row's number and hash."""

    seq: int
    hash: bytes


GENESIS = Link(0, bytes(32))
"""Before the first row."""
_STRIDE = 5_000


def chain_hash(previous: bytes, seq: int, sid: str, kind: str, version: int, body: bytes) -> bytes:
    """SHA-256 over the previous hash and every column, lengths included so that no two rows read alike."""
    digest = hashlib.sha256(previous)
    for part in (str(seq), sid, kind, str(version)):
        raw = part.encode()
        digest.update(len(raw).to_bytes(4, "big") + raw)
    digest.update(len(body).to_bytes(4, "big") + body)
    return digest.digest()


def _head(seq: int, link: bytes) -> str:
    return f"{seq}:{link.hex()}"


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA busy_timeout = 5000")
    return db


class Store:
    """`append` is the only way in. Rows are appended by one thread; notes may come from another, hence the lock.

    The note `head` names the newest row and is written with it, so that rows lost from the end are missed.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._lock = threading.Lock()
        try:
            self._db = _connect(path, "rwc" if writable else "ro")
            if writable:
                self._make_safe()
            self._last = self._tail()
        except sqlite3.OperationalError as problem:
            raise JournalUnwritable(problem.sqlite_errorname) from None
        except sqlite3.DatabaseError as problem:
            raise JournalUnsafe(problem.sqlite_errorname) from None

    def _make_safe(self) -> None:
        mode = self._db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA fullfsync = ON")
        self._db.execute("PRAGMA secure_delete = ON")  # a key that is deleted is overwritten, not only unlinked
        level = self._db.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, level) != ("wal", 2):
            raise JournalUnsafe(f"journal_mode {mode}, synchronous {level}")
        self._db.executescript(_SCHEMA)

    def _tail(self) -> tuple[int, bytes]:
        row = self._db.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (GENESIS.seq, GENESIS.hash)

    @property
    def last_seq(self) -> int:
        return self._last[0]

    def append(self, sid: str, kind: str, version: int, body: bytes) -> Row:
        """Put one row on the disk; JournalUnwritable when it is not there for certain."""
        seq, previous = self._last[0] + 1, self._last[1]
        row = Row(seq, sid, kind, version, body, chain_hash(previous, seq, sid, kind, version, body))
        values = (row.seq, row.sid, row.kind, row.version, row.body, row.hash)
        self._write(
            ("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", values), (_NOTE, (_HEAD, _head(row.seq, row.hash)))
        )
        self._last = (row.seq, row.hash)
        return row

    def _write(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """All or nothing."""
        try:
            with self._lock:
                self._transact(statements)
        except sqlite3.Error as problem:
            raise JournalUnwritable(getattr(problem, "sqlite_errorname", type(problem).__name__)) from None

    def _transact(self, statements: tuple[tuple[str, tuple[object, ...]], ...]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for statement, values in statements:
                self._db.execute(statement, values)
            self._db.execute("COMMIT")
        except sqlite3.Error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def rows(self, after: int = 0) -> Iterator[Row]:
        for row in self._db.execute("SELECT * FROM entries WHERE seq > ? ORDER BY seq", (after,)):
            yield Row(*row)

    def rows_of(self, sid: str) -> list[Row]:
        """Every row of one visit; JournalUnreadable when any of them is lost."""
        return [Row(*row) for row in self._read("SELECT * FROM entries WHERE sid = ? ORDER BY seq", (sid,))]

    def _read(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as problem:
            raise JournalUnreadable(problem.sqlite_errorname) from None

    def sids_without(self, first: str, last: tuple[str, ...]) -> list[str]:
        """Which have a row of kind `first` and none of the kinds `last`, in the order of their first rows.

        JournalUnreadable when nobody can say.
        """
        marks = ", ".join("?" * len(last))
        query = (
            f"SELECT sid FROM entries WHERE kind = ? AND sid NOT IN (SELECT sid FROM entries WHERE kind IN ({marks}))"  # noqa: S608
        )
        return [row[0] for row in self._read(f"{query} ORDER BY seq", (first, *last))]

    def verify(self, after: Link = GENESIS) -> ChainBreak | None:
        """The first break of the chain behind `after`, None when every row follows and the newest is there."""
        link = after
        while True:
            found = self.follow(link, _STRIDE)
            if isinstance(found, ChainBreak):
                return found
            if found == link:
                return None if self._is_newest(link) else ChainBreak(link.seq + 1, "row missing")
            link = found

    def _is_newest(self, link: Link) -> bool:
        return link.seq == 0 or self.note(_HEAD) == _head(link.seq, link.hash)

    def follow(self, link: Link, rows: int) -> Link | ChainBreak:
        """Up to so many rows further: the last of them that follows, `link` itself when there are none."""
        try:
            found = self._rows_after(link.seq, rows)
        except JournalUnreadable:
            return ChainBreak(link.seq + 1, "rows unreadable")
        for row in found:
            if row.seq != link.seq + 1:
                return ChainBreak(link.seq + 1, "row missing")
            if row.hash != chain_hash(link.hash, row.seq, row.sid, row.kind, row.version, row.body):
                return ChainBreak(row.seq, "row altered")
            link = Link(row.seq, row.hash)
        return link

    def _rows_after(self, seq: int, most: int) -> list[Row]:
        return [
            Row(*row) for row in self._read("SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?", (seq, most))
        ]

    def put_key(self, sid: str, made: float, wrapped: bytes) -> None:
        self._write(("INSERT INTO keys VALUES (?, ?, ?)", (sid, made, wrapped)))

    def key(self, sid: str) -> bytes | None:
        row = self._db.execute("SELECT wrapped FROM keys WHERE sid = ?", (sid,)).fetchone()
        return row[0] if row else None

    def keyed_sids(self) -> frozenset[str]:
        """The visits whose contents can still be read."""
        return frozenset(row[0] for row in self._db.execute("SELECT sid FROM keys"))

    def drop_keys(self, before: float, keep: list[str]) -> int:
        """Make the contents of visits older than `before` (wall seconds) unreadable for ever, save `keep`; how many."""
        old = [row[0] for row in self._db.execute("SELECT sid FROM keys WHERE made < ?", (before,))]
        gone = [sid for sid in old if sid not in keep]
        if gone:
            self._write(*(("DELETE FROM keys WHERE sid = ?", (sid,)) for sid in gone))
            with self._lock:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log still holds the page as it was
        return len(gone)

    def put_note(self, name: str, value: str) -> None:
        """A small fact that only its newest value matters of, such as the last msgid."""
        self._write((_NOTE, (name, value)))

    def note(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        self._db.close()
