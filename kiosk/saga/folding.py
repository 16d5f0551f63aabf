"""Folds facts into an entry."""

from __future__ import annotations

from typing import assert_never

from kiosk.domain.stay import Back
from kiosk.faults import FaultCode
from kiosk.saga.answers import ANSWERS, OutOfOrder, turn_back
from kiosk.saga.changing import replace
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import (
    Accepted,
    ActKind,
    Answered,
    Closed,
    Fact,
    GaveUp,
    HandedOver,
    InsurerAgreed,
    Intended,
    Opened,
    PaperDone,
    PaymentStopped,
    PhoneChosen,
    PrintIntended,
    Recovered,
    Resolved,
    Stamp,
    Watching,
)


def opened(sid: str, fact: Opened, at: Stamp) -> Entry:
    return Entry(sid=sid, plan=fact.plan, opened=at, mdtrt_id=fact.plan.batch.mdtrt_id)


def apply(entry: Entry, fact: Fact, at: Stamp) -> Entry:
    """The entry after one more fact."""
    match fact:
        case Opened():
            raise OutOfOrder("opened twice")
        case Intended():
            return _intend(entry, fact, at)
        case Answered():
            return ANSWERS[fact.act](entry, fact, at)
        case InsurerAgreed() | Accepted() | GaveUp() | PaymentStopped() | PhoneChosen() | PrintIntended() | PaperDone():
            return _follow_patient(entry, fact, at)
        case Recovered():
            return _recover(entry, at)
        case HandedOver() | Watching() | Closed():
            return replace(entry, course=_COURSES[type(fact)], failures=0, sent_failures=0)
        case Resolved():
            return replace(entry, course=Course.CLOSED, resolution=fact.resolution)
        case _ as never:
            assert_never(never)


_COURSES = {HandedOver: Course.MANUAL, Watching: Course.WATCHED, Closed: Course.CLOSED}


def _follow_patient(
    entry: Entry,
    fact: InsurerAgreed | Accepted | GaveUp | PaymentStopped | PhoneChosen | PrintIntended | PaperDone,
    at: Stamp,
) -> Entry:
    match fact:
        case InsurerAgreed(consent):
            return _ask_insurer(entry, consent)
        case Accepted():
            return replace(entry, accepted=True)
        case GaveUp():
            return _give_up(entry, fact, at)
        case PaymentStopped():
            return _stop_payment(entry)
        case PhoneChosen():
            return _choose_phone(entry, at)
        case PrintIntended():
            return replace(entry, printing=True)
        case PaperDone():
            return replace(entry, printed=fact.printed)
        case _ as never:
            assert_never(never)


def _ask_insurer(entry: Entry, consent: str) -> Entry:
    """Once, and before the patient has said yes to a sum."""
    asked = entry.consent or entry.accepted or entry.course is not Course.FORWARD or entry.quote is None
    return entry if asked or entry.plan.batch.policy is None else replace(entry, consent=consent)


def _stop_payment(entry: Entry) -> Entry:
    """Too late once it is paid, and nothing is left to close once it is closed."""
    order = entry.order
    if entry.course is not Course.FORWARD or order is None or order.mark is Mark.DONE:
        return entry
    return replace(entry, order=replace(order, closing=True))


def _choose_phone(entry: Entry, at: Stamp) -> Entry:
    """As long as nothing is paid and the hospital lets it: whatever order is open is closed before."""
    free = entry.course is Course.FORWARD and entry.accepted and not entry.paid and entry.plan.batch.phone
    if not free or entry.phone_since is not None:
        return entry
    return _stop_payment(replace(entry, phone_since=at, failures=0, sent_failures=0))


def _give_up(entry: Entry, fact: GaveUp, at: Stamp) -> Entry:
    """Too late once a settlement may exist: then only answers decide, or that none can be had."""
    if entry.course is not Course.FORWARD:
        return replace(entry, orphaned=True)
    lost = entry.settlement is None and entry.mark(ActKind.SETTLE).maybe
    if lost and fact.fault is FaultCode.SETTLEMENT_UNKNOWN:
        return turn_back(entry, at, fact.fault)
    taken_back = entry.takes_back and entry.undoing_paid
    if entry.mark(ActKind.SETTLE) is not Mark.NONE or entry.taking or taken_back or entry.handed_maybe:
        return replace(entry, orphaned=True)
    return turn_back(replace(entry, orphaned=True), at, fact.fault)


def _recover(entry: Entry, at: Stamp) -> Entry:
    """Never start what the patient can no longer see; what was sent without an answer is unknown.

    A deposit that the hospital was told of is told of again, for it may be in the books by now. A bill that is taken
    back whole needs its patient no more; what stays of one would be settled without them.

    Every wait begins anew: seconds are counted within one start of the machine, and the wall clock between two may lie.
    """
    entry = replace(
        entry,
        orphaned=True,
        failures=0,
        sent_failures=0,
        undo_since=at if entry.undo_since else None,
        returns_since=at if entry.returns_since else None,
        booked_since=at if entry.booked_since else None,
        undoing_since=at if entry.undoing_since else None,
        phone_since=at if entry.phone_since else None,
        settle_since=at if entry.settle_since else None,
        closed_orders=tuple(replace(order, since=at) for order in entry.closed_orders),
        returns=tuple(replace(one, doubtful=one.doubtful or one.key == entry.returning) for one in entry.returns),
    )
    taken_back = entry.takes_back and entry.undoing_paid
    begun = entry.settlement is not None or entry.taking or taken_back or entry.handed_maybe
    if entry.course is not Course.FORWARD or begun:
        return entry
    return turn_back(entry, at, entry.fault)


def _intend(entry: Entry, fact: Intended, at: Stamp) -> Entry:
    if fact.act is ActKind.COLLECT:
        whole = fact.whole or entry.own_part
        order = Order(fact.key, at, whole=whole, place=fact.place, method=fact.method, patience=fact.patience)
        return replace(entry, order=order, again=None, failures=0, sent_failures=0)
    if fact.act is ActKind.SETTLE:
        entry = replace(entry, settle_msgid=fact.key, settle_since=at)
    if fact.act is ActKind.CANCEL_PAID:
        entry = replace(entry, undoing_since=entry.undoing_since or at)
    if fact.act is ActKind.RETURN_DEPOSIT:
        returns = tuple(replace(one, back=Back.ASKED) if one.key == fact.key else one for one in entry.returns)
        return replace(entry, returns=returns, returning=fact.key)
    if fact.act in {ActKind.HOLD, ActKind.RENEW}:
        entry = replace(entry, hold_asked=at)
    if fact.act in _LOOKS:
        return entry
    return entry.marked(fact.act, Mark.INTENT)


_LOOKS = {
    ActKind.RENEW,
    ActKind.QUERY_PAYMENT,
    ActKind.FIND_SETTLEMENT,
    ActKind.QUERY_SETTLEMENT,
    ActKind.QUERY_PAID,
    ActKind.WATCH_PAYMENT,
    ActKind.RETURN_LATE,
}
"""What changes nothing at the far end, or is told by the order it is about."""
