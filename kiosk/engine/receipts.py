"""What was paid, at the kiosk or before, as its papers tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.domain.paper import PaperShape, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.sid import spoken_number
from kiosk.domain.visit import Booking
from kiosk.flow.effects import PrintAgain, PrintClaimSlip
from kiosk.flow.states import Paid
from kiosk.ports.documents import DepositPaid, Documents, PaidBill, RefundedBill, RefundSlip, Site
from kiosk.ports.hospital import PaidBefore


def paid_bill(paid: Paid, now: datetime, *, again: bool = False) -> PaidBill:
    """Raises ValueError for a deposit, which is not settled."""
    if paid.settlement is None:
        raise ValueError("a receipt for what is not settled")
    return PaidBill(
        number=paid.number,
        sid=paid.sid,
        name=paid.bill.person.name,
        insurance=paid.bill.insurance,
        batch=paid.bill.batch,
        settlement=paid.settlement,
        payment=paid.payment,
        booking=paid.booking,
        printed_at=now,
        reprint=again,
        returns=paid.returns,
        claim=paid.claim,
    )


def receipt_of(paid: Paid, documents: Documents, site: Site, shape: PaperShape, now: datetime) -> Slip:
    """What its patient takes along of it: of a refund how much went where, of a deposit that it was paid."""
    if paid.unbooked is not None:
        return documents.refunded_slip(_refunded(paid, paid.unbooked, now), site, shape)
    if paid.settlement is None:
        return documents.deposit_slip(deposit_paid(paid, now), site, shape)
    return documents.receipt(paid_bill(paid, now, again=paid.paper.half), site, shape)


def _refunded(paid: Paid, unbooked: Booking, now: datetime) -> RefundedBill:
    batch, redress = paid.bill.batch, paid.bill.batch.redress
    if redress is None:
        raise ValueError("nothing that was paid was taken back")
    name, booking = paid.bill.person.name, paid.booking if paid.settlement else None
    slip = RefundedBill(paid.number, name, batch, redress, unbooked, paid.returns, now, paid.settlement, booking)
    return replace(slip, reprint=paid.paper.half)


def paid_before(
    one: PaidBefore, name: PersonName, now: datetime, *, official: bool = False, first: bool = False
) -> PaidBill:
    """Marked as a copy, but for the `first`. What another till paid is known by the hospital's number: it has none of
    ours.
    """
    return PaidBill(
        number=spoken_number(one.sid) if one.sid else one.booking.book_no,
        sid=one.sid,
        name=name,
        insurance=one.insurance,
        batch=one.batch,
        settlement=one.settlement,
        payment=one.payment,
        booking=one.booking,
        printed_at=now,
        reprint=not first,
        claim=one.claim,
        official=official,
    )


def printed_again(
    effect: PrintAgain | PrintClaimSlip, documents: Documents, site: Site, shape: PaperShape, now: datetime
) -> Slip:
    """The receipt once more, or the slip for what the hospital takes back or an insurer has not paid."""
    if isinstance(effect, PrintClaimSlip):
        return documents.claim_slip(paid_bill(effect.paid, now), site, shape)
    paid, name = effect.paid, effect.person.name
    if effect.refund and paid.refund is not None:
        return documents.refund_slip(RefundSlip(name, paid, paid.refund, now), site, shape)
    copy = paid_before(paid, name, now, official=effect.official, first=effect.first)
    return documents.receipt(copy, site, shape)


def deposit_paid(paid: Paid, now: datetime) -> DepositPaid:
    """Raises ValueError where nothing was paid."""
    if paid.payment is None:
        raise ValueError("a deposit that was not paid")
    batch, name = paid.bill.batch, paid.bill.person.name
    return DepositPaid(paid.number, name, batch, paid.payment, paid.booking, now, reprint=paid.paper.half)
