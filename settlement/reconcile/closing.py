"""The day's end: what the parties have of the kiosks' settlements, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from kiosk.domain.accounts import AccountRow, Figures, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.ports.documents import CashierLine
from settlement.reconcile.books import Books
from settlement.reconcile.indexing import Index, terminal_of
from settlement.reconcile.promises import CLAIM_KEY
from settlement.reconcile.rows import InstitutionRow, Looked, PlatformDifference, Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """What one party has of the kiosks' settlements, None what it does not tell. The platform's lists tell no cash.

    `insurer` is what insurers paid of the cash part, `deferred` what of it waits: neither is in `received`.
    """

    count: int | None = None
    medfee_sumamt: Money | None = None
    fund_pay_sumamt: Money | None = None
    acct_pay: Money | None = None
    received: Money | None = None
    insurer: Money | None = None
    deferred: Money | None = None


@dataclass(frozen=True, slots=True)
class FourWays:
    """kiosk = hospital = platform = payment, as far as each of them can tell; and insurers, where the site has any.

    `acquirers` is what no payment service can tell: the kiosks' word of what card terminals took and gave back.
    """

    kiosk: Side
    hospital: Side
    platform: Side
    payment: Side
    insurer: Side = Side()
    acquirers: Money = ZERO

    @property
    def equal(self) -> bool:
        collected = replace(self.payment, received=(self.payment.received or ZERO) + self.acquirers)
        return all(_agree(self.kiosk, side) for side in (self.hospital, self.platform, collected, self.insurer))


def _agree(ours: Side, theirs: Side) -> bool:
    told = ((getattr(ours, field.name), getattr(theirs, field.name)) for field in fields(Side))
    return all(there is None or here == there for here, there in told)


def four_ways(index: Index, lines: Sequence[CashierLine]) -> FourWays:
    """The kiosks' settlements that stand, at each party; what a kiosk took back since stands no more.

    Money is that of the cashiers' `lines`. The platform's side is the hospital's, changed by what the platform said
    differs; what another province's agency clears is in it as the hospital has it, for nobody here compares that.
    """
    books = index.books
    rows = [row for row in books.kiosks if row.standing is Standing.SETTLED and not row.deposit]
    standing = [row for row in rows if not index.undone_here(row)]
    ours = [row for row in books.institution if row.terminal in books.terminals and not row.undone]
    return FourWays(
        _kiosk(standing, total(line.net for line in lines)),
        _hospital(ours, total(line.at_hospital for line in lines)),
        _platform(books, ours),
        Side(received=total(line.at_payment for line in lines if line.at_payment is not None)),
        _insurer(books, standing),
        total(line.net for line in lines if line.at_payment is None),
    )


def _kiosk(standing: Sequence[AccountRow], received: Money) -> Side:
    paid = total(row.claim.amount for row in standing if row.claim and row.claim.outcome is Outcome.PAID)
    side = _side(len(standing), sum((row.figures for row in standing if row.figures), Figures()), received)
    return replace(side, insurer=paid, deferred=total(row.deferred for row in standing if row.deferred is not None))


def _hospital(ours: Sequence[InstitutionRow], received: Money) -> Side:
    side = _side(len(ours), sum((row.figures for row in ours), Figures()), received)
    claims = [claim for row in ours for claim in row.claims or () if claim.outcome is Outcome.PAID]
    if all(row.claims is not None for row in ours):
        side = replace(side, insurer=total(claim.amount for claim in claims))
    if all(row.deferred is not None for row in ours):
        side = replace(side, deferred=total(row.deferred or ZERO for row in ours))
    return side


def _insurer(books: Books, standing: Sequence[AccountRow]) -> Side:
    """Of the claims of windows and phones nothing is told here."""
    if books.claims is None:
        return Side()
    keys = {row.claim.key for row in standing if row.claim} | {f"{row.sid}{CLAIM_KEY}" for row in books.kiosks}
    paid = [claim for claim in books.claims if claim.looked is Looked.PAID and claim.key in keys]
    return Side(insurer=total(claim.amount for claim in paid))


def _side(count: int, figures: Figures, received: Money | None) -> Side:
    return Side(count, figures.medfee_sumamt, figures.fund_pay_sumamt, figures.acct_pay, received)


def _platform(books: Books, ours: Sequence[InstitutionRow]) -> Side:
    """Nothing is told where the platform was not asked, or did not say of every row how it differs."""
    if not (books.platform.asked and books.platform.complete):
        return Side()
    there = {row.setl_id: row.figures for row in ours}
    known = {row.setl_id for row in books.kiosks} | {row.setl_id for row in books.neighbours}
    for told in books.platform.differences:
        if told.verdict is Verdict.INSTITUTION_ONLY or told.undone:
            there.pop(told.setl_id, None)
        elif told.setl_id in there or told.setl_id in known or terminal_of(told.msgid) in books.terminals:
            there[told.setl_id] = _changed(there.get(told.setl_id, Figures()), told)
    return _side(len(there), sum(there.values(), Figures()), None)


def _changed(figures: Figures, told: PlatformDifference) -> Figures:
    names = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")
    said = {name: getattr(told, name) for name in names}
    return replace(figures, **{name: amount for name, amount in said.items() if amount is not None})
