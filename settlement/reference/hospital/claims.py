"""What a booking was promised: an insurer's part, and what waits; and what is paid later in an insurer's place."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import end_hold, find_bill, find_hold
from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.parties import Bill, BookedPart
from settlement.reference.ledger.queries import store
from settlement.wire import codec, hospital, promises
from settlement.wire.values import to_fen


def check(batch: hospital.FeeBatch, told: promises.Promised | None) -> None:
    """No more waits than the hospital lets, and only whose policy it knows has an insurer. Raises Declined."""
    if told is None:
        return
    most = to_fen(batch.deferral.most) if batch.deferral else 0
    if told.deferred_fen > most:
        raise Declined("缓缴金额超过医院允许的数目")
    if told.insurer_fen and (batch.policy is None or told.claim_key is None or told.insurer != batch.policy.insurer):
        raise Declined("医院没有这份商业保险的直付约定")


def promise(session: Session, bill: Bill, told: promises.Promised, book_no: str) -> list[Move]:
    """Books what is promised in place of money."""
    parts = (
        (told.claim_key or "", told.insurer, told.insurer_fen, Promised.OPEN),
        ("", "", told.deferred_fen, Promised.DEFERRED),
    )
    rows = [_row(bill, book_no, key, payer, fen, state) for key, payer, fen, state in parts if fen]
    session.add_all(rows)
    return [
        Move(Kind.CLAIM, row.claim_key, -row.amount) if row.claim_key else Move(Kind.OWED, bill.chrg_bchno, -row.amount)
        for row in rows
    ]


def _row(bill: Bill, book_no: str, key: str, payer: str, fen: int, state: Promised) -> Promise:
    return Promise(
        book_no=book_no,
        chrg_bchno=bill.chrg_bchno,
        claim_key=key,
        payer=payer,
        amount=fen,
        met=0,
        state=state,
        owed_no="",
        order_no="",
        channel="",
        terminal="",
        take_key="",
        reply="",
        taken_at=None,
    )


def owed_as(session: Session, batch_no: str) -> Promise | None:
    """What the bill of this number is asked for, where it stands in an insurer's place."""
    wanted = select(Promise).where(Promise.owed_no == batch_no).limit(1)
    return session.scalar(wanted.with_for_update())


def take(errand: Errand, row: Promise, wish: hospital.Deposit) -> hospital.DepositReply:
    """Paid after all: one more payment of the booking. A repeat with the same key is answered alike."""
    if row.state == Promised.TOPPED_UP:
        if row.take_key != wish.deposit_key:
            raise Declined("这一笔已经补缴")
        return codec.read(hospital.DepositReply, codec.decode(row.reply.encode()))
    bill, held = find_bill(errand.session, wish.batch_no), find_hold(errand.session, wish.hold_key, wish.batch_no)
    if held is None or held.released_at:
        raise Declined("这一笔不在占用中，不能入账")
    if wish.payment.amount_fen != row.left:
        raise Declined("收款与应补的数目不符")
    end_hold(errand, held)
    steps = codec.decode(bill.next_steps.encode())["next_steps"]
    reply = hospital.DepositReply(
        deposit_key=wish.deposit_key,
        taken=f"BJ{bill.batch_no[1:]}",
        next_steps=tuple(codec.read(hospital.NextStep, step) for step in steps),
    )
    paid = wish.payment
    row.state, row.order_no, row.channel, row.terminal = Promised.TOPPED_UP, paid.order, paid.channel, held.owner
    row.take_key, row.reply, row.taken_at = wish.deposit_key, codec.encode(reply).decode(), errand.now
    part = BookedPart.made(book_no=row.book_no, order_no=paid.order, amount=row.left, channel=paid.channel)
    store(errand.session, part)
    moves = [Move(Kind.OWED, row.chrg_bchno, row.left), Move(Kind.COLLECTED, paid.order, -row.left)]
    post(errand.session, Event.TOPPED_UP, row.owed_no, errand.now, moves)
    return reply


def promised_fen(session: Session, book_nos: Iterable[str] | None = None) -> dict[str, int]:
    """By booking, all of them or these, what of its cash somebody else pays, or pays later; what was paid since is a
    payment.
    """
    wanted = select(Promise).where(Promise.state != Promised.TOPPED_UP)
    if book_nos is not None:
        wanted = wanted.where(Promise.book_no.in_(list(book_nos)))
    sums: dict[str, int] = {}
    for row in session.scalars(wanted):
        sums[row.book_no] = sums.get(row.book_no, 0) + row.left
    return sums
