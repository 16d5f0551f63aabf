"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

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

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"
