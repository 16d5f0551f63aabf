"""The payment service: orders paid by a code that is scanned or shown, closed, refunded. What a scanned code does is
written in its first digits.

Codes look as those of aggregated payment do: 18 digits, WeChat's from 13, Alipay's from 28. `13000N…` and `28000N…`
misbehave, see `Behaviour`; every other one pays at once; anything else is no payment code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from settlement.reference import orders, payment_day, shown
from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.ledger.books import Event, post
from settlement.reference.ledger.dealings import PayOrder, PayRefund
from settlement.reference.ledger.queries import Query, store
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.orders import REASONS, Behaviour, Conflict
from settlement.wire import accounts, codec, payment
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.payment import PayStatus, RefundStatus

PATHS = (
    payment.COLLECT,
    payment.SHOW,
    payment.NOTICE,
    payment.QUERY,
    payment.CLOSE,
    payment.REFUND,
    payment.REFUND_QUERY,
    accounts.PAYMENT_DAY,
)


_CODE = re.compile(r"(13|28)[0-9]{16}")
_SCRIPTED = re.compile(r"(?:13|28)000([1-6])")
_CHANNELS = {"13": "wechat", "28": "alipay"}
_QUERIES_UNTIL_PAID = 3
_QUERIES_UNTIL_REFUNDED = 2
_ORDER = Query(PayOrder, PayOrder.order_no == bindparam("order_no"), locked=True)


@dataclass(frozen=True, slots=True)
class PaymentService:
    """Answers are kept by order: a repeat gets the order's present state, never a second charge."""

    ledger: Ledger
    clock: WallClock

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; `path` is one of `PATHS`."""
        try:
            asked = codec.decode(body)
            reply = self.ledger.carry_out(lambda session: _reply(session, self.clock.now(), path, asked))
            return Answer(codec.encode(reply))
        except BrokenMessage as broken:
            return Answer(codec.encode({"error": str(broken)}), HTTPStatus.BAD_REQUEST)
        except Unstorable:
            return Answer(codec.encode({"error": "wrong shape"}), HTTPStatus.BAD_REQUEST)
        except Conflict:
            return Answer(codec.encode({"error": "order exists with another amount"}), HTTPStatus.CONFLICT)


def _reply(session: Session, now: datetime, path: str, body: dict[str, object]) -> Message:
    match path:
        case payment.COLLECT:
            return _collect(session, now, codec.read(payment.Collect, body))
        case payment.SHOW:
            return shown.show(session, now, codec.read(payment.Show, body))
        case payment.NOTICE:
            return shown.notice(session, now, codec.read(payment.Notice, body))
        case payment.QUERY:
            return _query(session, now, codec.read(payment.OrderQuery, body).order)
        case payment.CLOSE:
            return _close(session, now, codec.read(payment.OrderQuery, body).order)
        case accounts.PAYMENT_DAY:
            return payment_day.told(session, codec.read(accounts.DayQuery, body))
        case payment.REFUND:
            return _refund(session, now, codec.read(payment.Refund, body))
        case _:
            return _query_refund(session, now, codec.read(payment.RefundQuery, body).refund_order)


def behaviour_of(code: str) -> Behaviour:
    if not _CODE.fullmatch(code):
        return Behaviour.WRONG_CODE
    scripted = _SCRIPTED.match(code)
    return Behaviour(scripted[1]) if scripted else Behaviour.PAYS


def _collect(session: Session, now: datetime, wish: payment.Collect) -> payment.PayReply:
    known = _ORDER.first(session, order_no=wish.order)
    if known is not None:
        if known.amount not in (0, wish.amount_fen):
            raise Conflict
        return orders.told(known)
    order = orders.make(wish.order, now, behaviour_of(wish.code))
    order.amount, order.terminal, order.subject = wish.amount_fen, wish.terminal, wish.subject
    order.channel = _CHANNELS.get(wish.code[:2], "")
    match Behaviour(order.behaviour):
        case Behaviour.PAYS | Behaviour.REFUNDS_AFTER_TWO_QUERIES:
            orders.pay(session, order, now)
        case Behaviour.INSUFFICIENT | Behaviour.EXPIRED | Behaviour.WRONG_CODE as no:
            order.state, order.reason = PayStatus.REFUSED, REASONS[no]
        case _:
            order.state = PayStatus.PENDING
    store(session, order)
    return orders.told(order)


def _query(session: Session, now: datetime, order_no: str) -> payment.PayReply:
    order = orders.find(session, order_no)
    if order is None:
        return payment.PayReply(order=order_no, status=PayStatus.UNKNOWN)
    order.queries += 1
    patient = order.behaviour == Behaviour.PAYS_AFTER_THREE_QUERIES and order.state == PayStatus.PENDING
    if patient and order.queries >= _QUERIES_UNTIL_PAID:
        orders.pay(session, order, now)
    return orders.told(order, shown.code_of(session, order))


def _close(session: Session, now: datetime, order_no: str) -> payment.PayReply:
    """A closed order stays closed, also one that was never seen: its collection may still be on the way."""
    order = orders.find(session, order_no)
    if order is None:
        order = orders.make(order_no, now, Behaviour.NEVER_PAYS)
        session.add(order)
    shown.end_with_a_part(session, order, now)
    if order.state == PayStatus.PAID:
        return orders.told(order)
    order.state = PayStatus.CLOSED
    told = orders.told(order)
    if order.behaviour == Behaviour.LANDS_AFTER_CLOSE:
        orders.pay(session, order, now)
        order.landed = True
    return told


def _refund(session: Session, now: datetime, wish: payment.Refund) -> payment.RefundReply:
    order = orders.find(session, wish.order)
    known = session.get(PayRefund, wish.refund_order)
    if known is not None:
        if (known.order_no, known.amount) != (wish.order, wish.amount_fen):
            raise Conflict
        return _refund_told(known)
    refund = PayRefund(
        refund_order=wish.refund_order,
        order_no=wish.order,
        amount=wish.amount_fen,
        state=RefundStatus.REFUSED,
        queries=0,
        reason="",
        refunded_at=None,
    )
    if order is None or order.state != PayStatus.PAID:
        refund.reason = "订单未支付"
    elif _given_back(session, order) + wish.amount_fen > order.amount:
        refund.reason = "退款超过可退金额"
    elif order.behaviour == Behaviour.REFUNDS_AFTER_TWO_QUERIES:
        refund.state = RefundStatus.PENDING
    else:
        _give_back(session, refund, now)
    session.add(refund)
    return _refund_told(refund)


def _query_refund(session: Session, now: datetime, refund_order: str) -> payment.RefundReply:
    refund = session.get(PayRefund, refund_order, with_for_update=True)
    if refund is None:
        return payment.RefundReply(refund_order=refund_order, status=RefundStatus.UNKNOWN)
    refund.queries += 1
    if refund.state == RefundStatus.PENDING and refund.queries >= _QUERIES_UNTIL_REFUNDED:
        _give_back(session, refund, now)
    return _refund_told(refund)


def _give_back(session: Session, refund: PayRefund, now: datetime) -> None:
    refund.state, refund.refunded_at = RefundStatus.REFUNDED, now
    post(session, Event.REFUNDED, refund.refund_order, now, orders.moves(refund.order_no, -refund.amount))


def _given_back(session: Session, order: PayOrder) -> int:
    refunds = select(PayRefund.amount).where(
        PayRefund.order_no == order.order_no, PayRefund.state != RefundStatus.REFUSED
    )
    return sum(session.scalars(refunds))


def _refund_told(refund: PayRefund) -> payment.RefundReply:
    return payment.RefundReply(
        refund_order=refund.refund_order,
        status=RefundStatus(refund.state),
        amount_fen=refund.amount,
        reason=refund.reason,
    )
