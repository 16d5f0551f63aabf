"""Mistakes that only a bill begun on a phone can show."""

from __future__ import annotations

from dataclasses import replace

from kiosk.saga import answers
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Answered, Recovered, Stamp, Verdict
from tests.kiosk.saga.mutants import Mutant, answer, fact, folding_apply


def _refund_what_may_be_booked(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    lost = answer.verdict is Verdict.UNKNOWN
    return answers._book(entry, replace(answer, verdict=Verdict.NO) if lost else answer, at)


def _forget_that_it_was_told(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """After a crash a bill that was being booked counts as paid and no more."""
    return folding_apply(entry.marked(ActKind.BOOK, Mark.NONE) if entry.booking is None else entry, fact, at)


def _undo_the_phones(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A refused booking undoes the settlement too, as if it were the kiosk's."""
    after = answers._book(entry, answer, at)
    turned = after.course is Course.UNDOING and entry.plan.batch.ordered is not None
    return replace(after, settlement=entry.plan.batch.ordered) if turned else after


FINISHING = (
    Mutant("a phone's bill that may be booked is paid back", answer(ActKind.BOOK, _refund_what_may_be_booked)),
    Mutant("killed while it is booked, a phone's bill is paid back", fact(Recovered, _forget_that_it_was_told)),
    Mutant("a phone's settlement is undone with a refused booking", answer(ActKind.BOOK, _undo_the_phones)),
)
