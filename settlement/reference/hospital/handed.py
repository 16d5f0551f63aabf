"""What the hospital's list of one day says of bills that kiosks handed to phones: where each of them is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from settlement.reference.hospital import given_back
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.ledger.mobile import Handing, MobileBill
from settlement.reference.ledger.parties import Booking, Hold
from settlement.wire.accounts import HandedRow, HandedState


def told(errand: Errand, first: datetime, last: datetime) -> Iterable[HandedRow]:
    """By hand key. A bill went to its phone when the phone's hold began."""
    phones = and_(Hold.hold_key == Handing.hand_key, Hold.batch_no == Handing.batch_no)
    booked = and_(Booking.hold_key == Handing.hand_key, Booking.batch_no == Handing.batch_no)
    stands = and_(Settlement.setl_id == MobileBill.setl_id, Settlement.state == SettlementState.STANDING)
    wanted = (
        select(Handing, Hold, Booking, Settlement)
        .join(Hold, phones)
        .join(MobileBill, MobileBill.pay_ord_id == Handing.pay_ord_id)
        .outerjoin(Booking, booked)
        .outerjoin(Settlement, stands)
        .where(Hold.held_at >= first, Hold.held_at < last)
        .order_by(Handing.hand_key)
    )
    found = [_Found(*row) for row in errand.session.execute(wanted)]
    undone = given_back.undone(errand.session, [one.booking.book_no for one in found if one.booking is not None])
    for one in found:
        yield HandedRow(
            hand_key=one.handing.hand_key,
            batch_no=one.handing.batch_no,
            state=_state(one, undone, errand.now),
            setl_id=one.setl_id,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """One handing with the phone's hold; the booking made under that, and what stands settled by the phone's order."""

    handing: Handing
    hold: Hold
    booking: Booking | None
    settlement: Settlement | None

    @property
    def setl_id(self) -> str:
        if self.booking is not None:
            return self.booking.setl_id
        return self.settlement.setl_id if self.settlement is not None else ""


def _state(one: _Found, undone: frozenset[str], now: datetime) -> HandedState:
    hold = one.hold
    if one.booking is not None:
        return HandedState.UNDONE if one.booking.book_no in undone else HandedState.PAID
    if hold.released_at is not None:
        return HandedState.BACK
    if one.settlement is not None:
        return HandedState.PAYING
    return HandedState.LAPSED if hold.expires_at <= now else HandedState.WAITING
