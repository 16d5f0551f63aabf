"""What must hold of a bill that was paid and of which something is taken back: at the far ends, and in what leaves."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Back
from kiosk.domain.visit import FeeBatch
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Accepted, ActKind, Answered, Fact, Intended, Opened, Verdict
from tests.support.far_parties import Ledger

_DOUBTS = {ActKind.CANCEL_PAID, ActKind.QUERY_PAID}


def judge_refund(entry: Entry, ledger: Ledger) -> Iterator[str]:
    """The old settlement stands and nothing is back; or it does not, and the patient has paid for what is settled."""
    redress = entry.plan.batch.redress
    if redress is None:
        return
    paid = total(one.amount for one in redress.payments)
    back = total(amount for _, amount in ledger.returned.values())
    for one in redress.payments:
        if one.amount < total(amount for order, amount in ledger.returned.values() if order == one.order):
            yield f"I1: more is back than was paid, {one.order}"
    if entry.course is not Course.CLOSED:
        return
    if ledger.standing(redress.batch_no):
        if back or ledger.undone:
            yield "I1: the money is back, or out of the books, and the old settlement stands"
        return
    if redress.batch_no not in ledger.undone.values():
        yield "I6: the old settlement is cancelled, and the hospital does not know"
    window = total(one.amount for one in entry.returns if one.back is Back.WINDOW)
    if back + window != paid - _kept(entry):
        yield f"I1: {(back + window).fen} fen of {paid.fen} are back, {_kept(entry).fen} are settled"
    if entry.returns and next(iter(ledger.reported.values()), ()) != entry.returns:
        yield "I6: the hospital was told otherwise how the money went back"


def _kept(entry: Entry) -> Money:
    settled = entry.settlement if entry.booking is not None else None
    return settled.amounts.psn_cash_pay if settled else ZERO


def met_by_deposits(batch: FeeBatch, cash: Money) -> Money:
    """What of the cash part was collected before: a stay's deposits, or what was paid for a bill that is undone."""
    return min(cash, total(one.amount for one in batch.prepaid))


def is_refund(facts: list[Fact]) -> bool:
    return any(isinstance(fact, Opened) and fact.plan.batch.redress is not None for fact in facts)


def is_out(facts: list[Fact]) -> bool:
    """Whether the hospital said that the paid bill is out of its books."""
    told = (fact for fact in facts if isinstance(fact, Answered) and fact.act is ActKind.UNBOOK)
    return any(fact.verdict is Verdict.YES for fact in told)


def cancel_of_a_paid_bill(facts: list[Fact]) -> Iterator[str]:
    """With its patient's yes, and never blindly again."""
    if not any(isinstance(fact, Accepted) for fact in facts):
        yield "a paid bill is cancelled that nobody wants back"
    doubts = [fact for fact in facts[:-1] if isinstance(fact, Answered | Intended) and fact.act in _DOUBTS]
    last = doubts[-1] if doubts else None
    if last is not None and not (isinstance(last, Answered) and _stands(last)):
        yield "2208 of a paid bill again without asking whether it stands"


def _stands(fact: Answered) -> bool:
    return fact.act is ActKind.QUERY_PAID and fact.verdict is Verdict.YES and bool(fact.stands)


def undo_of_a_paid_bill(facts: list[Fact]) -> Iterator[str]:
    if not cancelled(facts):
        yield "the hospital is told of a cancel that is not known"


def cancelled(facts: list[Fact]) -> bool:
    """Whether the old settlement is known not to stand."""
    told = [fact for fact in facts if isinstance(fact, Answered) and fact.act in _DOUBTS]
    yes = [fact for fact in told if fact.verdict is Verdict.YES]
    return any(fact.act is ActKind.CANCEL_PAID or fact.stands is False for fact in yes)


def undoing_open(facts: list[Fact]) -> bool:
    """Whether the old settlement may be cancelled while the money for it is not all told of."""
    begun = any(isinstance(fact, Intended) and fact.act is ActKind.CANCEL_PAID for fact in facts)
    answers = [fact for fact in facts if isinstance(fact, Answered)]
    plain = {Verdict.NO, Verdict.NOT_SENT}
    refused = [fact.verdict for fact in answers if fact.act is ActKind.CANCEL_PAID]
    done = any(fact.act is ActKind.REPORT_RETURNS and fact.verdict is Verdict.YES for fact in answers)
    untouched = len(refused) == 1 and refused[0] in plain and not cancelled(facts)
    return begun and not done and not untouched
