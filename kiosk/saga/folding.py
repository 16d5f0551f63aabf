"""Folds facts into an entry: what each answer means for the course of a settlement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.faults import FaultCode
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import (
    Accepted,
    ActKind,
    Answered,
    Closed,
    Fact,
    GaveUp,
    HandedOver,
    Intended,
    Opened,
    PaperDone,
    PrintIntended,
    Recovered,
    Resolved,
    Stamp,
    Verdict,
)


_SETTLE_TRIES = 3
"""A settlement of which no byte left may be tried again while the patient waits; one that may have left never."""


class OutOfOrder(Exception):
    """A fact that cannot follow what is known: a defect, never a patient's fault."""


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
            return _ANSWERS[fact.act](entry, fact, at)
        case Accepted():
            return replace(entry, accepted=True)
        case GaveUp():
            return _give_up(entry, fact, at)
        case PrintIntended():
            return replace(entry, printing=True)
        case PaperDone():
            return replace(entry, printed=fact.printed)
        case Recovered():
            return _recover(entry, at)
        case Resolved():
            return replace(entry, course=Course.CLOSED, resolution=fact.resolution)
        case HandedOver():
            return replace(entry, course=Course.MANUAL)
        case Closed():
            return replace(entry, course=_last_course(entry))


def _last_course(entry: Entry) -> Course:
    watch = entry.course is Course.UNDOING and entry.mark(ActKind.REVERSE) is Mark.DONE
    return Course.WATCHED if watch else Course.CLOSED


def _give_up(entry: Entry, fact: GaveUp, at: Stamp) -> Entry:
    """Too late once a settlement may exist: then only answers decide."""
    if entry.course is not Course.FORWARD or entry.mark(ActKind.SETTLE) is not Mark.NONE:
        return replace(entry, orphaned=True)
    return _undoing(replace(entry, orphaned=True), at, fact.fault)


def _recover(entry: Entry, at: Stamp) -> Entry:
    """Never start what the patient can no longer see; what was sent without an answer is unknown."""
    entry = replace(entry, orphaned=True, failures=0, sent_failures=0)
    if entry.course is not Course.FORWARD or entry.settlement is not None:
        return entry
    return _undoing(entry, at, entry.fault)


def _undoing(entry: Entry, at: Stamp, fault: FaultCode | None, reason: str = "") -> Entry:
    return replace(
        entry,
        course=Course.UNDOING,
        undo_since=at,
        failures=0,
        sent_failures=0,
        fault=fault or entry.fault,
        reason=reason or entry.reason,
    )


def _intend(entry: Entry, fact: Intended, at: Stamp) -> Entry:
    if fact.act is ActKind.COLLECT:
        return replace(entry, order=Order(fact.key, at), again=None, failures=0, sent_failures=0)
    if fact.act is ActKind.SETTLE:
        entry = replace(entry, settle_msgid=fact.key, settle_since=at)
    return entry.marked(fact.act, Mark.INTENT)


def _mark(verdict: Verdict) -> Mark:
    return {
        Verdict.YES: Mark.DONE,
        Verdict.NO: Mark.REFUSED,
        Verdict.PENDING: Mark.PENDING,
        Verdict.UNKNOWN: Mark.UNKNOWN,
        Verdict.NOT_SENT: Mark.NONE,
        Verdict.WRONG: Mark.WRONG,
    }[verdict]


def _failed(entry: Entry, answer: Answered) -> Entry:
    """One try more without progress; a refund on its way is neither progress nor a failed sending."""
    sent = answer.verdict not in {Verdict.NOT_SENT, Verdict.PENDING}
    return replace(entry, failures=entry.failures + 1, sent_failures=entry.sent_failures + sent)


def _progressed(entry: Entry) -> Entry:
    return replace(entry, failures=0, sent_failures=0)


def _prepared(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """HOLD, REGISTER, DESCRIBE, UPLOAD, QUOTE: a yes goes on, anything else turns back before any money."""
    entry = entry.marked(answer.act, _mark(answer.verdict))
    if answer.verdict is not Verdict.YES:
        return _undoing(entry, at, answer.fault, answer.reason)
    entry = replace(entry, mdtrt_id=answer.mdtrt_id or entry.mdtrt_id, quote=answer.quote or entry.quote)
    return _progressed(entry)


def _paid(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The order is paid: with the right amount it counts, with another it goes back whole."""
    order = _order(entry)
    paid = replace(order, mark=Mark.DONE, amount=answer.amount or entry.own_part, channel=answer.channel or "")
    entry = _progressed(replace(entry, order=paid))
    if entry.course is Course.FORWARD and paid.amount != entry.own_part:
        return _undoing(entry, at, FaultCode.SETTLEMENT_WRONG)
    return entry


def _order(entry: Entry) -> Order:
    if entry.order is None:
        raise OutOfOrder("an answer about a payment without an order")
    return entry.order


def _collect(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    order = _order(entry)
    if answer.verdict is Verdict.YES:
        return _paid(entry, answer, at)
    if answer.verdict is Verdict.NOT_SENT:
        return replace(entry, order=None, again=answer.fault)
    if answer.verdict is Verdict.NO:
        return replace(
            entry, order=replace(order, mark=Mark.REFUSED, closing=True), again=answer.fault, reason=answer.reason
        )
    return replace(entry, order=replace(order, mark=_mark(answer.verdict)))


def _query_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    order = _order(entry)
    if answer.verdict is Verdict.YES:
        return _paid(entry, answer, at)
    if answer.verdict is Verdict.NO:
        return replace(
            entry, order=replace(order, mark=Mark.REFUSED, closing=True), again=answer.fault, reason=answer.reason
        )
    return entry


def _close_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """An acknowledged close is the only proof that an order was not paid."""
    order = _order(entry)
    if answer.verdict is Verdict.YES and answer.channel is not None:
        return _paid(entry, answer, at)
    if answer.verdict is Verdict.YES:
        again = entry.again or FaultCode.PAYMENT_NOT_MADE
        return _progressed(replace(entry, order=None, again=again))
    return _failed(replace(entry, order=replace(order, closing=True)), answer)


def _settle(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    entry = entry.marked(ActKind.SETTLE, _mark(answer.verdict))
    if answer.verdict is Verdict.NOT_SENT and not entry.orphaned and entry.failures < _SETTLE_TRIES - 1:
        return _failed(entry, answer)
    settlement = answer.settlement
    if answer.verdict is not Verdict.YES or settlement is None:
        return _undoing(entry, at, answer.fault, answer.reason)
    if settlement.amounts.psn_cash_pay != entry.collected:
        return _undoing(entry.marked(ActKind.SETTLE, Mark.WRONG), at, FaultCode.SETTLEMENT_WRONG)
    return _progressed(replace(entry, settlement=settlement))


def _book(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    if answer.verdict is Verdict.YES:
        return _progressed(replace(entry.marked(ActKind.BOOK, Mark.DONE), booking=answer.booking))
    if answer.verdict is Verdict.NO:
        return _undoing(entry.marked(ActKind.BOOK, Mark.REFUSED), at, answer.fault, answer.reason)
    return _failed(entry.marked(ActKind.BOOK, Mark.UNKNOWN), answer)


def _undone(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """REVERSE, CANCEL, REFUND: repeated until yes."""
    entry = entry.marked(answer.act, _mark(answer.verdict))
    return _progressed(entry) if answer.verdict is Verdict.YES else _failed(entry, answer)


def _query_settlement(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    if answer.verdict is not Verdict.YES:
        return _failed(entry, answer)
    return _progressed(entry.marked(ActKind.CANCEL, Mark.NONE if answer.stands else Mark.DONE))


def _given_back(act: ActKind) -> Callable[[Entry, Answered, Stamp], Entry]:
    """WITHDRAW, DEREGISTER, RELEASE: a refusal means there is nothing to give back."""

    def fold(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
        if answer.verdict in {Verdict.YES, Verdict.NO}:
            return _progressed(entry.marked(act, Mark.UNDONE))
        return _failed(entry, answer)

    return fold


def _watched(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """A refusal says that nothing stands to be reversed, which is what the watch wanted to know."""
    if answer.verdict in {Verdict.YES, Verdict.NO}:
        return replace(entry, course=Course.CLOSED)
    return _failed(entry, answer)


_ANSWERS: dict[ActKind, Callable[[Entry, Answered, Stamp], Entry]] = {
    ActKind.HOLD: _prepared,
    ActKind.REGISTER: _prepared,
    ActKind.DESCRIBE: _prepared,
    ActKind.UPLOAD: _prepared,
    ActKind.QUOTE: _prepared,
    ActKind.COLLECT: _collect,
    ActKind.QUERY_PAYMENT: _query_payment,
    ActKind.CLOSE_PAYMENT: _close_payment,
    ActKind.SETTLE: _settle,
    ActKind.BOOK: _book,
    ActKind.REVERSE: _undone,
    ActKind.CANCEL: _undone,
    ActKind.REFUND: _undone,
    ActKind.QUERY_SETTLEMENT: _query_settlement,
    ActKind.WITHDRAW: _given_back(ActKind.UPLOAD),
    ActKind.DEREGISTER: _given_back(ActKind.REGISTER),
    ActKind.RELEASE: _given_back(ActKind.HOLD),
    ActKind.WATCH: _watched,
}
