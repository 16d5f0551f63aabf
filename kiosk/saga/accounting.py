"""A settlement's facts as one row of the kiosk's accounts.

The entry alone does not tell it: an order that was closed, landed all the same and was given back has left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kiosk.domain.accounts import AccountRow, ClaimShare, Figures, GivenBack, HandedShare, OrderShare, Standing
from kiosk.domain.money import ZERO
from kiosk.domain.settlement import Settlement
from kiosk.domain.visit import Booking
from kiosk.ports.clock import BEIJING
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import ActKind, Answered, Fact, Opened, Resolution, Stamp
from kiosk.saga.folding import apply, opened


class Account:
    """One settlement, fact after fact; `row` is its row as far as the facts go."""

    def __init__(self, sid: str, beginning: Opened, at: Stamp) -> None:
        self._entry = opened(sid, beginning, at)
        self._past: list[OrderShare] = []

    def add(self, fact: Fact, at: Stamp) -> None:
        before = self._entry
        self._entry = apply(before, fact, at)
        if isinstance(fact, Answered) and fact.act is ActKind.RETURN_LATE:
            gone = len(before.closed_orders) - len(self._entry.closed_orders)
            self._past += [_share(order, returned=True) for order in before.closed_orders[:gone]]

    def row(self, terminal: str) -> AccountRow:
        """`terminal` is the number of the kiosk whose journal this is."""
        entry, settlement = self._entry, self._entry.settlement
        return AccountRow(
            sid=entry.sid,
            terminal=terminal,
            state=entry.state_name(),
            standing=_standing(entry),
            moment=settlement.settled_at if settlement else datetime.fromtimestamp(entry.opened.wall, BEIJING),
            batch_no=entry.plan.batch.batch_no,
            msgid=settlement.msgid if settlement else entry.settle_msgid,
            setl_id=settlement.setl_id if settlement else "",
            insutype=entry.plan.insurance.insutype,
            insuplc_admdvs=entry.plan.insurance.insuplc_admdvs,
            figures=_figures(settlement) if settlement else None,
            booked=entry.booking is not None,
            orders=(*self._past, *_present(entry)),
            deposit=entry.is_deposit,
            promised=entry.cover.insurer + entry.cover.deferred if settlement else None,
            by_phone=entry.plan.batch.ordered is not None,
            deferred=entry.cover.deferred if settlement else None,
            claim=_claim(entry),
            cancels=_cancels(entry),
            returns=tuple(_given_back(entry)),
            receipt=_number(entry.booking),
            red=_number(entry.unbooked),
            used=entry.cover.used if settlement else None,
            handed=_handed(entry),
        )


def _claim(entry: Entry) -> ClaimShare | None:
    claim = entry.claim
    return ClaimShare(entry.claim_key, claim.pledge.amount, claim.outcome) if claim else None


def _handed(entry: Entry) -> HandedShare | None:
    told = entry.handed
    return HandedShare(entry.hand_key, told.number, told.until) if told else None


def _cancels(entry: Entry) -> str:
    """The settlement of a paid bill that is undone, or may be; one that the platform refused to undo stands."""
    redress = entry.plan.batch.redress
    return redress.setl_id if redress and entry.undoing_paid else ""


def _given_back(entry: Entry) -> Iterable[GivenBack]:
    for one in entry.returns:
        yield GivenBack(one.deposit.order, one.key, one.deposit.channel, one.amount, one.back)


def _number(booking: Booking | None) -> str:
    return booking.receipt.number if booking and booking.receipt else ""


def _present(entry: Entry) -> Iterable[OrderShare]:
    if entry.order is not None:
        given_back = entry.mark(ActKind.REFUND) is Mark.DONE or entry.resolution is Resolution.REFUNDED
        yield _share(entry.order, returned=given_back)
    yield from (_share(order, returned=False) for order in entry.closed_orders)


def _share(order: Order, *, returned: bool) -> OrderShare:
    collected = order.amount if order.mark is Mark.DONE else ZERO
    return OrderShare(order.key, order.channel, collected, order.refund_key, collected if returned else ZERO)


def _standing(entry: Entry) -> Standing:
    """A settlement that goes forward and is booked stands, however far its paper is."""
    if entry.resolution is not None:
        return Standing.SETTLED if entry.resolution is Resolution.SETTLED else Standing.UNDONE
    if entry.course is Course.FORWARD:
        return Standing.SETTLED if entry.booking is not None else Standing.OPEN
    if entry.course in {Course.CLOSED, Course.WATCHED}:
        stands = (entry.settlement is not None or entry.booking is not None) and not _undone(entry)
        return Standing.SETTLED if stands else Standing.UNDONE
    return Standing.OPEN


def _undone(entry: Entry) -> bool:
    return Mark.DONE in {entry.mark(ActKind.REVERSE), entry.mark(ActKind.CANCEL)}


def _figures(settlement: Settlement) -> Figures:
    amounts = settlement.amounts
    return Figures(amounts.medfee_sumamt, amounts.fund_pay_sumamt, amounts.acct_pay, amounts.psn_cash_pay)
