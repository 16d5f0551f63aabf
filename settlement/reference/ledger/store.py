"""Opens the ledger and hands out transactions, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from settlement.reference.ledger import attempts, dealings, parties
from settlement.reference.ledger.row import Row

__all__ = ["Ledger", "sqlite_url"]

_TABLES = (attempts, dealings, parties)  # importing them is what puts them into Row.metadata
_WRITES = "writes"
_POSTGRES_LOCK = 0x6B696F736B  # any number, the same for every backend on one database


class Ledger:
    """The database behind all faces. Every request is one transaction, and transactions follow one another.

    A settlement reads many rows and must not meet a reversal half-way; a reference has no need to be faster than one at
    a time. Inside the process a lock sees to it, between processes on PostgreSQL an advisory lock.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, hide_parameters=True)
        self._on_sqlite = self._engine.dialect.name == "sqlite"
        if self._on_sqlite:
            event.listen(self._engine, "connect", _make_durable)
            event.listen(self._engine, "begin", _begin)
        self._lock = threading.Lock()
        Row.metadata.create_all(self._engine)

    @contextmanager
    def transact(self) -> Generator[Session]:
        """One transaction: committed on leaving, rolled back by an exception."""
        writing = self._engine.execution_options(**{_WRITES: True})
        with self._lock, Session(writing, expire_on_commit=False) as session, session.begin():
            if not self._on_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
            yield session

    @contextmanager
    def look(self) -> Generator[Session]:
        """One consistent view for reading, beside a backend that goes on writing."""
        still = self._engine if self._on_sqlite else self._engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(still) as session:
            yield session

    def close(self) -> None:
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _begin(connection: Connection) -> None:
    """Python's sqlite3 would begin at the first write only, and each reading before it would see another moment."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_durable(connection: DBAPIConnection, _record: object) -> None:
    """What a settlement's acknowledgement means: it survives a power cut. Read back, because libraries in between
    override it.
    """
    connection.isolation_level = None  # `_begin` begins
    cursor = connection.cursor()
    try:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
        for pragma, value in wanted.items():
            cursor.execute(f"PRAGMA {pragma}={value}")
            cursor.execute(f"PRAGMA {pragma}")
            if cursor.fetchone() != (value,):
                raise RuntimeError(f"SQLite did not take {pragma}")
    finally:
        cursor.close()
