"""Who may charge a bill. A hold that ran out does not free a bill while money may still be on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.dealings import PayOrder, PayRefund, Settlement, SettlementState
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, Hold
from settlement.wire import hospital
from settlement.wire.payment import PayStatus, RefundStatus


def hold(errand: Errand, wish: hospital.Hold) -> hospital.HoldReply:
    bill = find_bill(errand.session, wish.batch_no)
    refuse_paid(errand.session, bill)
    own = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if own and own.released_at:
        raise Declined("该占用已释放")
    for other in errand.session.scalars(
        select(Hold).where(Hold.batch_no == wish.batch_no, Hold.hold_key != wish.hold_key, Hold.released_at.is_(None))
    ):
        _refuse_while_needed(errand, bill, other)
        other.released_at = errand.now
    if own is None:
        own = Hold(
            hold_key=wish.hold_key,
            batch_no=wish.batch_no,
            owner=wish.owner,
            held_at=errand.now,
            expires_at=errand.now,
            released_at=None,
        )
        errand.session.add(own)
    return _prolonged(errand, own, wish.seconds)


def renew(errand: Errand, wish: hospital.Renew) -> hospital.HoldReply:
    find_bill(errand.session, wish.batch_no)
    own = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if own is None or own.released_at:
        raise Declined("没有可续期的占用")
    return _prolonged(errand, own, wish.seconds)


def release(errand: Errand, wish: hospital.Release) -> hospital.ReleaseReply:
    _queue_for_bill(errand.session, wish.batch_no)
    own = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if own is None:  # the hold may be on its way still: a released row makes it fail when it arrives
        own = Hold(
            hold_key=wish.hold_key,
            batch_no=wish.batch_no,
            owner="",
            held_at=errand.now,
            expires_at=errand.now,
            released_at=None,
        )
        errand.session.add(own)
    own.released_at = own.released_at or errand.now
    return hospital.ReleaseReply(hold_key=wish.hold_key, released=True)


def find_bill(session: Session, batch_no: str) -> Bill:
    """The bill, which no other till can hold, renew, release or book before this transaction is over."""
    bill = _queue_for_bill(session, batch_no)
    if bill is None:
        raise Declined("没有这笔费用")
    return bill


def _queue_for_bill(session: Session, batch_no: str) -> Bill | None:
    return session.scalar(select(Bill).where(Bill.batch_no == batch_no).with_for_update(key_share=True))


def find_hold(session: Session, hold_key: str, batch_no: str) -> Hold | None:
    return session.scalar(select(Hold).where(Hold.hold_key == hold_key, Hold.batch_no == batch_no))


def refuse_paid(session: Session, bill: Bill) -> None:
    if session.scalar(select(Booking.book_no).where(Booking.batch_no == bill.batch_no).limit(1)):
        raise Declined("该费用已缴清")


def money_open(session: Session, owner: str, since: datetime) -> bool:
    """Whether the owner has an order since then that is neither known unpaid, nor given back, nor booked."""
    orders = session.scalars(select(PayOrder).where(PayOrder.terminal == owner, PayOrder.created_at >= since))
    return any(_unfinished(session, order) for order in orders)


def _unfinished(session: Session, order: PayOrder) -> bool:
    if order.state == PayStatus.PENDING:
        return True
    if order.state != PayStatus.PAID:
        return False
    booked = session.scalar(select(BookedPart.id).where(BookedPart.order_no == order.order_no).limit(1))
    refunds = session.scalars(
        select(PayRefund.amount).where(PayRefund.order_no == order.order_no, PayRefund.state == RefundStatus.REFUNDED)
    )
    return booked is None and sum(refunds) < order.amount


def _refuse_while_needed(errand: Errand, bill: Bill, other: Hold) -> None:
    if other.expires_at > errand.now:
        raise Declined("该费用正在其他窗口或终端办理")
    standing = select(Settlement.setl_id).where(
        Settlement.chrg_bchno == bill.chrg_bchno, Settlement.state == SettlementState.STANDING
    )
    if money_open(errand.session, other.owner, other.held_at) or errand.session.scalar(standing.limit(1)):
        raise Declined("该费用上一次支付尚未了结")


def _prolonged(errand: Errand, own: Hold, seconds: int) -> hospital.HoldReply:
    own.expires_at = max(own.expires_at, errand.now + timedelta(seconds=seconds))
    errand.session.flush()
    return hospital.HoldReply(
        hold_key=own.hold_key, held=f"H{own.id:08d}", expires_at=own.expires_at.isoformat(timespec="seconds")
    )
