"""The one place that knows what follows what with money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kiosk.domain.policy import Limits
from kiosk.faults import FaultCode
from kiosk.saga.backwards import giving_back, handing_act, taking_out, undoing_act
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Stamp

_HANDING_TRIES = 2
"""So often what we reported is withdrawn while its patient waits for their phone; after that it is told as not done."""


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
class GiveUp:
    """It cannot go forward any more: turn back. Nothing was paid, or a lost settlement could not be found."""

    fault: FaultCode


@dataclass(frozen=True, slots=True)
class HandOver:
    """Undoing failed too often or too long: make it staff's."""


@dataclass(frozen=True, slots=True)
class Watch:
    """All is done but what may still land; note it down."""


@dataclass(frozen=True, slots=True)
class Close:
    """All is done; note it down."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is closed."""


Next = Act | Wait | GiveUp | HandOver | Watch | Close | Done


def next_act(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """What this settlement needs next."""
    match entry.course:
        case Course.FORWARD:
            return _forward(entry, now, limits)
        case Course.UNDOING:
            return _undo(entry, now, limits)
        case Course.MANUAL:
            return _watch_by_staff(entry, now, limits)
        case Course.WATCHED:
            return _watch(entry, now, limits)
        case Course.CLOSED:
            return Done()
        case _ as never:
            assert_never(never)


def _forward(entry: Entry, now: Stamp, limits: Limits) -> Next:
    if entry.handing:
        return _hand_over(entry, now, limits)
    preparing = _preparation(entry, limits)
    if preparing is not None:
        return preparing
    if entry.asks_insurer and not entry.accepted:
        return Act(ActKind.ASK_INSURER)
    if not entry.accepted:
        return _hold_and_wait(entry, Awaited.DECISION, now, limits)
    if entry.plan.batch.redress is not None and entry.unbooked is None:
        return _take_out(entry, now, limits)
    if not entry.paid:
        return _pay(entry, now, limits)
    if entry.settlement is None and _settles(entry):
        return _settle(entry, now, limits)
    if entry.booking is None and not entry.takes_back:
        return Act(ActKind.TAKE_DEPOSIT if entry.is_deposit else ActKind.BOOK, _backoff(entry, limits))
    if not entry.claim_over:
        return _claim(entry, now, limits)
    if not entry.returns_over:
        return _give_back(entry, now, limits)
    if entry.printed is None and not entry.orphaned:
        return Wait(Awaited.PAPER)
    return _end(entry)


def _hand_over(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """The order is closed first, then what we reported goes, and only then may the phone begin.

    Before the hospital was asked a failure turns back like any other; after that the same question is repeated, for
    the phone may be paying.
    """
    if entry.order is not None:
        return _pay(entry, now, limits)
    if entry.handed is not None:
        return Wait(Awaited.PAPER) if entry.printed is None and not entry.orphaned else _end(entry)
    if not entry.handed_maybe and entry.failures >= _HANDING_TRIES:
        return GiveUp(FaultCode.PHONE_REFUSED)
    if _exhausted(entry, now, limits, entry.phone_since):
        return HandOver()
    return Act(handing_act(entry), _backoff(entry, limits))


def _settles(entry: Entry) -> bool:
    return not (entry.is_deposit or entry.takes_back or entry.plan.batch.ordered)


def _take_out(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """The settlement of a paid bill, once its patient said yes: out of the platform's books, then of the hospital's.

    What is not known to be cancelled is looked up, and cancelled again as long as it stands.
    """
    if _exhausted(entry, now, limits, entry.undoing_since):
        return HandOver()
    return Act(taking_out(entry), _backoff(entry, limits))


def _give_back(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """What the deposits left over, each by itself; then the hospital learns how each ended."""
    if _exhausted(entry, now, limits, entry.returns_since):
        return HandOver()
    return Act(giving_back(entry), _backoff(entry, limits))


def _claim(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """The insurer's part, under one key until it says yes or no; then the hospital learns which. What a stay's deposits
    leave over waits for it: of what the insurer refuses they pay first.
    """
    if _exhausted(entry, now, limits, entry.booked_since):
        return HandOver()
    ended = entry.claim is not None and entry.claim.ended
    return Act(ActKind.REPORT_CLAIM if ended else ActKind.CLAIM, _backoff(entry, limits))


def _settle(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """A lost settlement is asked for as long as its patient stands by, then it is reversed like any other."""
    if entry.mark(ActKind.SETTLE) is Mark.NONE:
        return Act(ActKind.SETTLE, _backoff(entry, limits))
    if now.elapsed(entry.settle_since or entry.opened) >= limits.patient_waits:
        return GiveUp(FaultCode.SETTLEMENT_UNKNOWN)
    return Act(ActKind.FIND_SETTLEMENT, _backoff(entry, limits))


def _end(entry: Entry) -> Next:
    return Watch() if entry.reversal_watched or entry.closed_orders else Close()


def held(entry: Entry, now: Stamp, limits: Limits) -> bool:
    """Whether the bill is ours still, as far as we know: nothing is paid for one that may be another till's."""
    return now.elapsed(entry.hold_since or entry.opened) < limits.hold


def _hold_and_wait(entry: Entry, awaited: Awaited, now: Stamp, limits: Limits) -> Next:
    """The bill stays ours for as long as somebody reads: the hold is renewed when a third of it is over."""
    if not held(entry, now, limits):
        return GiveUp(FaultCode.HOSPITAL_UNREACHABLE)
    left = limits.hold / 3 - now.elapsed(entry.hold_since or entry.opened)
    if left > 0:
        return Wait(awaited, left)
    return Act(ActKind.RENEW, _backoff(entry, limits))


def _preparation(entry: Entry, limits: Limits) -> Act | None:
    """The steps up to the quote; each happens once, a failure of any turns the course.

    A deposit is only held, and so is a bill that a phone began, whose order is the quote, or one that is taken back
    whole. What stays of a paid bill is quoted when the old settlement is undone: while it stands it has used up the
    account and the deductible, and the platform would name another sum.
    """
    batch = entry.plan.batch
    if entry.mark(ActKind.HOLD) is Mark.NONE:
        return Act(ActKind.HOLD)
    if not _settles(entry):
        return None
    if entry.mdtrt_id is None:
        return Act(ActKind.REGISTER)
    if not batch.uploaded and entry.mark(ActKind.DESCRIBE) is Mark.NONE:
        return Act(ActKind.DESCRIBE)
    if not batch.uploaded and entry.mark(ActKind.UPLOAD) is Mark.NONE:
        return Act(ActKind.UPLOAD)
    if entry.quote is None and (batch.redress is None or entry.unbooked is not None):
        return Act(ActKind.QUOTE, _backoff(entry, limits))
    return None


def _pay(entry: Entry, now: Stamp, limits: Limits) -> Next:
    order = entry.order
    if order is None:
        return _hold_and_wait(entry, Awaited.CODE, now, limits)
    over = now.elapsed(order.since) >= (order.patience or limits.payment)
    if order.closing or over or not held(entry, now, limits):
        if _exhausted(entry, now, limits, order.since):
            return HandOver()
        return Act(ActKind.CLOSE_PAYMENT, _backoff(entry, limits))
    if _renewal_due(entry, now, limits):
        return Act(ActKind.RENEW)
    return Act(ActKind.QUERY_PAYMENT, limits.payment_poll)


def _renewal_due(entry: Entry, now: Stamp, limits: Limits) -> bool:
    """Also while an order is open, so that two thirds of the hold are always left to whatever is still on its way.

    One that fails is asked for again, but the questions about the payment go on between.
    """
    pause = min(limits.retry_most, limits.hold / 6)
    asked = entry.hold_asked or entry.opened
    aged = now.elapsed(entry.hold_since or entry.opened) >= limits.hold / 3
    return aged and (now.elapsed(asked) >= pause or asked == entry.hold_since)


def _undo(entry: Entry, now: Stamp, limits: Limits) -> Next:
    act = undoing_act(entry)
    if act is None:
        return _end(entry)
    if _exhausted(entry, now, limits, entry.undo_since):
        return HandOver()
    return Act(act, _backoff(entry, limits))


def _watch(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """One more reversal, and one more look at each closed order, when no byte of the old ones can be alive any more."""
    due = _watches(entry, now, limits)
    if not due:
        return Close()
    ripe = [act for act, left in due.items() if left <= 0]
    if not ripe:
        return Wait(Awaited.TIME, min(due.values()))
    act = ripe[entry.failures % len(ripe)]  # a far party that does not answer must not keep the other one waiting
    if _watched_in_vain(act, entry, now, limits):
        return HandOver()
    return Act(act, _backoff(entry, limits))


def _watched_in_vain(act: ActKind, entry: Entry, now: Stamp, limits: Limits) -> bool:
    """A far party that does not answer raises no alarm here; one that refuses does, and money that cannot go back."""
    if act is ActKind.RETURN_LATE:
        return _exhausted(entry, now, limits, entry.closed_orders[0].since)
    return entry.mark(act) is Mark.REFUSED and entry.sent_failures >= limits.reversal_attempts


def _watches(entry: Entry, now: Stamp, limits: Limits) -> dict[ActKind, float]:
    """What is to be watched, and in how many seconds."""
    life = limits.longest_request
    due: dict[ActKind, float] = {}
    if entry.reversal_watched:
        due[ActKind.WATCH] = life - now.elapsed(entry.settle_since or entry.opened)
    if entry.closed_orders:
        first = entry.closed_orders[0]
        landed = first.mark is Mark.DONE
        due[ActKind.RETURN_LATE if landed else ActKind.WATCH_PAYMENT] = (
            0.0 if landed else life - now.elapsed(first.since)
        )
    return due


def _watch_by_staff(entry: Entry, now: Stamp, limits: Limits) -> Next:
    """Staff decide, but what was undone and may land late is still undone once more, and an order that was paid after
    its close still goes back, by themselves.
    """
    due = _watches(entry, now, limits)
    if ActKind.WATCH in due and _watched_in_vain(ActKind.WATCH, entry, now, limits):
        del due[ActKind.WATCH]
    if not due:
        return Wait(Awaited.STAFF)
    ripe = [act for act, left in due.items() if left <= 0]
    if not ripe:
        return Wait(Awaited.STAFF, min(due.values()))
    return Act(ripe[entry.failures % len(ripe)], _backoff(entry, limits))


def lands_within(entry: Entry, now: Stamp, limits: Limits) -> float:
    """Seconds for which what was closed or undone may still arrive: who ends the settlement before ends the look at it
    too. 0.0 once nothing can, or the look was taken in vain.
    """
    due = _watches(entry, now, limits)
    left = max(due.values(), default=0.0)
    looked = left <= 0 and entry.failures > 0
    return max(left, 1.0) if due and not looked else 0.0


def _exhausted(entry: Entry, now: Stamp, limits: Limits, since: Stamp | None) -> bool:
    too_often = entry.sent_failures >= limits.reversal_attempts
    return too_often or (since is not None and entry.failures > 0 and now.elapsed(since) >= limits.manual_after)


def _backoff(entry: Entry, limits: Limits) -> float:
    if not entry.failures:
        return 0.0
    return float(min(limits.retry_most, limits.retry_first * 2 ** min(entry.failures - 1, 16)))
