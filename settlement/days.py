"""Reads a stay's day list (住院费用一日清单), and tells one whose sums are not its lines' or its bill's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.domain.money import ZERO, Money
from kiosk.domain.stay import FeeDay
from kiosk.domain.visit import FeeLine
from settlement.moments import read_day
from settlement.wire.fee_lines import StayDay


def read_days(told: Sequence[StayDay], lines: Iterable[FeeLine], bill: Money) -> tuple[FeeDay, ...] | None:
    """The days as the hospital adds them up, oldest first; () where it tells none.

    None where they cannot be believed: out of order, a line on a day that is not told, a sum that is not that of the
    lines or of the days before, or a last sum that is not the bill's. Nothing is put right here: whose figure is wrong
    is the hospital's to find out.
    """
    if not told:
        return ()
    days = [_day(one) for one in told]
    sound = [one for one in days if one is not None]
    dates = [one.day for one in sound]
    if len(sound) < len(days) or dates != sorted(set(dates)) or not _adds_up(sound, lines, bill):
        return None
    return tuple(sound)


def _day(told: StayDay) -> FeeDay | None:
    day = read_day(told.day)
    return FeeDay(day, Money.from_yuan(told.amount), Money.from_yuan(told.so_far)) if day else None


def _adds_up(days: Sequence[FeeDay], lines: Iterable[FeeLine], bill: Money) -> bool:
    charged: dict[date | None, Money] = defaultdict(lambda: ZERO)
    for line in lines:
        charged[line.day] += line.amount
    so_far = ZERO
    for one in days:
        so_far += one.total
        if charged.pop(one.day, None) != one.total or so_far != one.so_far:
            return False
    return not charged and so_far == bill
