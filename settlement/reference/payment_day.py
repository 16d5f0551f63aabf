"""The payment service's bill of one day: every paid order, with what was given back of it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.ledger.dealings import PayOrder, PayRefund
from settlement.reference.moments import bounds
from settlement.wire.accounts import DayQuery, DayRefund, PaymentDay, PaymentRefund, PaymentRow
from settlement.wire.payment import RefundStatus


def told(session: Session, query: DayQuery) -> PaymentDay:
    """By order. Money that landed after its order was closed is paid like any other."""
    first, last = bounds(date.fromisoformat(query.day))
    wanted = select(PayOrder).where(PayOrder.paid_at >= first, PayOrder.paid_at < last, PayOrder.order_no > query.after)
    orders = session.scalars(wanted.order_by(PayOrder.order_no).limit(query.limit)).all()
    refunds = _refunds(session, [order.order_no for order in orders])
    rows = tuple(
        PaymentRow(
            order=order.order_no,
            terminal=order.terminal,
            channel=order.channel,
            amount_fen=order.amount,
            refunds=refunds.get(order.order_no, ()),
        )
        for order in orders
    )
    made = None if query.after else tuple(_made(session, first, last))
    return PaymentDay(rows=rows, refunds=made, after=orders[-1].order_no if len(orders) == query.limit else None)


def _made(session: Session, first: datetime, last: datetime) -> Iterable[DayRefund]:
    """Refunds of that day, of orders of whatever day, by key."""
    that_day = (PayRefund.refunded_at >= first, PayRefund.refunded_at < last)
    wanted = select(PayRefund, PayOrder).join(PayOrder, PayOrder.order_no == PayRefund.order_no).where(*that_day)
    for refund, order in session.execute(wanted.order_by(PayRefund.refund_order)):
        yield DayRefund(
            refund_order=refund.refund_order,
            order=order.order_no,
            terminal=order.terminal,
            channel=order.channel,
            amount_fen=refund.amount,
        )


def _refunds(session: Session, orders: Sequence[str]) -> dict[str, tuple[PaymentRefund, ...]]:
    made: dict[str, tuple[PaymentRefund, ...]] = {}
    wanted = select(PayRefund).where(PayRefund.order_no.in_(orders), PayRefund.state == RefundStatus.REFUNDED)
    for row in session.scalars(wanted.order_by(PayRefund.refund_order)):
        refund = PaymentRefund(refund_order=row.refund_order, amount_fen=row.amount)
        made[row.order_no] = (*made.get(row.order_no, ()), refund)
    return made
