"""Mistakes that only a refund of a paid bill can show."""

from __future__ import annotations

from dataclasses import replace

from kiosk.saga import answers
from kiosk.saga.acts import Act, Close, Next
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind, Answered, Recovered, Stamp, Verdict
from tests.kiosk.saga.mutants import (
    Mutant,
    _believe_any_no,
    _how,
    _new_keys_after_a_kill,
    _next,
    _patch,
    answer,
    fact,
    folding_apply,
)
from tests.support.people import UNBOOKED


def _lost_cancel(believed: Verdict) -> Mutant:
    def fold(entry: Entry, answer: Answered, at: Stamp) -> Entry:
        lost = answer.verdict is Verdict.UNKNOWN
        return answers._paid_cancelled(entry, replace(answer, verdict=believed) if lost else answer, at)

    return Mutant(f"a lost cancel of a paid bill counts as {believed}", answer(ActKind.CANCEL_PAID, fold))


def _stands_for_good(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """What stands when it is looked up will not be cancelled any more, though the lost one may be on its way."""
    if answer.verdict is Verdict.YES and answer.stands:
        entry = replace(entry.marked(ActKind.CANCEL_PAID, Mark.NONE), undoing_doubtful=False)
        return answers.turn_back(entry, at, None)
    return answers._paid_looked_up(entry, answer, at)


def _believe_a_no(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A no to the cancel of a paid bill, where a gateway may have sent it twice."""
    folded = answers._paid_cancelled(replace(entry, plan=replace(entry.plan, copied=False)), answer, at)
    return replace(folded, plan=entry.plan)


def _cancel_blindly(entry: Entry, found: Next) -> Next:
    del entry
    looks = isinstance(found, Act) and found.kind is ActKind.QUERY_PAID
    return Act(ActKind.CANCEL_PAID) if looks else found


def _forget_the_cancel(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """After a crash between the cancel and the settlement the refund counts as given up."""
    begun = entry.unbooked is None and entry.undoing_paid
    return folding_apply(entry.marked(ActKind.CANCEL_PAID, Mark.NONE) if begun else entry, fact, at)


def _settle_before_it_is_out(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The hospital hears of the cancel with the booking, if there is one."""
    after = answers._paid_cancelled(entry, answer, at)
    done = after.mark(ActKind.CANCEL_PAID) is Mark.DONE
    return replace(after, unbooked=UNBOOKED) if done else after


def _keep_it(entry: Entry, _at: Stamp) -> Entry:
    return entry


def _never_report(entry: Entry, found: Next) -> Next:
    del entry
    return Close() if isinstance(found, Act) and found.kind is ActKind.REPORT_RETURNS else found


REFUNDING = (
    _lost_cancel(Verdict.NO),
    _lost_cancel(Verdict.YES),
    Mutant("a paid bill that still stands stays as it is", answer(ActKind.QUERY_PAID, _stands_for_good)),
    Mutant("a no about the second copy of a cancel is believed", answer(ActKind.CANCEL_PAID, _believe_a_no)),
    Mutant("a lost cancel of a paid bill is repeated blindly", _next(_cancel_blindly)),
    Mutant("killed while it is cancelled, the refund is forgotten", fact(Recovered, _forget_the_cancel)),
    Mutant("settled anew before the hospital knows", answer(ActKind.CANCEL_PAID, _settle_before_it_is_out)),
    Mutant("what was collected is kept though nothing is settled", _patch(answers, "_owe_back", _keep_it)),
    Mutant("refunded twice after a kill between two refunds", _new_keys_after_a_kill),
    Mutant("a lost refund of a paid bill counts as refused", _patch(answers, "_how_it_ended", _believe_any_no)),
    Mutant("a lost refund of a paid bill counts as done", _how(Verdict.UNKNOWN, Verdict.YES)),
    Mutant("the hospital is not told where the money is", _next(_never_report)),
)
