"""Deposits that the hospital asks for at a kiosk: taken once for each time it asks, whoever repeats it.

A deposit taken here waits for the bill of its patient's stay, which then uses it like those of other tills.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.hospital import claims
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import end_hold, find_bill, find_hold
from settlement.reference.ledger.parties import Bill, StayDeposit
from settlement.reference.ledger.queries import store
from settlement.wire import codec, hospital


def take(errand: Errand, wish: hospital.Deposit) -> hospital.DepositReply:
    """A repeat with the same key is answered alike; another key finds that it is taken."""
    bill = find_bill(errand.session, wish.batch_no)
    owed = claims.owed_as(errand.session, bill.batch_no)
    if owed is not None:
        return claims.take(errand, owed, wish)
    known = _taken(errand.session, bill.batch_no)
    if known is not None:
        if known.take_key != wish.deposit_key:
            raise Declined("该预交金已交")
        return codec.read(hospital.DepositReply, codec.decode(known.reply.encode()))
    held = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if held is None or held.released_at:
        raise Declined("该预交金不在占用中，不能入账")
    if wish.payment.amount_fen != bill.total:
        raise Declined("收款与应交预交金不符")
    end_hold(errand, held)
    return _record(errand, bill, wish, held.owner)


def _record(errand: Errand, bill: Bill, wish: hospital.Deposit, terminal: str) -> hospital.DepositReply:
    number = f"YJ{bill.batch_no[1:]}"
    steps = codec.decode(bill.next_steps.encode())["next_steps"]
    reply = hospital.DepositReply(
        deposit_key=wish.deposit_key,
        taken=number,
        next_steps=tuple(codec.read(hospital.NextStep, step) for step in steps),
    )
    store(
        errand.session,
        StayDeposit.made(
            deposit_no=number,
            batch_no=bill.batch_no,
            order_no=wish.payment.order,
            amount=wish.payment.amount_fen,
            channel=wish.payment.channel,
            payer="",
            returnable=True,
            paid_at=errand.now,
            surplus=None,
            refund_order=None,
            back=None,
            back_key="",
            back_at=None,
            asked_no=bill.batch_no,
            terminal=terminal,
            take_key=wish.deposit_key,
            reply=codec.encode(reply).decode(),
        ),
    )
    return reply


def _taken(session: Session, batch_no: str) -> StayDeposit | None:
    return session.scalar(select(StayDeposit).where(StayDeposit.asked_no == batch_no).limit(1))


def waiting(session: Session, patient_no: str) -> Sequence[StayDeposit]:
    """What was taken at kiosks for this patient and no stay has used yet."""
    asked = select(Bill.batch_no).where(Bill.patient_no == patient_no)
    unused = StayDeposit.batch_no == StayDeposit.asked_no
    return session.scalars(select(StayDeposit).where(StayDeposit.asked_no.in_(asked), unused)).all()
