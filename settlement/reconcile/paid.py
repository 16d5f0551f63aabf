"""What a kiosk collected, and gave back of it, beside what the payment service and the hospital have of the order."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.accounts import AccountRow, OrderShare, Standing
from kiosk.domain.money import ZERO, Money, total
from settlement.reconcile.findings import Finding, Kind, about, about_order
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import InstitutionRow, PaidOrder


def payment(index: Index, row: AccountRow) -> Iterator[Finding]:
    """An order that is still moving is the open settlement's, which is named already."""
    for share in row.orders:
        if share.order not in index.shares.open and share.channel not in index.books.acquirers:
            yield from _order(index, row, share)


def channels(index: Index, row: AccountRow) -> Iterator[Finding]:
    """The hospital has the sum that was paid, but by another order, channel or cashier: no sum shows it, only the
    cashiers' own.
    """
    booked = index.booked(row)
    if row.deposit or row.standing is not Standing.SETTLED or not booked or booked[0].undone:
        return
    ours = {(share.order, share.channel): share.collected for share in row.orders if share.collected}
    theirs = {(part.order, part.channel): part.amount for part in booked[0].taken}
    elsewhere = ours != theirs or booked[0].terminal != row.terminal
    if elsewhere and _sum_agrees(row, booked[0]):
        yield about(Kind.CHANNEL_OTHERWISE, row)


def _sum_agrees(row: AccountRow, booked: InstitutionRow) -> bool:
    return total(share.collected for share in row.orders) == booked.received


def _order(index: Index, row: AccountRow, share: OrderShare) -> Iterator[Finding]:
    paid, expected = index.orders.get(share.order), index.shares.collected[share.order]
    if paid is None:
        if share.collected:
            yield about_order(Kind.NOT_PAID, row, share.order, [("kiosk.collected", share.collected)])
    elif not expected:
        if paid.kept:
            yield about_order(Kind.PAID_WITHOUT_KIOSK, row, share.order, [("payment.amount", paid.kept)])
    elif paid.amount != expected:
        wrong = [("kiosk.collected", expected), ("payment.amount", paid.amount)]
        yield about_order(Kind.PAID_OTHERWISE, row, share.order, wrong)
    elif share.collected and _unlike(share.channel, paid.channel):
        yield about_order(Kind.CHANNEL_OTHERWISE, row, share.order)
    elif not (row.deposit and row.standing is Standing.SETTLED):  # what goes back of it later is its stay's
        yield from _given_back(index, row, share, paid)


def _unlike(ours: str, theirs: str) -> bool:
    """Old journals, and some services, tell no channel."""
    return bool(ours and theirs) and ours != theirs


def _given_back(index: Index, row: AccountRow, share: OrderShare, paid: PaidOrder) -> Iterator[Finding]:
    there = paid.refunds.get(share.refund_order, ZERO)
    if there != share.refunded:
        kind = Kind.NOT_GIVEN_BACK if there < share.refunded else Kind.GIVEN_BACK_UNKNOWN
        wrong = [("kiosk.refunded", share.refunded), ("payment.refunded", there)]
        yield about_order(kind, row, share.order, wrong)
    elif (strange := _strange(index, share, paid)) and not index.undone_unseen(row):
        yield about_order(Kind.GIVEN_BACK_UNKNOWN, row, share.order, [("payment.refunded", strange)])


def _strange(index: Index, share: OrderShare, paid: PaidOrder) -> Money:
    """Refunds under keys that no settlement knows; told once, by the order's first settlement."""
    known = index.shares.keys[paid.order]
    if share.refund_order != next(iter(known)):
        return ZERO
    return total(amount for key, amount in paid.refunds.items() if key not in known)
