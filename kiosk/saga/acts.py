"""The one place that knows what follows what with money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kiosk.domain.policy import Limits
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Stamp


class Awaited(StrEnum):
    """What a settlement waits for that no far party can give."""

    DECISION = "decision"
    CODE = "code"
    PAPER = "paper"
    STAFF = "staff"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Act:
    """Do this next, `delay` seconds after the last try."""

    kind: ActKind
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do until somebody moves; `seconds` when only time has to pass."""

    awaited: Awaited
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Undoing failed too often or too long: make it staff's."""


@dataclass(frozen=True, slots=True)
class Close:
    """All is done; note it down."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is closed."""


Next = Act | Wait | HandOver | Close | Done


def next_act(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """What this settlement needs next."""
    match entry.course:
        case Course.FORWARD:
            return _forward(entry, now, limits)
        case Course.UNDOING:
            return _undo(entry, now, limits)
        case Course.MANUAL:
            return Wait(Awaited.STAFF)
        case Course.WATCHED:
            return _watch(entry, now, limits)
        case Course.CLOSED:
            return Done()
        case _ as never:
            assert_never(never)


def _forward(entry: Entry, now: Stamp, limits: Limits) -> Next:
    preparing = _preparation(entry)
    if preparing is not None:
        return preparing
    if not entry.accepted:
        return Wait(Awaited.DECISION)
    if not entry.paid:
        return _pay(entry, now, limits)
    if entry.mark(ActKind.SETTLE) is Mark.NONE:
        return Act(ActKind.SETTLE, _backoff(entry, limits))
    if entry.booking is None:
        return Act(ActKind.BOOK, _backoff(entry, limits))
    if entry.printed is None and not entry.orphaned:
        return Wait(Awaited.PAPER)
    return Close()


def _preparation(entry: Entry) -> Act | None:
    """The steps up to the quote; each happens once, a failure of any turns the course."""
    batch = entry.plan.batch
    if entry.mark(ActKind.HOLD) is Mark.NONE:
        return Act(ActKind.HOLD)
    if entry.mdtrt_id is None:
        return Act(ActKind.REGISTER)
    if not batch.uploaded and entry.mark(ActKind.DESCRIBE) is Mark.NONE:
        return Act(ActKind.DESCRIBE)
    if not batch.uploaded and entry.mark(ActKind.UPLOAD) is Mark.NONE:
        return Act(ActKind.UPLOAD)
    if entry.quote is None:
        return Act(ActKind.QUOTE)
    return None


def _pay(entry: Entry, now: Stamp, limits: Limits) -> Next:
    order = entry.order
    if order is None:
        return Wait(Awaited.CODE)
    if order.closing or now.elapsed(order.since) >= limits.payment:
        if _exhausted(entry, now, limits, order.since):
            return HandOver()
        return Act(ActKind.CLOSE_PAYMENT, _backoff(entry, limits))
    return Act(ActKind.QUERY_PAYMENT, limits.payment_poll)


def _undo(entry: Entry, now: Stamp, limits: Limits) -> Next:
    act = _undoing_act(entry)
    if act is None:
        return Close()
    if _exhausted(entry, now, limits, entry.undo_since):
        return HandOver()
    return Act(act, _backoff(entry, limits))


def _undoing_act(entry: Entry) -> ActKind | None:
    """First the settlement, then the payment, then lines, registration and hold: never money before insurance."""
    if entry.settlement is None and entry.mark(ActKind.SETTLE).maybe and entry.mark(ActKind.REVERSE) is not Mark.DONE:
        return ActKind.REVERSE
    if entry.settlement is not None and entry.mark(ActKind.CANCEL) is not Mark.DONE:
        return ActKind.QUERY_SETTLEMENT if entry.mark(ActKind.CANCEL) in {Mark.INTENT, Mark.UNKNOWN} else ActKind.CANCEL
    order = entry.order
    if order is not None and order.mark is not Mark.DONE:
        return ActKind.CLOSE_PAYMENT
    if order is not None and entry.mark(ActKind.REFUND) is not Mark.DONE:
        return ActKind.REFUND
    if entry.mark(ActKind.UPLOAD).maybe:
        return ActKind.WITHDRAW
    if entry.registered_here and entry.mark(ActKind.REGISTER).maybe:
        return ActKind.DEREGISTER
    if entry.mark(ActKind.HOLD).maybe:
        return ActKind.RELEASE
    return None


def _watch(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """One more reversal when no byte of the lost settlement can be alive any more."""
    left = limits.longest_request - now.elapsed(entry.settle_since or entry.opened)
    if left > 0:
        return Wait(Awaited.TIME, left)
    return Act(ActKind.WATCH, _backoff(entry, limits))


def _exhausted(entry: Entry, now: Stamp, limits: Limits, since: Stamp | None) -> bool:
    too_often = entry.sent_failures >= limits.reversal_attempts
    return too_often or (since is not None and entry.failures > 0 and now.elapsed(since) >= limits.manual_after)


def _backoff(entry: Entry, limits: Limits) -> float:
    if not entry.failures:
        return 0.0
    return float(min(limits.retry_most, limits.retry_first * 2 ** min(entry.failures - 1, 16)))
