"""What was booked and stands: for whoever wants its papers once more, at whichever till it was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kiosk.domain.sid import is_sid
from settlement.reference.hospital import billing, bookings, refunds
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.ledger.parties import Bill, BookedPart, Booking
from settlement.reference.moments import bounds
from settlement.wire import codec, hospital
from settlement.wire.paid import ClaimEnd, InsurersPart, PaidBill, PaidBills, PaidQuery, RefundApproved, Till


def paid(errand: Errand, query: PaidQuery) -> PaidBills:
    first, _ = bounds(date.fromisoformat(query.since))
    wanted = (
        select(Booking, Bill, Settlement)
        .join(Bill, Bill.batch_no == Booking.batch_no)
        .join(Settlement, Settlement.setl_id == Booking.setl_id)
        .where(
            Bill.certno == query.certno,
            Booking.booked_at >= first,
            Settlement.state == SettlementState.STANDING,
        )
        .order_by(Booking.booked_at.desc(), Booking.book_no.desc())
    )
    return PaidBills(bills=tuple(_told(errand, query, *row) for row in errand.session.execute(wanted).all()))


def _told(errand: Errand, query: PaidQuery, booking: Booking, bill: Bill, settlement: Settlement) -> PaidBill:
    reply = _receipted(errand, booking)
    parts = errand.session.scalars(select(BookedPart).where(BookedPart.book_no == booking.book_no))
    return PaidBill(
        bill=billing.fee_batch(bill),
        insuplc_admdvs=settlement.insured_area,
        msgid=booking.msgid,
        settled=_settled(settlement),
        booked=booking.book_no,
        book_key=booking.book_key,
        till=_till(booking),
        payments=tuple(
            hospital.BookedPayment(order=part.order_no, amount_fen=part.amount, channel=part.channel) for part in parts
        ),
        next_steps=reply.next_steps,
        einvoice=reply.einvoice,
        einvoice_at=reply.einvoice_at,
        refund=_refund(errand, query, booking, bill),
        insurer=_insurers_part(errand, booking),
    )


def _insurers_part(errand: Errand, booking: Booking) -> InsurersPart | None:
    of_it = (Promise.book_no == booking.book_no, Promise.claim_key != "")
    row = errand.session.scalar(select(Promise).where(*of_it).limit(1))
    if row is None:
        return None
    known = {Promised.OPEN: ClaimEnd.OPEN, Promised.PAID: ClaimEnd.PAID}
    return InsurersPart(amount_fen=row.amount, end=known.get(Promised(row.state), ClaimEnd.REFUSED))


def _refund(errand: Errand, query: PaidQuery, booking: Booking, bill: Bill) -> RefundApproved | None:
    """With what a kiosk needs, where nothing speaks for a window."""
    told = codec.decode(bill.next_steps.encode()).get("refund")
    if not told:
        return None
    approved = codec.read(RefundApproved, told)
    here = None if approved.window else refunds.at_kiosk(errand, booking, approved.approval_no, approved.lines)
    if here is not None and here.rest is not None:
        here = here.model_copy(update={"rest": billing.as_settled_by(here.rest, query.settled_by)})
    return approved.model_copy(update={"at_kiosk": here})


def _receipted(errand: Errand, booking: Booking) -> hospital.BookReply:
    """As it was booked; a fiscal receipt that took a while is there by now."""
    reply = codec.read(hospital.BookReply, codec.decode(booking.reply.encode()))
    if reply.einvoice is not None:
        return reply
    issued = reply.model_copy(update={"einvoice": bookings.fiscal_receipt(errand), "einvoice_at": ""})
    booking.reply = codec.encode(issued).decode()
    return issued


def _settled(settlement: Settlement) -> dict[str, Any]:
    details = codec.decode(settlement.detail.encode())["setldetail"]
    return {"setlinfo": codec.decode(settlement.info.encode()), "setldetail": details}


def _till(booking: Booking) -> Till:
    """A kiosk's key is made of a visit's number, the app's of its operator's, a phone's of what was handed to it."""
    sid, found, _ = booking.book_key.partition("-book")
    if found and is_sid(sid):
        return Till.KIOSK
    by_phone = booking.book_key.startswith("book-APP") or booking.book_key.endswith("-phone")
    return Till.PHONE if by_phone else Till.WINDOW
