"""Codes that the kiosk shows and a phone scans, and the channel's notices of what the phone paid.

A notice may come late, twice, or with a part of the money: real channels send them until they are acknowledged, and
some wallets pay in two steps. An order counts as paid when all of it has come; closing one of which a part has come
ends it as paid with the part, for whoever asked to give back. Money that comes for a paid order is another person's
and is not taken; what comes for a closed one was on its way and is.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference import orders
from settlement.reference.ledger.dealings import PayNotice, PayOrder, ShownCode
from settlement.reference.orders import Behaviour, Conflict
from settlement.wire import payment
from settlement.wire.payment import PayStatus

_PAGE = "https://pay.example/q/"


def show(session: Session, now: datetime, wish: payment.Show) -> payment.PayReply:
    order = orders.find(session, wish.order)
    shown = _of_order(session, wish.order)
    if order is not None:
        if shown is not None and shown.asked != wish.amount_fen:
            raise Conflict
        return orders.told(order, code_of(session, order))
    order = orders.make(wish.order, now, Behaviour.SHOWN)
    order.amount, order.terminal, order.subject = wish.amount_fen, wish.terminal, wish.subject
    shown = ShownCode(code=f"{_PAGE}{secrets.token_hex(12)}", order_no=wish.order, asked=wish.amount_fen, paid=0)
    session.add_all((order, shown))
    return orders.told(order, shown.code)


def notice(session: Session, now: datetime, told: payment.Notice) -> payment.NoticeReply:
    """The same trade again changes nothing."""
    shown = session.get(ShownCode, told.code)
    order = orders.find(session, shown.order_no) if shown else None
    if shown is None or order is None:
        return payment.NoticeReply(taken=False, reason="没有这个码")
    known = session.get(PayNotice, told.trade_no)
    if known is not None:
        return payment.NoticeReply(taken=known.taken, reason="" if known.taken else "订单已支付")
    taken = order.state != PayStatus.PAID
    session.add(
        PayNotice(trade_no=told.trade_no, order_no=order.order_no, amount=told.amount_fen, taken=taken, noticed_at=now)
    )
    if not taken:
        return payment.NoticeReply(taken=False, reason="订单已支付")
    shown.paid += told.amount_fen
    order.channel = told.channel
    if order.state == PayStatus.CLOSED:
        order.landed = True
    if order.landed or shown.paid >= shown.asked:
        _end(session, order, shown, now, told.trade_no)
    return payment.NoticeReply(taken=True)


def end_with_a_part(session: Session, order: PayOrder, now: datetime) -> None:
    """At its close: what has come of it is all that will, and is not the kiosk's to keep."""
    shown = _of_order(session, order.order_no) if order.behaviour == Behaviour.SHOWN else None
    if shown is not None and shown.paid and order.state == PayStatus.PENDING:
        _end(session, order, shown, now, "")


def code_of(session: Session, order: PayOrder) -> str:
    """What a phone scans to pay it; empty when no phone can, or none any more."""
    waits = order.behaviour == Behaviour.SHOWN and order.state == PayStatus.PENDING
    found = _of_order(session, order.order_no) if waits else None
    return found.code if found else ""


def _end(session: Session, order: PayOrder, shown: ShownCode, now: datetime, trade_no: str) -> None:
    order.amount = shown.paid
    orders.pay(session, order, now, trade_no)


def _of_order(session: Session, order_no: str) -> ShownCode | None:
    return session.scalar(select(ShownCode).where(ShownCode.order_no == order_no))
