"""Orders of the payment service as rows: found, made, paid, told. What becomes of one is decided elsewhere."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.dealings import PayOrder
from settlement.wire import payment
from settlement.wire.payment import PayStatus


class Behaviour(StrEnum):
    """What becomes of an order, by the sixth digit of its code; SHOWN of one that waits for a phone."""

    PAYS = "0"
    INSUFFICIENT = "1"
    EXPIRED = "2"
    PAYS_AFTER_THREE_QUERIES = "3"
    LANDS_AFTER_CLOSE = "4"
    NEVER_PAYS = "5"
    REFUNDS_AFTER_TWO_QUERIES = "6"
    WRONG_CODE = "9"
    SHOWN = "shown"


REASONS = {
    Behaviour.INSUFFICIENT: "余额不足",
    Behaviour.EXPIRED: "付款码已过期，请刷新",
    Behaviour.WRONG_CODE: "不是付款码",
}
_ERRORS = {
    REASONS[Behaviour.INSUFFICIENT]: payment.PayError.BALANCE,
    REASONS[Behaviour.EXPIRED]: payment.PayError.CODE_EXPIRED,
    REASONS[Behaviour.WRONG_CODE]: payment.PayError.CODE_INVALID,
}


class Conflict(Exception):
    """The order exists with another amount."""


def find(session: Session, order_no: str) -> PayOrder | None:
    """Whoever else is about the same order waits."""
    return session.get(PayOrder, order_no, with_for_update=True)


def make(order_no: str, now: datetime, behaviour: Behaviour) -> PayOrder:
    return PayOrder(
        order_no=order_no,
        amount=0,
        terminal="",
        subject="",
        channel="",
        behaviour=behaviour,
        state=PayStatus.PENDING,
        queries=0,
        trade_no="",
        reason="",
        landed=False,
        created_at=now,
        paid_at=None,
    )


def pay(session: Session, order: PayOrder, now: datetime, trade_no: str = "") -> None:
    order.state, order.paid_at = PayStatus.PAID, now
    order.trade_no = trade_no or f"{now:%Y%m%d}{secrets.randbelow(10**16):016d}"
    post(session, Event.COLLECTED, order.order_no, now, moves(order.order_no, order.amount))


def moves(order_no: str, fen: int) -> list[Move]:
    """Out of the patient's purse into the payment service's hands; negative fen go back."""
    return [Move(Kind.PURSE, order_no, -fen), Move(Kind.COLLECTED, order_no, fen)]


def told(order: PayOrder, code: str = "") -> payment.PayReply:
    """`code` is what a phone scans to pay it, where it waits for one."""
    return payment.PayReply(
        order=order.order_no,
        status=PayStatus(order.state),
        amount_fen=order.amount,
        paid_at=order.paid_at.isoformat(timespec="seconds") if order.paid_at else "",
        channel=order.channel,
        trade_no=order.trade_no,
        error=_ERRORS.get(order.reason, ""),
        reason=order.reason,
        code=code,
    )
