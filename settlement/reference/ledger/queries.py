"""Rows that are read and written without being watched: what every visit asks of the ledger, asked quickly.

SQLAlchemy's mapper watches each row that it reads or writes, and composes a statement anew for each question; both cost
several times what the database does. Here a statement is composed once, when its module is loaded, and its rows are
values. Faces that change a row which they have read, and are asked rarely, use the mapper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, CursorResult, Executable, Insert, Table, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningInsert

from settlement.reference.ledger.row import Row

RowT = TypeVar("RowT", bound=Row)


class Query(Generic[RowT]):
    """Whole rows of one table; values are given by the names of the conditions' `bindparam`s.

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
        self._statement = statement.with_for_update(key_share=True) if locked else statement

    def all(self, session: Session, **values: object) -> list[RowT]:
        found = run(session, self._statement, values).fetchall()
        return [self._kind.unwatched(dict(zip(self._names, row, strict=True))) for row in found]

    def first(self, session: Session, **values: object) -> RowT | None:
        """The first row in the order asked for, if there is one."""
        row = run(session, self._statement, values).first()
        return None if row is None else self._kind.unwatched(dict(zip(self._names, row, strict=True)))


def store(session: Session, *rows: Row) -> None:
    """Insert new rows of one table. They are not watched either: what changes in them afterwards is not kept."""
    match [row.values() for row in rows]:
        case []:
            return
        case [values]:
            run(session, _insert_into(type(rows[0])), values)
        case values:
            run(session, _insert_and_tell(type(rows[0])), values)


def store_numbered(session: Session, row: Row) -> int:
    """The same of one row of a table that numbers its rows; its number."""
    return int(run(session, _insert_and_tell(type(row)), row.values()).scalar_one())


def run(
    session: Session, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> CursorResult[Any]:
    """On the session's own connection, past its mapper. What the mapper has not flushed is not seen."""
    return session.connection().execute(statement, cast("Any", values))


def table_of(kind: type[Row]) -> Table:
    return cast("Table", kind.__table__)


@cache
def _insert_into(kind: type[Row]) -> Insert:
    return insert(table_of(kind))


@cache
def _insert_and_tell(kind: type[Row]) -> ReturningInsert[Any]:
    """Several rows go in one statement when it tells what became of them."""
    table = table_of(kind)
    return insert(table).returning(*table.primary_key)
