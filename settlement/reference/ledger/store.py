"""Opens the ledger and hands out transactions, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from settlement.reference.ledger import dealings, parties
from settlement.reference.ledger.row import Row

__all__ = ["Ledger", "sqlite_url"]

_TABLES = (dealings, parties)  # importing them is what puts them into Row.metadata
_POSTGRES_LOCK = 0x6B696F736B  # any number, the same for every backend on one database


class Ledger:
    """The database behind all faces. Every request is one transaction, and transactions follow one another.

    A settlement reads many rows and must not meet a reversal half-way; a reference has no need to be faster than one at
    a time. Inside the process a lock sees to it, between processes on PostgreSQL an advisory lock.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, hide_parameters=True)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _make_durable)
        self._lock = threading.Lock()
        Row.metadata.create_all(self._engine)

    @contextmanager
    def transact(self) -> Generator[Session]:
        """One transaction: committed on leaving, rolled back by an exception."""
        with self._lock, Session(self._engine, expire_on_commit=False) as session, session.begin():
            if self._engine.dialect.name == "postgresql":
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
            yield session

    @contextmanager
    def look(self) -> Generator[Session]:
        """One consistent view for reading; nothing is kept of what it changes."""
        with Session(self._engine) as session:
            yield session

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _make_durable(connection: DBAPIConnection, _record: object) -> None:
    """What a settlement's acknowledgement means: it survives a power cut. Read back, because libraries in between
    override it.
    """
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
