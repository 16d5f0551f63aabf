"""How old a payment may be so that its channel still takes it back.

Asked before anything of a refund is begun: once a settlement is cancelled, a channel's no would come too late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.ports.hospital import PaidBefore, PaidBills, Refundable

Ages = Mapping[str, int]
"""Channel → how many days; of a channel that is not named the hospital's word stands alone."""


def within_age(paid: PaidBills, ages: Ages, now: datetime) -> PaidBills:
    """A refund with one payment past its age is left to a window whole: what is settled anew is settled once."""
    return PaidBills(tuple(_judged(one, ages, now) for one in paid.bills))


def _judged(paid: PaidBefore, ages: Ages, now: datetime) -> PaidBefore:
    refund = paid.refund
    if refund is None or not _too_old(refund, ages, now):
        return paid
    return replace(paid, refund=replace(refund, again=None, too_old=True))


def _too_old(refund: Refundable, ages: Ages, now: datetime) -> bool:
    """By each payment's own moment, not by the bill's, which may have been booked later."""
    payments = refund.again.prepaid if refund.again is not None else ()
    return any(one.channel in ages and now - one.paid_at > timedelta(days=ages[one.channel]) for one in payments)
