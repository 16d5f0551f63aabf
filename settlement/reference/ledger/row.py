"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from sqlalchemy import DateTime, Dialect, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from kiosk.ports.clock import BEIJING


class BeijingTime(TypeDecorator[datetime]):
    """A moment kept as Beijing wall time: SQLite stores no zone, and the ledger is read by people."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        return value.astimezone(BEIJING).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        return value.replace(tzinfo=BEIJING) if value else None


class Row(DeclarativeBase):
    """Base of every table. Amounts are whole fen."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: BeijingTime}

    @classmethod
    def made(cls, **values: object) -> Self:
        """A new row that is stored as it is made here."""
        return cls.unwatched(values)

    @classmethod
    def unwatched(cls, values: dict[str, Any]) -> Self:
        """A row as a value: its columns can be read. SQLAlchemy does not know it, so that changing it is an error."""
        row = cls.__new__(cls)
        vars(row).update(values)
        return row

    def values(self) -> dict[str, Any]:
        """What it was made with, by column."""
        return {name: value for name, value in vars(self).items() if name != "_sa_instance_state"}

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"
