"""Tables of what happened: messages, visits, fee rows, settlements and their undoing, payments and refunds."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class MessageLog(Row):
    """Every platform message as it came. The same msgid may come again: nobody promises that it is answered alike."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    msgid: Mapped[str] = mapped_column(String(30), index=True)
    infno: Mapped[str] = mapped_column(String(6))
    opter: Mapped[str] = mapped_column(String(30))
    sha256: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool]
    reply: Mapped[str] = mapped_column(Text)
    repeated: Mapped[bool]
    at: Mapped[datetime]


class SignIn(Row):
    __tablename__ = "sign_ins"
    __table_args__ = (UniqueConstraint("opter", "day"),)

    sign_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    opter: Mapped[str] = mapped_column(String(30))
    day: Mapped[date]


class Visit(Row):
    """A registration (2201). A second 2201 for the same visit number makes a second visit, as at real platforms."""

    __tablename__ = "visits"

    mdtrt_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    ipt_otp_no: Mapped[str] = mapped_column(String(30), index=True)
    insutype: Mapped[str] = mapped_column(String(6))
    med_type: Mapped[str | None] = mapped_column(String(6))
    disease: Mapped[str] = mapped_column(String(30))
    cancelled: Mapped[bool]
    opened_at: Mapped[datetime]


class FeeRow(Row):
    """One uploaded fee line with its split; `count` and `price` are decimals as text, for SQLite has no others.

    Withdrawn rows are deleted, which frees their feedetl_sn.
    """

    __tablename__ = "fee_rows"

    feedetl_sn: Mapped[str] = mapped_column(String(30), primary_key=True)
    mdtrt_id: Mapped[str] = mapped_column(ForeignKey("visits.mdtrt_id"), index=True)
    chrg_bchno: Mapped[str] = mapped_column(String(30))
    count: Mapped[str] = mapped_column(String(20))
    price: Mapped[str] = mapped_column(String(24))
    item: Mapped[str] = mapped_column(String(50))
    total: Mapped[int] = mapped_column(BigInteger)
    full_self: Mapped[int] = mapped_column(BigInteger)
    over_limit: Mapped[int] = mapped_column(BigInteger)
    first_self: Mapped[int] = mapped_column(BigInteger)
    in_scope: Mapped[int] = mapped_column(BigInteger)
    setl_id: Mapped[str | None] = mapped_column(String(30), index=True)


class SettlementState(StrEnum):
    STANDING = "standing"
    REVERSED = "reversed"  # by 2601
    CANCELLED = "cancelled"  # by 2208


class Settlement(Row):
    """One 2207. Undone ones stay, with what undid them.

    `account` is acct_pay as the reply words it: with the relative's part, `family`, or without. `care_area` and
    `insured_area` are the two whose rules it was computed by; `disease` is the chronic one it was for.
    """

    __tablename__ = "settlements"

    setl_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    msgid: Mapped[str] = mapped_column(String(30), index=True)
    opter: Mapped[str] = mapped_column(String(30))
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    mdtrt_id: Mapped[str] = mapped_column(ForeignKey("visits.mdtrt_id"), index=True)
    chrg_bchno: Mapped[str] = mapped_column(String(30), index=True)
    insutype: Mapped[str] = mapped_column(String(6))
    med_type: Mapped[str] = mapped_column(String(6))
    disease: Mapped[str] = mapped_column(String(30))
    care_area: Mapped[str] = mapped_column(String(6))
    insured_area: Mapped[str] = mapped_column(String(6))
    year: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    settled_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(30))
    info: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    medfee: Mapped[int] = mapped_column(BigInteger)
    in_scope: Mapped[int] = mapped_column(BigInteger)
    deductible: Mapped[int] = mapped_column(BigInteger)
    pool: Mapped[int] = mapped_column(BigInteger)
    major: Mapped[int] = mapped_column(BigInteger)
    catastrophic: Mapped[int] = mapped_column(BigInteger)
    civil_servant: Mapped[int] = mapped_column(BigInteger)
    enterprise: Mapped[int] = mapped_column(BigInteger)
    relief: Mapped[int] = mapped_column(BigInteger)
    hospital: Mapped[int] = mapped_column(BigInteger)
    fund: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)
    family: Mapped[int] = mapped_column(BigInteger)
    cash: Mapped[int] = mapped_column(BigInteger)


class Reversal(Row):
    """One accepted 2601; `setl_id` None when the message it names never arrived."""

    __tablename__ = "reversals"

    id: Mapped[int] = mapped_column(primary_key=True)
    msgid: Mapped[str] = mapped_column(String(30))
    omsgid: Mapped[str] = mapped_column(String(30), index=True)
    oinfno: Mapped[str] = mapped_column(String(6))
    setl_id: Mapped[str | None] = mapped_column(String(30))
    at: Mapped[datetime]


class PayOrder(Row):
    """One order of the payment service. `state` is a wire PayStatus; `landed` marks money that came after the order was
    closed.
    """

    __tablename__ = "pay_orders"

    order_no: Mapped[str] = mapped_column(String(32), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    terminal: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(32))
    behaviour: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    queries: Mapped[int]
    trade_no: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(200))
    landed: Mapped[bool]
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]


class ShownCode(Row):
    """A code by which a phone pays an order: what it asks for, and what has come of that so far."""

    __tablename__ = "shown_codes"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("pay_orders.order_no"), unique=True)
    asked: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger)


class PayNotice(Row):
    """What a channel told of one trade; `taken` False: the order was paid already, and the channel keeps the money."""

    __tablename__ = "pay_notices"

    trade_no: Mapped[str] = mapped_column(String(32), primary_key=True)
    order_no: Mapped[str] = mapped_column(String(32), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[bool]
    noticed_at: Mapped[datetime]


class PayRefund(Row):
    __tablename__ = "pay_refunds"

    refund_order: Mapped[str] = mapped_column(String(32), primary_key=True)
    order_no: Mapped[str] = mapped_column(String(32), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    queries: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    refunded_at: Mapped[datetime | None]
