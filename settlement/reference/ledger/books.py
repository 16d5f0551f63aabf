"""Double entry: every fen that moves, from whom to whom, in postings that add up to zero.

The rows of settlements, orders and bookings say what each party believes; the postings say where the money is. Both are
written in one transaction, and `kiosk backend audit` holds one against the other. A posting is positive for whoever
receives and negative for whoever gives, so that a debt is negative until it is paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from settlement.reference.ledger.queries import Figure, Query, store, store_numbered
from settlement.reference.ledger.row import Row


class Kind(StrEnum):
    """Whose money. `holder` of a posting is the key in brackets."""

    FUND = "fund"  # what a fund has paid (fund_pay_type@area)
    ACCOUNT = "account"  # 个人账户 (psn_no/insutype)
    RECEIVABLE = "receivable"  # what the hospital earned with a bill (chrg_bchno)
    BORNE = "borne"  # hosp_part_amt: what it bears of it itself (chrg_bchno)
    DUE = "due"  # what the patient owes of a bill in cash (chrg_bchno)
    PURSE = "purse"  # what left the patient's purse (order)
    COLLECTED = "collected"  # what the payment service holds and no bill has been told of (order)
    PREMIUM = "premium"  # what an insurance took out of an account (case number)
    CLAIM = "claim"  # what an insurer was asked to pay of a booked bill (claim key)
    INSURER = "insurer"  # what an insurer has paid (product)
    OWED = "owed"  # what waits, and what the patient owes because an insurer refused (chrg_bchno)


class Event(StrEnum):
    """Why money moved. Settled, reversed, cancelled and restored bear a setl_id, the others order, refund,
    book_no, unbooked the book_no of what a refund undid, and a premium the number of its case; claimed and owed a
    claim's key, topped_up the batch_no of what was owed.
    """

    SETTLED = "settled"
    REVERSED = "reversed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    COLLECTED = "collected"
    REFUNDED = "refunded"
    BOOKED = "booked"
    UNBOOKED = "unbooked"
    PREMIUM = "premium"
    CLAIMED = "claimed"
    OWED = "owed"
    TOPPED_UP = "topped_up"


class Entry(Row):
    """One event; entries of one key follow one another by `id`."""

    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime]


class Posting(Row):
    """One party's side of an entry."""

    __tablename__ = "postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    holder: Mapped[str] = mapped_column(String(64), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class Move:
    """Fen that a party receives, or gives when negative."""

    kind: Kind
    holder: str
    fen: int


def account_holder(psn_no: str, insutype: str) -> str:
    return f"{psn_no}/{insutype}"


def post(session: Session, event: Event, key: str, at: datetime, moves: Iterable[Move]) -> None:
    """One entry, also where nothing moves: it is part of its key's history.

    Raises:
        ValueError: the moves do not add up to zero, which is a mistake of ours.
    """
    real = [move for move in moves if move.fen]
    if sum(move.fen for move in real):
        raise ValueError(f"{event} {key}: the moves do not add up to zero")
    number = store_numbered(session, Entry.made(event=event, key=key, at=at))
    store(
        session, *(Posting.made(entry_id=number, kind=move.kind, holder=move.holder, amount=move.fen) for move in real)
    )


def moves_of(session: Session, event: Event, key: str) -> list[Move]:
    """What the first entry of that event and key moved; to undo or repeat it."""
    rows = _FIRST.all(session, event=event, key=key)
    return [Move(Kind(row.kind), row.holder, row.amount) for row in rows]


def reversed_moves(moves: Iterable[Move]) -> list[Move]:
    return [Move(move.kind, move.holder, -move.fen) for move in moves]


def held(session: Session, kind: Kind, holder: str) -> int:
    """The sum of one party's postings."""
    return _HELD.of(session, kind=kind, holder=holder)


_HELD = Figure(
    select(func.coalesce(func.sum(Posting.amount), 0)).where(
        Posting.kind == bindparam("kind"), Posting.holder == bindparam("holder")
    )
)
_FIRST_ENTRY = select(func.min(Entry.id)).where(Entry.event == bindparam("event"), Entry.key == bindparam("key"))
_FIRST = Query(Posting, Posting.entry_id == _FIRST_ENTRY.scalar_subquery(), order_by=(Posting.id,))
