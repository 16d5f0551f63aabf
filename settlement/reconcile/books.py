"""Everything that was fetched about one day, before anything is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.domain.accounts import AccountRow
from settlement.reconcile.rows import (
    HandedBill,
    InstitutionRow,
    InsurerRow,
    MadeRefund,
    NotedReturn,
    PaidOrder,
    PlatformView,
    TakenBack,
    TakenDeposit,
)


@dataclass(frozen=True, slots=True)
class Books:
    """One day of the institution, as each party tells it. None is a list that a party does not give.

    `kiosks` are the rows of that day, `neighbours` those of the days beside it, and of later ones where they are there:
    a visit over midnight has its order on one day and its settlement on the other, and what was paid on this day may be
    given back on any later one. `orders`, `refunds` and `claims` hold the three days, `returned`, `taken_back` and
    `handed` too.
    """

    day: date
    terminals: frozenset[str]
    kiosks: Sequence[AccountRow]
    institution: Sequence[InstitutionRow]
    platform: PlatformView
    orders: Sequence[PaidOrder]
    neighbours: Sequence[AccountRow] = ()
    away: frozenset[str] = frozenset()
    """Numbers (sid) of kiosk rows that are cleared through another province's agency: the platform is not asked."""
    deposits: Sequence[TakenDeposit] = ()
    """Deposits for stays that the hospital has from kiosks. The platform knows nothing of them."""
    acquirers: frozenset[str] = frozenset()
    """Channels whose money an acquirer has: no payment service tells it, and kiosk and hospital alone are compared."""
    silent: frozenset[str] = frozenset()
    """Kiosks whose accounts of the day are not there, or not to its end: what others have of them is not missing."""
    silent_beside: frozenset[str] = frozenset()
    """Kiosks whose accounts of a day beside it are not there: half of a visit over midnight may be in them."""
    doubled: frozenset[str] = frozenset()
    """Numbers that two journals bear: their kiosks can make the same msgid, and their drawers cannot be told apart."""
    refunds: Sequence[MadeRefund] | None = None
    returned: Sequence[NotedReturn] | None = None
    taken_back: Sequence[TakenBack] | None = None
    claims: Sequence[InsurerRow] | None = None
    handed: Sequence[HandedBill] | None = None
