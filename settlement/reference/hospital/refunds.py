"""What the hospital takes back of a paid bill where a kiosk may give the money back itself.

The lines that stay become a bill of their own, which nobody owes before the old settlement is cancelled. What was
collected for the old bill then stands like a stay's deposits: it pays the new one, and the kiosk gives back the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from settlement.reference.clock import stamp
from settlement.reference.hospital import billing, bookings, stays
from settlement.reference.hospital.collected import parts_of
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import end_hold, find_bill, find_hold
from settlement.reference.ledger.books import Event, moves_of, post, reversed_moves
from settlement.reference.ledger.claims import Promise
from settlement.reference.ledger.dealings import PayOrder, Settlement, SettlementState
from settlement.reference.ledger.parties import Bill, BookedPart, Booking
from settlement.reference.ledger.queries import Query, store
from settlement.reference.ledger.refunds import Refund, RefundedPart
from settlement.reference.platform.call import fresh_number
from settlement.wire import codec, hospital
from settlement.wire.hospital import Back
from settlement.wire.paid import AtKiosk, Refunded, RefundedReply
from settlement.wire.payment import PayStatus
from settlement.wire.values import from_fen, to_fen

_APPROVED = Query(Refund, Refund.approval_no == bindparam("approval_no"))
_FEES = ("feedetail", "lines")


def at_kiosk(errand: Errand, booking: Booking, approval_no: str, lines: Sequence[str]) -> AtKiosk | None:
    """None where a window has to do it: not every fen of it came by an order that can go back, or others pay a part."""
    bill = find_bill(errand.session, booking.batch_no)
    known = _APPROVED.first(errand.session, approval_no=approval_no)
    if known is None:
        payments = _payments(errand, booking)
        if not payments or billing.fee_batch(bill).stay is not None:
            return None
        known = _approve(errand, booking, bill, approval_no, frozenset(lines))
        store(errand.session, *(_part(approval_no, n, *paid) for n, paid in enumerate(payments, 1)))
    rest = billing.fee_batch(find_bill(errand.session, known.rest_no)) if known.rest_no else None
    return AtKiosk(rest=rest, payments=tuple(_told(row) for row in parts_of(errand.session, known)))


def _payments(errand: Errand, booking: Booking) -> list[tuple[BookedPart, PayOrder]]:
    """What was collected for it, each part with its order; nothing unless that is all of the cash part."""
    parts = errand.session.scalars(select(BookedPart).where(BookedPart.book_no == booking.book_no)).all()
    promised = errand.session.scalar(select(Promise.id).where(Promise.book_no == booking.book_no).limit(1))
    orders = [errand.session.get(PayOrder, part.order_no) for part in parts]
    paid = [
        (part, order)
        for part, order in zip(parts, orders, strict=True)
        if order is not None and order.state == PayStatus.PAID
    ]
    whole = sum(part.amount for part, _ in paid) == booking.cash
    return paid if whole and promised is None else []


def _part(approval_no: str, place: int, part: BookedPart, order: PayOrder) -> RefundedPart:
    return RefundedPart.made(
        deposit_no=f"{approval_no}-{place}",
        approval_no=approval_no,
        order_no=part.order_no,
        amount=part.amount,
        channel=order.channel or part.channel,
        returnable=True,
        paid_at=order.paid_at or order.created_at,
        surplus=None,
        refund_order=None,
        back=None,
        back_key="",
        back_at=None,
    )


def _told(row: RefundedPart) -> hospital.DepositPaid:
    return hospital.DepositPaid(
        deposit_no=row.deposit_no,
        amount=from_fen(row.amount),
        paid_at=stamp(row.paid_at),
        channel=row.channel,
        order=row.order_no,
    )


def _approve(errand: Errand, booking: Booking, bill: Bill, approval_no: str, lines: frozenset[str]) -> Refund:
    rest = _rest(errand, bill, lines)
    approved = Refund.made(
        approval_no=approval_no,
        batch_no=bill.batch_no,
        rest_no=rest.batch_no if rest else "",
        book_no=booking.book_no,
        setl_id=booking.setl_id,
        refund_key="",
        reply="",
        undone_at=None,
        undone_by="",
    )
    store(errand.session, approved)
    return approved


def _rest(errand: Errand, bill: Bill, taken_back: frozenset[str]) -> Bill | None:
    """The lines that stay, under numbers of their own: the platform takes no line twice, whatever became of it."""
    body = codec.decode(bill.body.encode())
    numbers = billing.fresh_numbers(errand, "MZ")
    kept = {name: [row for row in body.get(name) or () if row["feedetl_sn"] not in taken_back] for name in _FEES}
    if not kept["lines"]:
        return None
    renamed = {row["feedetl_sn"]: f"{numbers.visit_no}{n:03d}" for n, row in enumerate(kept["lines"], 1)}
    for name in _FEES:
        kept[name] = [row | {"feedetl_sn": renamed[row["feedetl_sn"]]} for row in kept[name]]
    for row in kept["feedetail"]:
        row["chrg_bchno"] = numbers.chrg_bchno
    total = sum((Decimal(row["amount"]) for row in kept["lines"]), start=Decimal("0.00"))
    made: dict[str, Any] = body | kept | {"total": total, "batch_no": numbers.batch_no, "visit_no": numbers.visit_no}
    made["chrg_bchno"] = numbers.chrg_bchno
    made["registration"] = (body.get("registration") or {}) | {"ipt_otp_no": numbers.visit_no}
    if body.get("mdtrt_id"):
        person = errand.world.person_of(bill.certno)
        made |= billing.report(errand, person, made, uploaded=body.get("fees_uploaded", False)) if person else {}
    after = codec.decode(bill.next_steps.encode())  # what is kept was handed out already
    after["refund"], after["next_steps"] = None, ()
    rest = Bill.made(
        batch_no=numbers.batch_no,
        chrg_bchno=numbers.chrg_bchno,
        certno=bill.certno,
        patient_no=bill.patient_no,
        total=to_fen(total),
        body=codec.encode(codec.read(hospital.FeeBatch, made), "string").decode(),
        next_steps=codec.encode(after).decode(),
    )
    store(errand.session, rest)
    return rest


def undo(errand: Errand, wish: Refunded) -> RefundedReply:
    """A repeat with the same key is answered alike."""
    session = errand.session
    find_bill(session, wish.batch_no)
    approved = session.get(Refund, wish.approval_no)
    if approved is None or (approved.batch_no, approved.setl_id) != (wish.batch_no, wish.setl_id):
        raise Declined("没有这笔退费审批")
    if approved.undone_at is not None:
        if approved.refund_key != wish.refund_key:
            raise Declined("该退费已办理")
        return codec.read(RefundedReply, codec.decode(approved.reply.encode()))
    held = find_hold(session, wish.hold_key, approved.rest_no or approved.batch_no)
    if held is None or held.released_at:
        raise Declined("该退费不在占用中，不能入账")
    settlement = session.get(Settlement, wish.setl_id)
    if settlement is None or settlement.state == SettlementState.STANDING:
        raise Declined("医保结算尚未撤销，不能退费")
    if not approved.rest_no:
        end_hold(errand, held)
    approved.undone_by = held.owner
    return _undone(errand, approved, wish)


def _undone(errand: Errand, approved: Refund, wish: Refunded) -> RefundedReply:
    later = bool(codec.decode(find_bill(errand.session, wish.batch_no).next_steps.encode()).get("einvoice_later"))
    reply = RefundedReply(
        refund_key=wish.refund_key,
        refunded=f"T{fresh_number(errand.now)}",
        einvoice=None if later else bookings.fiscal_receipt(errand),
        einvoice_at=bookings.LATER if later else "",
    )
    approved.refund_key, approved.undone_at = wish.refund_key, errand.now
    approved.reply = codec.encode(reply).decode()
    back = reversed_moves(moves_of(errand.session, Event.BOOKED, approved.book_no))
    post(errand.session, Event.UNBOOKED, approved.book_no, errand.now, back)
    return reply


def note_returns(errand: Errand, wish: hospital.Returns) -> hospital.ReturnsReply:
    """Where the money of an undone bill is, or a stay's deposits are.

    What the rest did not use goes back, and all of it where nothing was settled again.
    """
    session = errand.session
    find_bill(session, wish.batch_no)
    by_number = (Refund.rest_no == wish.batch_no) | ((Refund.batch_no == wish.batch_no) & (Refund.rest_no == ""))
    approved = session.scalar(select(Refund).where(by_number, Refund.undone_at.is_not(None)).limit(1))
    if approved is None:
        return stays.note_returns(errand, wish)
    booked = session.scalar(select(Booking.book_no).where(Booking.batch_no == approved.rest_no).limit(1))
    rows = {row.deposit_no: row for row in parts_of(session, approved)}
    for row in rows.values():
        row.surplus = row.amount if booked is None else row.surplus
    wanted = {number: row.surplus for number, row in rows.items() if row.surplus}
    if {one.deposit_no: one.amount_fen for one in wish.returns} != wanted:
        raise Declined("退款与医院账目不符")
    for one in wish.returns:
        if rows[one.deposit_no].back not in {None, one.back}:
            raise Declined("退款结果前后不一")
        stays.end(errand, rows[one.deposit_no], Back(one.back), wish.returns_key)
    return hospital.ReturnsReply(returns_key=wish.returns_key, noted=True)
