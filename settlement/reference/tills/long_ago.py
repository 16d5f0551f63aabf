"""The hospital's tills as they were some days ago: what somebody comes back about was done then."""

from __future__ import annotations

from dataclasses import replace

from settlement.reference import payments
from settlement.reference.clock import Earlier
from settlement.reference.counter import Counter
from settlement.reference.hospital.counter import DOORS
from settlement.reference.payments import PaymentService
from settlement.reference.platform.desk import Desk
from settlement.reference.tills.clerk import Face


def long_ago(desk: Desk, days: int) -> tuple[Desk, Face]:
    """Platform, hospital and payment service over the same ledger, all of them by an earlier clock."""
    then = replace(desk, clock=Earlier(desk.clock, days))
    hospital = Counter(desk.ledger, desk.world, then.clock, DOORS)
    payment = PaymentService(desk.ledger, then.clock)
    faces: dict[str, Face] = {
        **dict.fromkeys(DOORS, hospital.answer),
        **dict.fromkeys(payments.PATHS, payment.answer),
    }
    return then, lambda path, body: faces[path](path, body)
