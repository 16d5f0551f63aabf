"""Stays in hospital, reported to the platform by the hospital, and the deposits that were paid for them.

A deposit is an order of the payment service like any other, taken by another till. Those that cannot go back the way
they came are told to the kiosk without their order.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference import orders
from settlement.reference.clock import stamp
from settlement.reference.hospital import deposits as at_kiosks
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.lines import days
from settlement.reference.ledger.books import Kind, Move
from settlement.reference.ledger.dealings import FeeRow
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, StayDeposit
from settlement.reference.ledger.refunds import RefundedPart
from settlement.reference.ledger.rights import Stay
from settlement.reference.orders import Behaviour
from settlement.reference.people import StayTemplate
from settlement.wire import codec, hospital
from settlement.wire.values import from_fen, to_fen

_DESK = "住院收费处"
_SPLIT = {
    "fulamt_ownpay_amt": "full_self",
    "overlmt_selfpay": "over_limit",
    "preselfpay_amt": "first_self",
    "inscp_scp_amt": "in_scope",
}


def admit(errand: Errand, template: StayTemplate, psn_no: str, mdtrt_id: str, ipt_no: str) -> None:
    """What 2401, and 2402 where the patient has left the ward, leave at the platform."""
    left = errand.now.date() if template.left else None
    errand.session.add(
        Stay(
            psn_no=psn_no,
            mdtrt_id=mdtrt_id,
            institution=errand.world.hospital.code,
            institution_name=errand.world.hospital.name,
            department=template.ward,
            ipt_no=ipt_no,
            since=errand.now.date() - timedelta(days=template.days),
            until=left,
            from_file=False,
        )
    )


def told(errand: Errand, template: StayTemplate, body: Mapping[str, Any], rows: Sequence[FeeRow]) -> hospital.Stay:
    """As the bill shows it; takes the deposits, and those that its patient paid at kiosks before."""
    batch_no, before = body["batch_no"], list(at_kiosks.waiting(errand.session, body["patient_no"]))
    for row in before:
        row.batch_no = batch_no
    admitted = errand.now - timedelta(days=template.days)
    return hospital.Stay(
        ward=template.ward,
        bed=template.bed,
        admitted_at=stamp(admitted),
        discharged_at=stamp(errand.now) if template.left else None,
        psn_setlway=template.setlway,
        deposits=tuple(_told(row) for row in (*_take(errand, template, batch_no), *before)),
        obstacles=template.obstacles,
        window_only=template.window,
        days=days(body["lines"], template.slip),
        **{wire: from_fen(sum(getattr(row, column) for row in rows)) for wire, column in _SPLIT.items()},
    )


def _take(errand: Errand, template: StayTemplate, batch_no: str) -> list[StayDeposit]:
    taken: list[StayDeposit] = []
    for number, deposit in enumerate(template.deposits, 1):
        moment = errand.now - timedelta(days=deposit.days_before)
        order = orders.make(f"yj{secrets.token_hex(12)}", moment, Behaviour.PAYS)
        order.amount, order.terminal, order.subject = to_fen(deposit.amount), _DESK, batch_no
        order.channel = deposit.channel
        orders.pay(errand.session, order, moment)
        errand.session.add(order)
        taken.append(
            StayDeposit(
                deposit_no=f"YJ{batch_no[1:]}{number}",
                batch_no=batch_no,
                order_no=order.order_no,
                amount=order.amount,
                channel=deposit.channel,
                payer=f"{deposit.payer[0]}{'*' * (len(deposit.payer) - 1)}",
                returnable=deposit.returnable,
                paid_at=moment,
                surplus=None,
                refund_order=None,
                back=None,
            )
        )
    errand.session.add_all(taken)
    return taken


def _told(row: StayDeposit) -> hospital.DepositPaid:
    return hospital.DepositPaid(
        deposit_no=row.deposit_no,
        amount=from_fen(row.amount),
        paid_at=stamp(row.paid_at),
        channel=row.channel,
        payer=row.payer,
        order=row.order_no if row.returnable else None,
    )


def deposits_of(session: Session, batch_no: str) -> list[StayDeposit]:
    """The newest first, as they go back."""
    wanted = select(StayDeposit).where(StayDeposit.batch_no == batch_no)
    return list(session.scalars(wanted.order_by(StayDeposit.paid_at.desc(), StayDeposit.deposit_no.desc())))


def check(deposits: Sequence[StayDeposit | RefundedPart], prepaid: hospital.Prepaid | None) -> None:
    """What the kiosk would give back is what the hospital would. Raises Declined."""
    told = {one.deposit_no: one for one in prepaid.surplus} if prepaid else {}
    used = prepaid.used_fen if prepaid else 0
    left = sum(row.amount for row in deposits) - used
    for row in deposits:
        back, one = min(left, row.amount), told.pop(row.deposit_no, None)
        left -= back
        if (one.amount_fen if one else 0) != back:
            raise Declined("预交金退还与医院账目不符")
        if one is not None and (one.refund_order is not None) != row.returnable:
            raise Declined("预交金退还渠道与医院账目不符")
    if left or told:
        raise Declined("预交金使用与医院账目不符")


def use(
    session: Session, deposits: Sequence[StayDeposit | RefundedPart], prepaid: hospital.Prepaid, book_no: str
) -> list[Move]:
    """Books what each deposit pays of the bill; what is left waits for `note_returns`."""
    told = {one.deposit_no: one for one in prepaid.surplus}
    moves: list[Move] = []
    for row in deposits:
        one = told.get(row.deposit_no)
        surplus = one.amount_fen if one else 0
        row.surplus, row.refund_order = surplus, one.refund_order if one else None
        row.back = hospital.Back.WINDOW if one is not None and one.refund_order is None else None
        used = row.amount - surplus
        if used:
            session.add(BookedPart(book_no=book_no, order_no=row.order_no, amount=used, channel=row.channel))
            moves.append(Move(Kind.COLLECTED, row.order_no, -used))
    return moves


def use_more(session: Session, deposits: Sequence[StayDeposit], prepaid: hospital.Prepaid, book_no: str) -> list[Move]:
    """What each deposit pays beyond what it paid when the stay was booked; less of it waits for `note_returns` then."""
    told = {one.deposit_no: one for one in prepaid.surplus}
    moves: list[Move] = []
    for row in deposits:
        one = told.get(row.deposit_no)
        left = one.amount_fen if one else 0
        more, row.surplus = (row.surplus or 0) - left, left
        row.refund_order = one.refund_order if one else None
        row.back = row.back if left else None
        if more:
            session.add(BookedPart(book_no=book_no, order_no=row.order_no, amount=more, channel=row.channel))
            moves.append(Move(Kind.COLLECTED, row.order_no, -more))
    return moves


def note_returns(errand: Errand, wish: hospital.Returns) -> hospital.ReturnsReply:
    """A repeat with the same word is answered alike; another word is refused."""
    session = errand.session
    session.scalar(select(Bill).where(Bill.batch_no == wish.batch_no).with_for_update(key_share=True))
    if session.scalar(select(Booking.book_no).where(Booking.batch_no == wish.batch_no).limit(1)) is None:
        raise Declined("该住院费用尚未入账")
    rows = {row.deposit_no: row for row in deposits_of(session, wish.batch_no) if row.surplus}
    if {one.deposit_no: one.amount_fen for one in wish.returns} != {no: row.surplus for no, row in rows.items()}:
        raise Declined("预交金退还与入账时不符")
    for one in wish.returns:
        row = rows[one.deposit_no]
        if row.back not in {None, one.back}:
            raise Declined("预交金退还结果前后不一")
        end(errand, row, one.back, wish.returns_key)
    return hospital.ReturnsReply(returns_key=wish.returns_key, noted=True)


def end(errand: Errand, row: StayDeposit | RefundedPart, back: hospital.Back, key: str) -> None:
    """Where what is left of one payment is, as it was told first."""
    if row.back_at is None:
        row.back, row.back_key, row.back_at = back, key, errand.now


def body_of(told: hospital.Stay) -> dict[str, object]:
    """As it stands inside a bill."""
    return codec.decode(codec.encode(told, "string"))
