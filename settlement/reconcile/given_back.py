"""What a kiosk took back of bills paid before, and of deposits that were more than enough.

The settlement it undid may be of this day or of an earlier one, and of any till; the money came by orders of any day.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.accounts import AccountRow, GivenBack, Standing
from kiosk.domain.money import ZERO
from kiosk.domain.stay import Back
from settlement.reconcile.findings import Finding, Kind, about, about_order
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import Verdict
from settlement.reconcile.settled import told_amounts


def taken_back(index: Index, row: AccountRow) -> Iterator[Finding]:
    """Its old settlement stands nowhere any more. While this is open, that is all there is to say."""
    if not row.cancels or row.standing is Standing.OPEN:
        return
    noted = index.taken_back.get(row.cancels)
    unheard = row.cancels not in index.hospital and index.books.taken_back is not None and noted is None
    found = list(still_there(index, row))
    if unheard:
        yield about(Kind.REFUND_STILL_BOOKED, row, setl_id=row.cancels)
    elif row.red and noted is not None and noted.red != row.red and not found:
        yield about(Kind.RECEIPT_OTHERWISE, row, setl_id=row.cancels)
    yield from found


def still_there(index: Index, row: AccountRow) -> Iterator[Finding]:
    """What this day's lists have of a settlement that was undone on this day or a later one."""
    if not row.cancels or row.standing is Standing.OPEN:
        return
    told = index.told(row.cancels)
    if any(not one.undone for one in index.hospital.get(row.cancels, ())):
        yield about(Kind.REFUND_STILL_BOOKED, row, setl_id=row.cancels)
    elif told is not None and told.verdict is Verdict.PLATFORM_ONLY and not told.undone:
        yield about(Kind.REFUND_STILL_SETTLED, row, told_amounts(told), setl_id=row.cancels)


def returns(index: Index, row: AccountRow) -> Iterator[Finding]:
    if row.standing is Standing.OPEN:
        return
    if any(one.back in {Back.UNSENT, Back.ASKED} for one in row.returns):
        yield about(Kind.STILL_GIVING_BACK, row)
    for one in row.returns:
        if one.order and one.back in {Back.RETURNED, Back.WINDOW}:
            yield from _returned(index, row, one)


def _returned(index: Index, row: AccountRow, one: GivenBack) -> Iterator[Finding]:
    """At the payment service, else at the hospital: one difference is named once."""
    ours = one.amount if one.back is Back.RETURNED else ZERO
    there = None if one.channel in index.books.acquirers else index.refunded(one.order, one.key)
    if there is not None and there != ours:
        kind = Kind.NOT_GIVEN_BACK if there < ours else Kind.GIVEN_BACK_UNKNOWN
        yield about_order(kind, row, one.order, [("kiosk.refunded", ours), ("payment.refunded", there)])
        return
    noted = index.returned.get((row.sid, one.order))
    theirs = noted.amount if noted else ZERO
    if index.books.returned is not None and theirs != ours:
        wrong = [("kiosk.refunded", ours), ("hospital.refunded", theirs)]
        yield about_order(Kind.RETURN_OTHERWISE, row, one.order, wrong)
