"""A kiosk's settlement, or deposit, beside what hospital and platform have of it.

It is found by setl_id, or by msgid where no setl_id ever reached us. The platform shows its rows only where they
differ: elsewhere it has what the institution has.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.accounts import AccountRow, Figures, Standing
from kiosk.domain.money import Money
from settlement.reconcile.findings import Finding, Kind, about
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import InstitutionRow, PlatformDifference, Verdict

_TOLD = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")
"""What the platform's list tells of a settlement; it tells no cash."""


def settlement(index: Index, row: AccountRow) -> Iterator[Finding]:
    if row.deposit:
        yield from _deposit(index, row)
        return
    match row.standing:
        case Standing.OPEN:
            yield about(Kind.STILL_OPEN, row)
        case Standing.SETTLED if not index.undone_here(row):
            yield from _standing(index, row)
        case Standing.UNDONE:
            yield from _undone(index, row)
        case Standing.SETTLED:
            return  # whoever took it back answers for it


def _deposit(index: Index, row: AccountRow) -> Iterator[Finding]:
    """Between kiosk and hospital alone, by the order it was paid with."""
    taken = next((index.taken[share.order] for share in row.orders if share.order in index.taken), None)
    if row.standing is Standing.OPEN:
        yield about(Kind.STILL_OPEN, row)
    elif taken is None:
        yield from [about(Kind.NOT_BOOKED, row)] if row.standing is Standing.SETTLED else []
    elif row.standing is Standing.UNDONE:
        yield about(Kind.BOOKED_BUT_UNDONE, row)
    elif taken.amount != row.kept:
        wrong = [("kiosk.deposit", row.kept), ("hospital.deposit", taken.amount)]
        yield about(Kind.HOSPITAL_AMOUNTS, row, wrong)
    elif (taken.terminal, taken.channel) not in {(row.terminal, share.channel) for share in row.orders}:
        yield about(Kind.CHANNEL_OTHERWISE, row)


def _standing(index: Index, row: AccountRow) -> Iterator[Finding]:
    booked, told = index.booked(row), index.told(row.setl_id, row.msgid)
    if not booked:
        asked = index.books.platform.asked and index.books.platform.complete and row.sid not in index.books.away
        lacking = told is None and asked
        yield about(Kind.KIOSK_ONLY if lacking else Kind.NOT_BOOKED, row)
        return
    if len(booked) > 1:
        yield about(Kind.BOOKED_TWICE, row)
    if booked[0].undone:
        yield _cancelled(index, row, told)
        return
    wrong = list(_figures(row, booked[0]))
    if wrong:
        yield about(Kind.HOSPITAL_AMOUNTS, row, wrong)
    elif _receipts_differ(row.receipt, booked[0].receipt):
        yield about(Kind.RECEIPT_OTHERWISE, row)
    if told is not None and not (wrong and _as_settled(row, told)):
        yield from _platform(row, told)


def _cancelled(index: Index, row: AccountRow, told: PlatformDifference | None) -> Finding:
    """By a window. What of its money is back is told with it, and not once more as a refund that nobody knows."""
    back = [
        (f"payment.refunded.{share.order}", amount)
        for share in row.orders
        if share.order in index.orders
        for amount in [index.orders[share.order].amount - index.orders[share.order].kept]
        if amount
    ]
    stands = told is not None and told.verdict is Verdict.PLATFORM_ONLY and not told.undone
    return about(Kind.HALF_CANCELLED if stands else Kind.CANCELLED_ELSEWHERE, row, back)


def _figures(row: AccountRow, booked: InstitutionRow) -> Iterator[tuple[str, Money]]:
    """Amounts that differ. Who pays the cash part later, and who instead of the patient, is compared for itself."""
    if row.figures is None:
        return
    for name in Figures.__dataclass_fields__:
        here, there = getattr(row.figures, name), getattr(booked.figures, name)
        if here != there:
            yield f"kiosk.{name}", here
            yield f"hospital.{name}", there
    if row.used is not None and row.used != booked.deposits:
        yield "kiosk.used", row.used
        yield "hospital.deposits", booked.deposits
    received = booked.received + booked.deposits + booked.promised
    same = row.figures == booked.figures and row.promised in {None, booked.promised}
    if same and received != booked.figures.psn_cash_pay:
        yield "hospital.received", received
        yield "hospital.psn_cash_pay", booked.figures.psn_cash_pay


def _as_settled(row: AccountRow, told: PlatformDifference) -> bool:
    """The platform has what the kiosk has: then it is the hospital's amounts alone that differ, from both."""
    figures = row.figures or Figures()
    agreed = all(getattr(told, name) in {None, getattr(figures, name)} for name in _TOLD)
    return told.verdict is Verdict.AMOUNTS and agreed


def _receipts_differ(ours: str, theirs: str | None) -> bool:
    """One that was still being issued here may have its number there by now."""
    return bool(ours) and theirs is not None and ours != theirs


def _platform(row: AccountRow, told: PlatformDifference) -> Iterator[Finding]:
    match told.verdict:
        case Verdict.INSTITUTION_ONLY:
            yield about(Kind.PHONE_TAKEN_BACK if row.by_phone else Kind.PLATFORM_MISSING, row)
        case Verdict.AMOUNTS:
            yield about(Kind.PLATFORM_AMOUNTS, row, told_amounts(told))
        case Verdict.UNKNOWN | Verdict.PLATFORM_ONLY:  # "only there" contradicts what we told it ourselves
            yield about(Kind.PLATFORM_UNEXPLAINED, row, told_amounts(told))
        case Verdict.AGREES:
            return


def told_amounts(told: PlatformDifference) -> list[tuple[str, Money]]:
    amounts = ((name, getattr(told, name)) for name in _TOLD)
    return [(f"platform.{name}", amount) for name, amount in amounts if amount is not None]


def _undone(index: Index, row: AccountRow) -> Iterator[Finding]:
    if row.by_phone and (row.setl_id in index.settled or _finished_elsewhere(index, row)):
        return  # begun on a phone and left here, it may be finished anywhere
    if any(not booked.undone for booked in index.booked(row)):
        yield about(Kind.BOOKED_BUT_UNDONE, row)
    told = index.told(row.setl_id, row.msgid)
    if told is not None and told.verdict is Verdict.PLATFORM_ONLY and not told.undone:
        kind = Kind.PHONE_UNFINISHED if row.by_phone else Kind.SETTLED_BUT_UNDONE
        yield about(kind, row, told_amounts(told), setl_id=told.setl_id)


def _finished_elsewhere(index: Index, row: AccountRow) -> bool:
    return any(not booked.undone and booked.terminal != row.terminal for booked in index.booked(row))
