"""Who may charge a bill. A hold that ran out does not free a bill while money may still be on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from settlement.reference import mobile_orders
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.dealings import PayOrder, PayRefund, Settlement, SettlementState
from settlement.reference.ledger.mobile import Handing, MobileBill, OrderStatus
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, Hold, StayDeposit
from settlement.reference.ledger.queries import Change, Query, store, store_numbered, table_of
from settlement.reference.ledger.refunds import Refund
from settlement.reference.platform.persons import queue_for
from settlement.wire import hospital
from settlement.wire.handing import TooLate
from settlement.wire.payment import PayStatus, RefundStatus

_LATE = {TooLate.PAYING: "该费用正在手机上支付", TooLate.PAID: "该费用已在手机上缴清"}
_BILL = Query(Bill, Bill.batch_no == bindparam("batch_no"), locked=True)
_BOOKINGS = Query(Booking, Booking.batch_no == bindparam("batch_no"))
_HOLDS = Query(Hold, Hold.batch_no == bindparam("batch_no"))
_TAKEN = Query(StayDeposit, StayDeposit.asked_no == bindparam("batch_no"))
_TOPPED_UP = Query(Promise, Promise.owed_no == bindparam("batch_no"), Promise.state == Promised.TOPPED_UP)
_TAKEN_BACK = Query(Refund, Refund.batch_no == bindparam("batch_no"), Refund.rest_no == "", Refund.undone_at.is_(None))
_EXTENDED = Change(update(table_of(Hold)).where(Hold.id == bindparam("hold")).values(expires_at=bindparam("until")))
_RELEASED = Change(update(table_of(Hold)).where(Hold.id == bindparam("hold")).values(released_at=bindparam("now")))


def hold(errand: Errand, wish: hospital.Hold) -> hospital.HoldReply:
    bill = find_bill(errand.session, wish.batch_no)
    late = _too_late(errand.session, bill) if wish.taken_back else None
    if late is not None:
        return hospital.HoldReply(hold_key=wish.hold_key, refused=_LATE[late], too_late=late)
    if not _taken_back(errand.session, bill):
        refuse_paid(errand.session, bill)
    if _TAKEN.all(errand.session, batch_no=wish.batch_no):
        raise Declined("该预交金已交")
    if _TOPPED_UP.all(errand.session, batch_no=wish.batch_no):
        raise Declined("这一笔已经补缴")
    holds = _HOLDS.all(errand.session, batch_no=wish.batch_no)
    own = next((row for row in holds if row.hold_key == wish.hold_key), None)
    if own and own.released_at:
        raise Declined("该占用已释放")
    for other in holds:
        if other.hold_key != wish.hold_key and not other.released_at:
            if order := _order_of(errand.session, other):
                _take_from_phone(errand, order, other, wish)
            else:
                _refuse_while_needed(errand, bill, other)
            end_hold(errand, other)
    if own:
        return _prolonged(errand, own, wish.seconds)
    until = errand.now + timedelta(seconds=wish.seconds)
    number = store_numbered(errand.session, new_hold(errand, wish.hold_key, wish.batch_no, wish.owner, until))
    return _held(wish.hold_key, number, until)


def _taken_back(session: Session, bill: Bill) -> bool:
    """A bill that is taken back whole is held itself, though it is paid; of any other its rest is."""
    return bool(_TAKEN_BACK.all(session, batch_no=bill.batch_no))


def renew(errand: Errand, wish: hospital.Renew) -> hospital.HoldReply:
    find_bill(errand.session, wish.batch_no)
    own = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if own is None or own.released_at:
        raise Declined("没有可续期的占用")
    return _prolonged(errand, own, wish.seconds)


def release(errand: Errand, wish: hospital.Release) -> hospital.ReleaseReply:
    _BILL.first(errand.session, batch_no=wish.batch_no)
    own = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if own is None:  # the hold may be on its way still: a released row makes it fail when it arrives
        store(errand.session, new_hold(errand, wish.hold_key, wish.batch_no, "", errand.now, released_at=errand.now))
    elif own.released_at is None:
        end_hold(errand, own)
    return hospital.ReleaseReply(hold_key=wish.hold_key, released=True)


def end_hold(errand: Errand, own: Hold) -> None:
    _RELEASED.make(errand.session, hold=own.id, now=errand.now)


def find_bill(session: Session, batch_no: str) -> Bill:
    """The bill, which no other till can hold, renew, release or book before this transaction is over."""
    bill = _BILL.first(session, batch_no=batch_no)
    if bill is None:
        raise Declined("没有这笔费用")
    return bill


def find_hold(session: Session, hold_key: str, batch_no: str) -> Hold | None:
    return next((row for row in _HOLDS.all(session, batch_no=batch_no) if row.hold_key == hold_key), None)


def refuse_paid(session: Session, bill: Bill, book_key: str = "") -> Booking | None:
    """The booking of a bill that is paid under this very key."""
    booked = _BOOKINGS.all(session, batch_no=bill.batch_no)
    if booked and all(row.book_key != book_key for row in booked):
        raise Declined("该费用已缴清")
    return next((row for row in booked if row.book_key == book_key), None)


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
    taken = session.scalar(select(StayDeposit.deposit_no).where(StayDeposit.order_no == order.order_no).limit(1))
    refunds = session.scalars(
        select(PayRefund.amount).where(PayRefund.order_no == order.order_no, PayRefund.state == RefundStatus.REFUNDED)
    )
    return booked is None and taken is None and sum(refunds) < order.amount


def _too_late(session: Session, bill: Bill) -> TooLate | None:
    """Whether the phone has begun to pay, or has paid, what is to be taken back from it."""
    if _BOOKINGS.all(session, batch_no=bill.batch_no):
        return TooLate.PAID
    standing = (Settlement.chrg_bchno == bill.chrg_bchno, Settlement.state == SettlementState.STANDING)
    return TooLate.PAYING if session.scalar(select(Settlement.setl_id).where(*standing).limit(1)) else None


def _order_of(session: Session, other: Hold) -> MobileBill | None:
    """What waits on a phone, where it is a phone that holds the bill."""
    found = select(MobileBill).join(Handing, Handing.pay_ord_id == MobileBill.pay_ord_id)
    return session.scalar(found.where(Handing.hand_key == other.hold_key).with_for_update())


def _take_from_phone(errand: Errand, order: MobileBill, other: Hold, wish: hospital.Hold) -> None:
    """6401, at the patient's word or when its time is over. What the phone began stays for whoever finishes it."""
    if not wish.taken_back and other.expires_at > errand.now:
        raise Declined("该费用已转到手机缴费，请先收回")
    if order.status == OrderStatus.SETTLED:
        if money_open(errand.session, other.owner, other.held_at):
            raise Declined("该费用上一次支付尚未了结")
        return
    queue_for(errand.session, [order.psn_no])
    mobile_orders.withdraw(errand.session, order)


def _refuse_while_needed(errand: Errand, bill: Bill, other: Hold) -> None:
    if other.expires_at > errand.now:
        raise Declined("该费用正在其他窗口或终端办理")
    standing = select(Settlement.setl_id).where(
        Settlement.chrg_bchno == bill.chrg_bchno, Settlement.state == SettlementState.STANDING
    )
    if money_open(errand.session, other.owner, other.held_at) or errand.session.scalar(standing.limit(1)):
        raise Declined("该费用上一次支付尚未了结")


def _prolonged(errand: Errand, own: Hold, seconds: int) -> hospital.HoldReply:
    until = max(own.expires_at, errand.now + timedelta(seconds=seconds))
    _EXTENDED.make(errand.session, hold=own.id, until=until)
    return _held(own.hold_key, own.id, until)


def _held(hold_key: str, number: int, until: datetime) -> hospital.HoldReply:
    return hospital.HoldReply(hold_key=hold_key, held=f"H{number:08d}", expires_at=until.isoformat(timespec="seconds"))


def new_hold(
    errand: Errand, hold_key: str, batch_no: str, owner: str, until: datetime, released_at: datetime | None = None
) -> Hold:
    return Hold.made(
        hold_key=hold_key,
        batch_no=batch_no,
        owner=owner,
        held_at=errand.now,
        expires_at=until,
        released_at=released_at,
    )
