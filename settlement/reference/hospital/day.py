"""The hospital's list of one day: everything it booked, by whichever till."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from settlement.reference.hospital import given_back, handed
from settlement.reference.hospital.claims import promised_fen
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.dealings import Settlement
from settlement.reference.ledger.parties import BookedPart, Booking, Hold, StayDeposit
from settlement.reference.ledger.refunds import Refund, RefundedPart
from settlement.reference.moments import bounds
from settlement.reference.platform.statements import clr_type
from settlement.wire import codec
from settlement.wire.accounts import ClaimNoted, DayQuery, DepositRow, HospitalDay, HospitalRow
from settlement.wire.hospital import BookedPayment, BookReply
from settlement.wire.paid import ClaimEnd
from settlement.wire.values import from_fen


def told(errand: Errand, query: DayQuery) -> HospitalDay:
    """By booking number. What a real hospital keeps of the settlement sheet (whose, by what it is summed up) is read
    from the platform's row; the amounts are those that were booked.
    """
    first, last = bounds(date.fromisoformat(query.day))
    held = and_(Hold.hold_key == Booking.hold_key, Hold.batch_no == Booking.batch_no)
    wanted = (
        select(Booking, Settlement, Hold)
        .join(Settlement, Settlement.setl_id == Booking.setl_id)
        .outerjoin(Hold, held)
        .where(Settlement.settled_at >= first, Settlement.settled_at < last, Booking.book_no > query.after)
        .order_by(Booking.book_no)
        .limit(query.limit)
    )
    found = errand.session.execute(wanted).all()
    parts = _parts(errand, [booking.book_no for booking, _, _ in found])
    orders = [part.order for told in parts.values() for part in told]
    deposits, later = _deposits(errand, orders), _paid_later(errand, orders)
    before = _of_refunds(errand, [booking.batch_no for booking, _, _ in found])
    others = _Others.of(errand.session, [booking.book_no for booking, _, _ in found])
    rows = tuple(
        _row(
            booking,
            settlement,
            hold,
            parts.get(booking.book_no, ()),
            deposits | before.get(booking.batch_no, frozenset()),
            later,
        ).model_copy(update=others.about(booking, _sum(parts.get(booking.book_no, ()), later)))
        for booking, settlement, hold in found
    )
    after = found[-1][0].book_no if len(found) == query.limit else None
    if query.after:
        return HospitalDay(rows=rows, after=after)
    return HospitalDay(
        rows=rows,
        deposits=(*map(_deposit, _taken(errand, first, last)), *_topped_up(errand, first, last)),
        returned=tuple(given_back.returned(errand.session, first, last)),
        taken_back=tuple(given_back.taken_back(errand.session, first, last)),
        handed=tuple(handed.told(errand, first, last)),
        after=after,
    )


@dataclass(frozen=True, slots=True)
class _Others:
    """What became of bookings besides what was collected: promised by others, and taken back since."""

    promised: dict[str, int]
    promises: dict[str, tuple[Promise, ...]]
    undone: frozenset[str]

    @classmethod
    def of(cls, session: Session, book_nos: Sequence[str]) -> _Others:
        promises: dict[str, tuple[Promise, ...]] = {}
        for row in session.scalars(select(Promise).where(Promise.book_no.in_(book_nos)).order_by(Promise.id)):
            promises[row.book_no] = (*promises.get(row.book_no, ()), row)
        return cls(promised_fen(session, book_nos), promises, given_back.undone(session, book_nos))

    def about(self, booking: Booking, later: int) -> dict[str, object]:
        """`later` is what came of it in an insurer's place."""
        promises = self.promises.get(booking.book_no, ())
        told = codec.read(BookReply, codec.decode(booking.reply.encode())).einvoice
        claims = (
            ClaimNoted(claim_key=one.claim_key, amount_fen=one.amount, end=_ENDS.get(one.state, ClaimEnd.REFUSED))
            for one in promises
            if one.claim_key
        )
        return {
            "promised_fen": self.promised.get(booking.book_no, 0) + later,
            "deferred_fen": sum(one.amount for one in promises if not one.claim_key),
            "claims": tuple(claims),
            "undone": booking.book_no in self.undone,
            "receipt": told.number if told else "",
        }


_ENDS: dict[str, ClaimEnd] = {Promised.OPEN: ClaimEnd.OPEN, Promised.PAID: ClaimEnd.PAID}
"""What is owed by the patient, or was paid by them, its insurer refused."""


def _parts(errand: Errand, book_nos: Sequence[str]) -> dict[str, tuple[BookedPayment, ...]]:
    parts: dict[str, tuple[BookedPayment, ...]] = {}
    for part in errand.session.scalars(select(BookedPart).where(BookedPart.book_no.in_(book_nos))):
        paid = BookedPayment(order=part.order_no, amount_fen=part.amount, channel=part.channel)
        parts[part.book_no] = (*parts.get(part.book_no, ()), paid)
    return parts


def _taken(errand: Errand, first: datetime, last: datetime) -> Iterable[StayDeposit]:
    """What kiosks took on that day, by number."""
    on_the_day = and_(StayDeposit.asked_no != "", StayDeposit.paid_at >= first, StayDeposit.paid_at < last)
    return errand.session.scalars(select(StayDeposit).where(on_the_day).order_by(StayDeposit.deposit_no))


def _deposit(row: StayDeposit) -> DepositRow:
    return DepositRow(
        deposit_key=row.take_key,
        opter_no=row.terminal,
        order=row.order_no,
        channel=row.channel,
        amount_fen=row.amount,
    )


def _topped_up(errand: Errand, first: datetime, last: datetime) -> Iterable[DepositRow]:
    """What kiosks took on that day in an insurer's place: payments of their own, like deposits."""
    on_the_day = and_(Promise.state == Promised.TOPPED_UP, Promise.taken_at >= first, Promise.taken_at < last)
    for row in errand.session.scalars(select(Promise).where(on_the_day).order_by(Promise.owed_no)):
        yield DepositRow(
            deposit_key=row.take_key,
            opter_no=row.terminal,
            order=row.order_no,
            channel=row.channel,
            amount_fen=row.amount,
        )


def _paid_later(errand: Errand, orders: Sequence[str]) -> frozenset[str]:
    """Which of these orders came in an insurer's place, after the booking."""
    return frozenset(errand.session.scalars(select(Promise.order_no).where(Promise.order_no.in_(orders))))


def _sum(parts: Iterable[BookedPayment], orders: frozenset[str]) -> int:
    return sum(part.amount_fen for part in parts if part.order in orders)


def _deposits(errand: Errand, orders: Sequence[str]) -> frozenset[str]:
    """Which of these orders were deposits."""
    return frozenset(errand.session.scalars(select(StayDeposit.order_no).where(StayDeposit.order_no.in_(orders))))


def _of_refunds(errand: Errand, batches: Sequence[str]) -> dict[str, frozenset[str]]:
    """By the bill that is what stays of another: the orders that paid for that one, which are nothing new."""
    rest = select(Refund.rest_no, RefundedPart.order_no).join(RefundedPart)
    found: dict[str, frozenset[str]] = {}
    for batch, order in errand.session.execute(rest.where(Refund.rest_no.in_(batches))).all():
        found[batch] = found.get(batch, frozenset()) | {order}
    return found


def _row(
    booking: Booking,
    settlement: Settlement,
    hold: Hold | None,
    parts: tuple[BookedPayment, ...],
    deposits: frozenset[str],
    later: frozenset[str],
) -> HospitalRow:
    return HospitalRow(
        book_key=booking.book_key,
        setl_id=booking.setl_id,
        msgid=booking.msgid,
        mdtrt_id=settlement.mdtrt_id,
        psn_no=settlement.psn_no,
        insutype=settlement.insutype,
        clr_type=clr_type(settlement.med_type),
        clr_optins=settlement.care_area,
        insuplc_admdvs=settlement.insured_area,
        opter_no=hold.owner if hold else "",
        medfee_sumamt=from_fen(booking.medfee),
        fund_pay_sumamt=from_fen(booking.fund),
        acct_pay=from_fen(booking.account),
        psn_cash_pay=from_fen(booking.cash),
        payments=tuple(part for part in parts if part.order not in deposits | later),
        deposits_fen=_sum(parts, deposits),
    )
