"""Mistakes that only a bill which goes to its patient's phone can show."""

from __future__ import annotations

from dataclasses import replace

from kiosk.saga import acts, answers
from kiosk.saga.acts import Act, Close, Next
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind, Answered, PhoneChosen, Recovered, Stamp, Verdict
from tests.kiosk.saga.mutants import Mutant, _next, _patch, answer, fact, folding_apply
from tests.support.people import HANDED


def _lost(believed: Verdict) -> Mutant:
    def fold(entry: Entry, answer: Answered, at: Stamp) -> Entry:
        lost = answer.verdict is Verdict.UNKNOWN
        told = replace(answer, verdict=believed, handed=HANDED if believed is Verdict.YES else None)
        return answers._handed_over(entry, told if lost else answer, at)

    return Mutant(f"a lost handing over counts as {believed}", answer(ActKind.HAND_OVER, fold))


def _forget_that_it_was_asked(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """After a crash a bill that was being handed over counts as held and no more."""
    return folding_apply(entry.marked(ActKind.HAND_OVER, Mark.NONE) if entry.handed is None else entry, fact, at)


def _leave_the_order_open(entry: Entry, _fact: PhoneChosen, at: Stamp) -> Entry:
    """The order is not closed: nobody will pay it here any more."""
    free = not entry.paid and entry.accepted
    return replace(entry, phone_since=at, order=None) if free else entry


def _hand_it_over_paid(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The close says that it was paid, and nobody reads that."""
    return answers._close_payment(entry, replace(answer, channel=None) if entry.phone_since else answer, at)


def _report_stays(entry: Entry) -> ActKind:
    del entry
    return ActKind.HAND_OVER


def _hold_it_still(entry: Entry, found: Next) -> Next:
    """Asked once, and left to itself when nobody answers."""
    again = isinstance(found, Act) and found.kind is ActKind.HAND_OVER and entry.handed_maybe
    return Close() if again else found


def _unwatched(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    after = answers._close_payment(entry, answer, at)
    return replace(after, closed_orders=()) if entry.phone_since else after


HANDING = (
    _lost(Verdict.NO),
    _lost(Verdict.YES),
    Mutant("killed while it is handed over, the bill is released", fact(Recovered, _forget_that_it_was_asked)),
    Mutant("handed over while an order is open", fact(PhoneChosen, _leave_the_order_open)),
    Mutant("paid here before its order was closed, and handed over", answer(ActKind.CLOSE_PAYMENT, _hand_it_over_paid)),
    Mutant("handed over while it is reported here", _patch(acts, "handing_act", _report_stays)),
    Mutant("a handing over that nobody answers is left alone", _next(_hold_it_still)),
    Mutant("an order closed for the phone is not looked at again", answer(ActKind.CLOSE_PAYMENT, _unwatched)),
)
