"""Mistakes that only a deposit taken at the kiosk can show."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.visit import Booking
from kiosk.saga import answers
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind, Answered, Recovered, Stamp, Verdict
from tests.kiosk.saga.mutants import Mutant, answer, fact, folding_apply


def _refund_what_may_be_booked(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A deposit whose booking nobody answers for goes back at once."""
    lost = answer.verdict is Verdict.UNKNOWN
    return answers._take_deposit(entry, replace(answer, verdict=Verdict.NO) if lost else answer, at)


def _believe_it_is_booked(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    lost = answer.verdict is Verdict.UNKNOWN
    believed = replace(answer, verdict=Verdict.YES, booking=Booking("", ()))
    return answers._take_deposit(entry, believed if lost else answer, at)


def _taken_is_not_asked_again(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """After a crash a deposit that was being booked counts as paid and no more."""
    return folding_apply(entry.marked(ActKind.TAKE_DEPOSIT, Mark.NONE) if entry.booking is None else entry, fact, at)


TAKING = (
    Mutant("a deposit that may be booked goes back", answer(ActKind.TAKE_DEPOSIT, _refund_what_may_be_booked)),
    Mutant("a deposit without an answer counts as booked", answer(ActKind.TAKE_DEPOSIT, _believe_it_is_booked)),
    Mutant("killed while it is booked, a deposit goes back", fact(Recovered, _taken_is_not_asked_again)),
)
