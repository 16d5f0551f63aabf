"""Tables of what others than the patient pay of a bill: the hospital's view, and the insurers'."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class Promised(StrEnum):
    """OPEN: nobody has told the hospital. OWED: its insurer refused, and the patient has not paid it yet. MET: it
    refused, and a stay's deposits have paid all of it. DEFERRED: the hospital lets it wait.
    """

    OPEN = "open"
    PAID = "paid"
    OWED = "owed"
    MET = "met"
    TOPPED_UP = "topped_up"
    DEFERRED = "deferred"


class Promise(Row):
    """One part of a booking that was not collected. `claim_key` "" for what the hospital lets wait. `met` is what
    deposits have paid of it since its insurer refused.

    `owed_no` is the number under which it is asked for once its insurer refused; the columns from `order_no` on are the
    payment that came for it, and the key it was taken with.
    """

    __tablename__ = "promises"

    id: Mapped[int] = mapped_column(primary_key=True)
    book_no: Mapped[str] = mapped_column(ForeignKey("bookings.book_no"), index=True)
    chrg_bchno: Mapped[str] = mapped_column(String(30))
    claim_key: Mapped[str] = mapped_column(String(64), index=True)
    payer: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int] = mapped_column(BigInteger)
    met: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    owed_no: Mapped[str] = mapped_column(String(30), index=True)
    order_no: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    terminal: Mapped[str] = mapped_column(String(64))
    take_key: Mapped[str] = mapped_column(String(64))
    reply: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime | None]

    @property
    def left(self) -> int:
        """Fen that nobody has paid, or will be paid by whoever promised."""
        return self.amount - self.met


class InsurerQuote(Row):
    """What an insurer said it would pay, by the key it was asked with. `reply` is what it is told again."""

    __tablename__ = "insurer_quotes"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    quote_no: Mapped[str] = mapped_column(String(30), index=True)
    certno: Mapped[str] = mapped_column(String(50))
    batch_no: Mapped[str] = mapped_column(String(30))
    product: Mapped[str] = mapped_column(String(200))
    cash: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    consent: Mapped[str] = mapped_column(String(100))
    reply: Mapped[str] = mapped_column(Text)


class InsurerClaim(Row):
    """One claim; `state` is a wire.insurer.ClaimStatus, `looks` how often it was asked about while somebody looks."""

    __tablename__ = "insurer_claims"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    quote_no: Mapped[str] = mapped_column(String(30))
    setl_id: Mapped[str] = mapped_column(String(30))
    product: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    claim_no: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(200))
    looks: Mapped[int]
    claimed_at: Mapped[datetime]
