"""Tables of the HIS's insurance front: what it was asked to settle, and which visits it registered for that."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class AttemptState(StrEnum):
    BEGUN = "begun"  # 2207 may have left; what came of it is not known
    SETTLED = "settled"
    REFUSED = "refused"
    REVERSED = "reversed"
    CANCELLED = "cancelled"
    CLOSED = "closed"  # reversed before it came: nothing may ever be settled under this key


class Attempt(Row):
    """One settle by the kiosk's key. The row is there, with the msgid of its 2207, before anything is done for it.

    `sha256` is of the bytes as they came, so that a key with another content is noticed; `told` is the answer or the
    refusal, for a repeat.
    """

    __tablename__ = "his_attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    terminal: Mapped[str] = mapped_column(String(30))
    cashier: Mapped[str] = mapped_column(String(30))
    psn_no: Mapped[str] = mapped_column(String(30))
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    state: Mapped[str] = mapped_column(String(12))
    msgid: Mapped[str | None] = mapped_column(String(30), unique=True)
    setl_id: Mapped[str | None] = mapped_column(String(30), unique=True)
    told: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Registration(Row):
    """The visit that the HIS registered for a bill, under the insurance the patient chose."""

    __tablename__ = "his_registrations"

    batch_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    mdtrt_id: Mapped[str] = mapped_column(String(30))
    insutype: Mapped[str] = mapped_column(String(6))
    uploaded: Mapped[bool]
