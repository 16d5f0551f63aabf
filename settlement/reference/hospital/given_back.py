"""What the hospital's list of one day says of money that went back: to whom a deposit was more than enough, and whose
bill was taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from settlement.reference.ledger.dealings import Settlement
from settlement.reference.ledger.parties import Booking, Hold, StayDeposit
from settlement.reference.ledger.refunds import Refund, RefundedPart
from settlement.wire import codec, hospital
from settlement.wire.accounts import ReturnedRow, TakenBackRow
from settlement.wire.paid import RefundedReply


def undone(session: Session, book_nos: Iterable[str]) -> frozenset[str]:
    """Which of these bookings were taken back since."""
    wanted = select(Refund.book_no).where(Refund.book_no.in_(list(book_nos)), Refund.undone_at.is_not(None))
    return frozenset(session.scalars(wanted))


def returned(session: Session, first: datetime, last: datetime) -> Iterable[ReturnedRow]:
    """What kiosks said that they paid back, by payment; a window's own cash is in its own books."""
    for row, terminal in _of_stays(session, first, last):
        yield _returned(row, terminal)
    that_day = (RefundedPart.back_at >= first, RefundedPart.back_at < last, RefundedPart.back == hospital.Back.RETURNED)
    parts = select(RefundedPart, Refund.undone_by).join(Refund).where(*that_day).order_by(RefundedPart.deposit_no)
    for part, terminal in session.execute(parts):
        yield _returned(part, terminal)


def _of_stays(session: Session, first: datetime, last: datetime) -> Iterable[tuple[StayDeposit, str]]:
    """Each with the till that settled its stay."""
    held = and_(Hold.hold_key == Booking.hold_key, Hold.batch_no == Booking.batch_no)
    that_day = (StayDeposit.back_at >= first, StayDeposit.back_at < last, StayDeposit.back == hospital.Back.RETURNED)
    wanted = (
        select(StayDeposit, Hold.owner)
        .join(Booking, Booking.batch_no == StayDeposit.batch_no)
        .join(Hold, held)
        .where(*that_day)
        .order_by(StayDeposit.deposit_no)
    )
    return ((row, owner) for row, owner in session.execute(wanted))


def _returned(row: StayDeposit | RefundedPart, terminal: str) -> ReturnedRow:
    return ReturnedRow(
        returns_key=row.back_key,
        opter_no=terminal,
        order=row.order_no,
        channel=row.channel,
        amount_fen=row.surplus or 0,
    )


def taken_back(session: Session, first: datetime, last: datetime) -> Iterable[TakenBackRow]:
    that_day = (Refund.undone_at >= first, Refund.undone_at < last)
    wanted = select(Refund, Settlement).join(Settlement, Settlement.setl_id == Refund.setl_id).where(*that_day)
    for row, settlement in session.execute(wanted.order_by(Refund.approval_no)):
        reply = codec.read(RefundedReply, codec.decode(row.reply.encode()))
        paid = select(RefundedPart.order_no).where(RefundedPart.approval_no == row.approval_no)
        yield TakenBackRow(
            orders=tuple(filter(None, session.scalars(paid.order_by(RefundedPart.order_no)))),
            refund_key=row.refund_key,
            opter_no=row.undone_by,
            setl_id=row.setl_id,
            settled_on=settlement.settled_at.date().isoformat(),
            red=reply.einvoice.number if reply.einvoice else "",
        )
