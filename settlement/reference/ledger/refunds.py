"""Tables of what the hospital takes back of bills that were paid, and where the money for it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class Refund(Row):
    """One approval that a kiosk may act on, from when it was first told of.

    `rest_no` is the bill of the lines that stay, "" where all are taken back; nobody owes it before `undone_at`, when
    the hospital heard that the settlement of `book_no` is cancelled, from the till `undone_by`. `refund_key` and
    `reply` are what it was told with and what it answered.
    """

    __tablename__ = "refunds_approved"

    approval_no: Mapped[str] = mapped_column(String(40), primary_key=True)
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    rest_no: Mapped[str] = mapped_column(String(30), index=True)
    book_no: Mapped[str] = mapped_column(ForeignKey("bookings.book_no"), index=True)
    setl_id: Mapped[str] = mapped_column(String(30), index=True)
    refund_key: Mapped[str] = mapped_column(String(64))
    reply: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(String(64))


class RefundedPart(Row):
    """What one payment of such a bill has to do with it. Like a stay's deposit it pays what stays, and the surplus goes
    back under `refund_order`; `back` is a wire.hospital.Back, None while nobody has said, `back_key` what it was said
    with and `back_at` when.
    """

    __tablename__ = "refunded_parts"

    deposit_no: Mapped[str] = mapped_column(String(40), primary_key=True)
    approval_no: Mapped[str] = mapped_column(ForeignKey("refunds_approved.approval_no"), index=True)
    order_no: Mapped[str] = mapped_column(String(32), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(32))
    returnable: Mapped[bool]
    paid_at: Mapped[datetime]
    surplus: Mapped[int | None] = mapped_column(BigInteger)
    refund_order: Mapped[str | None] = mapped_column(String(64))
    back: Mapped[str | None] = mapped_column(String(12))
    back_key: Mapped[str] = mapped_column(String(64))
    back_at: Mapped[datetime | None]
