"""Holds what kiosks handed to phones against the mobile payment centre: payable there, or here, and never at both."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.ledger.mobile import Handing, MobileBill, OrderStatus
from settlement.reference.ledger.parties import Booking, Hold
from settlement.reference.proof import Finding

_DEAD = {OrderStatus.WITHDRAWN, OrderStatus.REFUNDED}


def proof(session: Session) -> Iterator[Finding]:
    """A phone that holds its bill can pay it; what was taken from it, or booked, nobody can pay there any more."""
    held = {row.hold_key for row in session.scalars(select(Hold).where(Hold.released_at.is_(None)))}
    booked = {row.batch_no: row for row in session.scalars(select(Booking))}
    handed = select(Handing, MobileBill).join(MobileBill, MobileBill.pay_ord_id == Handing.pay_ord_id)
    for row, order in session.execute(handed):
        key, booking = row.hand_key, booked.get(row.batch_no)
        if key in held and order.status in _DEAD:
            yield Finding("I2", key, f"batch {row.batch_no} waits on a phone whose order {order.pay_ord_id} is dead")
        elif key not in held and booking is None and order.status == OrderStatus.UPLOADED:
            yield Finding("I8", key, f"order {order.pay_ord_id} can be paid for batch {row.batch_no}, which is free")
        elif booking is not None and order.status == OrderStatus.UPLOADED:
            yield Finding("I8", key, f"order {order.pay_ord_id} can be paid for batch {row.batch_no}, which is booked")
        elif booking is not None and order.status == OrderStatus.SETTLED and booking.setl_id != order.setl_id:
            yield Finding("I8", key, f"order {order.pay_ord_id} is paid, and batch {row.batch_no} was booked otherwise")
