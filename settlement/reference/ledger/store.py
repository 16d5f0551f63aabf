"""Opens the ledger and hands out transactions: one writer at a time on SQLite, row by row on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.orm import Session, configure_mappers

from settlement.reference.ledger import (
    attempts,
    books,
    claims,
    dealings,
    files,
    mobile,
    office,
    parties,
    refunds,
    rights,
    vouchers,
)
from settlement.reference.ledger.row import Row

__all__ = ["Ledger", "Unstorable", "sqlite_url"]

# Importing them puts them into Row.metadata; a row that nobody watches is read once the mappers are configured.
_TABLES = (attempts, books, claims, dealings, files, mobile, office, parties, refunds, rights, vouchers)
configure_mappers()
_WRITES = "writes"
_POSTGRES_LOCK = 0x6B696F736B  # any number, the same for every backend on one database
_LOST_RACES = frozenset({"40001", "40P01", "23505"})  # not serializable, deadlock, somebody made the same row first
_MOST_ATTEMPTS = 10

ResultT = TypeVar("ResultT")


class Unstorable(Exception):
    """Well-formed, and no database keeps it: longer than its column, a number beyond 64 bits, a NUL in a text."""


class Ledger:
    """The database behind all faces. Every request is one transaction.

    A settlement reads many rows and must not meet a reversal half-way. On SQLite transactions follow one another,
    whoever begins them. On PostgreSQL each first locks what it is about (the persons whom a message names, the bill,
    the order: see `with_for_update` in the faces), so that only requests about the same person or bill wait for one
    another.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, hide_parameters=True)
        self._on_sqlite = self._engine.dialect.name == "sqlite"
        if self._on_sqlite:
            event.listen(self._engine, "connect", _make_durable)
            event.listen(self._engine, "begin", _begin)
        else:
            event.listen(self._engine, "connect", _make_durable_too)
        self._writing = self._engine.execution_options(**{_WRITES: True})
        self._lock = threading.Lock()
        with self._engine.begin() as connection:
            if not self._on_sqlite:  # two backends that start at once would create the same table
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
            if set(Row.metadata.tables) - set(inspect(connection).get_table_names()):  # one question, not one a table
                Row.metadata.create_all(connection)

    def carry_out(self, work: Callable[[Session], ResultT]) -> ResultT:
        """What `work` returns, once its transaction is committed; an exception of its own rolls back and passes on.

        Where the database says that another transaction came first, `work` runs again from the start and sees what that
        one did.

        Raises:
            Unstorable: nothing was kept.
        """
        for attempt in range(1, _MOST_ATTEMPTS + 1):
            try:
                with self.transact() as session:
                    return work(session)
            except (DataError, OverflowError) as error:
                raise Unstorable(type(error).__name__) from None
            except DBAPIError as error:
                if attempt == _MOST_ATTEMPTS or getattr(error.orig, "sqlstate", None) not in _LOST_RACES:
                    raise
        raise AssertionError("the loop returns or raises")

    @contextmanager
    def transact(self, *, alone: bool = False) -> Generator[Session]:
        """One transaction: committed on leaving, rolled back by an exception. `alone`: no other such one beside it."""
        queue = self._lock if self._on_sqlite else nullcontext()
        with queue, Session(self._writing, expire_on_commit=False) as session, session.begin():
            if alone and not self._on_sqlite:
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


def _make_durable_too(connection: DBAPIConnection, _record: object) -> None:
    """The same of PostgreSQL, as far as a client can ask for it: a server with fsync off lies to everybody."""
    cursor = connection.cursor()
    try:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SET lock_timeout = '10s'")
        cursor.execute("SHOW fsync")
        if cursor.fetchone() != ("on",):
            raise RuntimeError("this PostgreSQL server does not keep what it commits: fsync is off")
    finally:
        cursor.close()
    connection.commit()
