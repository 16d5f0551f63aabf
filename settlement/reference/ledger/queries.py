"""Rows that are read and written without being watched: what every visit asks of the ledger, asked quickly.

SQLAlchemy's mapper watches each row that it reads or writes, and composes a statement anew for each question; both cost
several times what the database does. Here SQLAlchemy writes a statement once for each kind of database, the driver runs
it, and rows are values. Faces that change a row which they have read, and are asked rarely, use the mapper.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import UpdateBase

from settlement.reference.ledger.row import Row

RowT = TypeVar("RowT", bound=Row)

_LARGEST = 2**63 - 1


class _Composed:
    """A statement of which each kind of database has a text of its own, written when it is first asked."""

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def run(self, session: Session, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows it answers; none where it changes something. Values are given by the names of its `bindparam`s."""
        connection = connection_of(session)
        written = self._for(connection.dialect)
        with _driver(connection, written) as cursor:
            cursor.execute(written.sql, written.bound(values))
            return written.read(cursor.fetchall()) if written.answers else []

    def run_for_each(self, session: Session, rows: Sequence[Mapping[str, object]]) -> None:
        """Without waiting for the answer to one before the next is sent."""
        connection = connection_of(session)
        written = self._for(connection.dialect)
        if any(isinstance(value, int) and abs(value) > _LARGEST for row in rows for value in row.values()):
            raise OverflowError("a number beyond 64 bits")  # before it breaks a line of statements in the middle
        with _driver(connection, written) as cursor:
            cursor.executemany(written.sql, [written.bound(row) for row in rows])

    def _for(self, dialect: Dialect) -> _Written:
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _Written(self._statement, dialect)
        return written


@contextmanager
def _driver(connection: Connection, written: _Written) -> Generator[DBAPICursor]:
    """A cursor of the driver's own; what it raises is raised as SQLAlchemy's."""
    dialect, cursor = connection.dialect, connection.connection.cursor()
    try:
        yield cursor
    except dialect.loaded_dbapi.Error as error:
        known = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(written.sql, {}, error, known, hide_parameters=True, dialect=dialect) from error
    finally:
        cursor.close()


class Query(Generic[RowT]):
    """Whole rows of one table; values are given by the names of the conditions' `bindparam`s, none of them a list.

    `locked`: whoever else asks so for the same row waits until this transaction is over. On SQLite, where transactions
    follow one another, it changes nothing.
    """

    def __init__(
        self,
        kind: type[RowT],
        *conditions: ColumnElement[bool],
        order_by: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]] = (),
        locked: bool = False,
    ) -> None:
        columns = table_of(kind).columns
        self._kind, self._names = kind, tuple(column.key for column in columns)
        statement = select(*columns).where(*conditions).order_by(*order_by)
        self._composed = _Composed(statement.with_for_update(key_share=True) if locked else statement)

    def all(self, session: Session, **values: object) -> list[RowT]:
        found = self._composed.run(session, values)
        return [self._kind.unwatched(dict(zip(self._names, row, strict=True))) for row in found]

    def first(self, session: Session, **values: object) -> RowT | None:
        """The first row in the order asked for, if there is one."""
        return next(iter(self.all(session, **values)), None)


class Change:
    """An insert, update or delete. Values are given by the names of its `bindparam`s."""

    def __init__(self, statement: UpdateBase) -> None:
        self._composed = _Composed(statement)

    def make(self, session: Session, **values: object) -> None:
        self._composed.run(session, values)


class Figure:
    """One number: a sum, a count."""

    def __init__(self, statement: Select[int]) -> None:
        self._composed = _Composed(statement)

    def of(self, session: Session, **values: object) -> int:
        ((number,),) = self._composed.run(session, values)
        return int(number)


class _Written:
    """A statement as one kind of database takes it, and what becomes of values on their way there and back."""

    def __init__(self, statement: Select[Any] | UpdateBase, dialect: Dialect) -> None:
        compiled = cast("Any", statement.compile(dialect=dialect))
        self.sql = str(compiled)
        self._given = {name: value for name, value in compiled.params.items() if value is not None}
        self._order: list[str] | None = compiled.positiontup
        self._outward = {
            name: convert
            for bind, name in compiled.bind_names.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        columns = _answered(statement)
        self.answers = bool(columns)
        types = [column.type.dialect_impl(dialect) for column in columns]
        self._inward = [
            (at, convert) for at, kind in enumerate(types) if (convert := kind.result_processor(dialect, None))
        ]

    def bound(self, values: Mapping[str, object]) -> Any:
        given = {**self._given, **values}
        for name, convert in self._outward.items():
            given[name] = convert(given[name])
        return given if self._order is None else tuple(given[name] for name in self._order)

    def read(self, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        if not self._inward:
            return [tuple(row) for row in rows]
        return [self._read(row) for row in rows]

    def _read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        told = list(row)
        for at, convert in self._inward:
            told[at] = convert(told[at])
        return tuple(told)


def _answered(statement: Select[Any] | UpdateBase) -> list[ColumnElement[Any]]:
    if isinstance(statement, Select):
        return list(statement.selected_columns)
    return list(cast("Any", statement).exported_columns)  # what it is told to return


def store(session: Session, *rows: Row) -> None:
    """Insert new rows of one table. They are not watched either: what changes in them afterwards is not kept."""
    match [row.values() for row in rows]:
        case []:
            return
        case [values]:
            _insert(type(rows[0])).run(session, values)
        case values:
            _insert(type(rows[0])).run_for_each(session, values)


def store_numbered(session: Session, row: Row) -> int:
    """The same of one row of a table that numbers its rows; its number."""
    ((number,),) = _numbered_insert(type(row)).run(session, row.values())
    return int(number)


def run(
    session: Session, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> CursorResult[Any]:
    """By SQLAlchemy, on the session's own connection and past its mapper: for lists of values or of rows."""
    return connection_of(session).execute(statement, cast("Any", values))


def connection_of(session: Session) -> Connection:
    """The one that its transaction has. What the mapper has not flushed is not seen on it."""
    known: Connection | None = session.info.get(_CONNECTION)
    return known or session.info.setdefault(_CONNECTION, session.connection())


_CONNECTION = "the transaction's connection"


def table_of(kind: type[Row]) -> Table:
    return cast("Table", kind.__table__)


@cache
def _insert(kind: type[Row]) -> _Composed:
    return _Composed(_insert_of(kind))


@cache
def _numbered_insert(kind: type[Row]) -> _Composed:
    return _Composed(_insert_of(kind).returning(*table_of(kind).primary_key))


def _insert_of(kind: type[Row]) -> Insert:
    """Of every column, but for the number that the database gives."""
    columns = [column.key for column in table_of(kind).columns if column.key != "id"]
    return insert(table_of(kind)).values({name: bindparam(name) for name in columns})
