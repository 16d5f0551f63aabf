"""Splits a fee line by the catalogue of the place of care: full self-pay, over limit, first self-pay, policy scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from settlement.reference.benefit.rounding import rounded, share


@dataclass(frozen=True, slots=True)
class Terms:
    """How the insurance treats an item: chrgitm_lv, selfpay_prop, pric_uplmt_amt in yuan (None: no limit)."""

    level: str
    own_ratio: Decimal
    limit: Decimal | None


UNLISTED = Terms("03", Decimal(1), None)
"""An item the insurance does not know is the person's own."""


@dataclass(frozen=True, slots=True)
class Split:
    """One line, or a sum of lines. The four parts add up to the total (identity 1)."""

    total: int
    full_self: int
    over_limit: int
    first_self: int
    in_scope: int


def split_line(total: int, count: Decimal, price: Decimal, terms: Terms) -> Split:
    """`total` is the hospital's own figure for the line and is never corrected; `price` is yuan for one unit."""
    if terms.level == UNLISTED.level:
        return Split(total, total, 0, 0, 0)
    over = min(total, _over_limit(count, price, terms.limit))
    first = share(total - over, terms.own_ratio)
    return Split(total, 0, over, first, total - over - first)


def _over_limit(count: Decimal, price: Decimal, limit: Decimal | None) -> int:
    if limit is None or price <= limit:
        return 0
    return rounded((price - limit) * count * 100)


def total_of(lines: Iterable[Split]) -> Split:
    total = full_self = over_limit = first_self = in_scope = 0
    for line in lines:
        total += line.total
        full_self += line.full_self
        over_limit += line.over_limit
        first_self += line.first_self
        in_scope += line.in_scope
    return Split(total, full_self, over_limit, first_self, in_scope)
