"""The doors of the hospital's HTTP face."""

from __future__ import annotations

from settlement.reference.counter import door
from settlement.reference.hospital import (
    admissions,
    billing,
    bookings,
    claimed,
    day,
    deposits,
    handing,
    holds,
    paid,
    records,
    refunds,
)
from settlement.wire import accounts, hospital
from settlement.wire import claims as claims_wire
from settlement.wire import paid as paid_wire
from settlement.wire.demo import DEMO_BILL, DemoBill
from settlement.wire.handing import HAND_OVER, HandOver

DOORS = {
    hospital.LOOK_UP: door(hospital.LookUp, records.look_up),
    hospital.BILLS: door(hospital.BillsQuery, billing.unpaid),
    hospital.HOLD: door(hospital.Hold, holds.hold),
    hospital.RENEW: door(hospital.Renew, holds.renew),
    hospital.RELEASE: door(hospital.Release, holds.release),
    hospital.BOOK: door(hospital.Book, bookings.book),
    hospital.RETURNS: door(hospital.Returns, refunds.note_returns),
    claims_wire.CLAIMED: door(claims_wire.Claimed, claimed.claimed),
    hospital.ADMISSIONS: door(hospital.AdmissionsQuery, admissions.ordered),
    hospital.ADMIT: door(hospital.Admit, admissions.admit),
    hospital.DEPOSIT: door(hospital.Deposit, deposits.take),
    paid_wire.PAID: door(paid_wire.PaidQuery, paid.paid),
    paid_wire.REFUNDED: door(paid_wire.Refunded, refunds.undo),
    accounts.HOSPITAL_DAY: door(accounts.DayQuery, day.told),
    HAND_OVER: door(HandOver, handing.hand_over),
    DEMO_BILL: door(DemoBill, billing.demo_bill),
}
