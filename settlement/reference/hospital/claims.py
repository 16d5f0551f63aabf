"""What a booking was promised: an insurer's part, and what waits. What an insurer refuses is asked of the patient."""

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
from settlement.reference.platform.call import fresh_number
from settlement.wire import claims, codec, hospital, promises
from settlement.wire.claims import ClaimEnd
from settlement.wire.values import from_fen, to_fen

_OF_CLAIM = {ClaimEnd.PAID: {Promised.PAID}, ClaimEnd.REFUSED: {Promised.OWED, Promised.TOPPED_UP}}


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
        state=state,
        owed_no="",
        order_no="",
        channel="",
        terminal="",
        take_key="",
        reply="",
        taken_at=None,
    )


def claimed(errand: Errand, wish: claims.Claimed) -> claims.ClaimedReply:
    """A repeat with the same word is answered alike; another word is refused."""
    session = errand.session
    row = session.scalar(select(Promise).where(Promise.claim_key == wish.claim_key).limit(1).with_for_update())
    if row is None or row.amount != wish.amount_fen:
        raise Declined("没有这一笔商业保险应付款")
    if row.state == Promised.OPEN:
        _end(errand, row, wish)
    if row.state not in _OF_CLAIM[wish.end]:
        raise Declined("商业保险的结果前后不一")
    owed = find_bill(session, row.owed_no) if row.state == Promised.OWED else None
    told = codec.read(hospital.FeeBatch, codec.decode(owed.body.encode())) if owed else None
    return claims.ClaimedReply(claim_key=wish.claim_key, noted=True, owed=told)


def _end(errand: Errand, row: Promise, wish: claims.Claimed) -> None:
    if wish.end is ClaimEnd.PAID:
        row.state = Promised.PAID
        return
    row.state = Promised.OWED
    moves = [Move(Kind.CLAIM, row.claim_key, row.amount), Move(Kind.OWED, row.chrg_bchno, -row.amount)]
    post(errand.session, Event.OWED, row.claim_key, errand.now, moves)
    row.owed_no = _ask_for(errand, row, find_bill(errand.session, wish.batch_no), wish.reason)


def _ask_for(errand: Errand, row: Promise, bill: Bill, reason: str) -> str:
    """A bill of its own for what the insurer left: nothing is settled of it, for that is done."""
    first = codec.decode(bill.body.encode())
    number = fresh_number(errand.now)
    basis = f"{row.payer}没有付这一部分：{reason or '没有说明原因'}"
    asked = codec.read(
        hospital.FeeBatch,
        {name: first[name] for name in ("visit_no", "med_type", "dept_name", "doctor_name", "begntime", "patient_no")}
        | {
            "batch_no": f"B{number}",
            "chrg_bchno": f"C{number}",
            "total": from_fen(row.amount),
            "lines": (),
            "deposit": {"ward": first["dept_name"], "basis": basis, "owed": True},
        },
    )
    values = {name: getattr(bill, name) for name in ("certno", "patient_no", "next_steps")}
    body = codec.encode(asked, "string").decode()
    made = Bill.made(**values, batch_no=asked.batch_no, chrg_bchno=asked.chrg_bchno, total=row.amount, body=body)
    store(errand.session, made)
    return asked.batch_no


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
    if wish.payment.amount_fen != row.amount:
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
    part = BookedPart.made(book_no=row.book_no, order_no=paid.order, amount=row.amount, channel=paid.channel)
    store(errand.session, part)
    moves = [Move(Kind.OWED, row.chrg_bchno, row.amount), Move(Kind.COLLECTED, paid.order, -row.amount)]
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
        sums[row.book_no] = sums.get(row.book_no, 0) + row.amount
    return sums
