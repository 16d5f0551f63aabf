"""What must never leave the kiosk, judged from the journal alone: the saga's own view of things is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Deposit
from kiosk.saga.facts import (
    Accepted,
    ActKind,
    Answered,
    Fact,
    GaveUp,
    InsurerAgreed,
    Intended,
    Opened,
    Recovered,
    Verdict,
)
from tests.kiosk.saga.handing_rules import hand, handed_maybe
from tests.kiosk.saga.memory_book import MemoryBook
from tests.kiosk.saga.refund_rules import cancel_of_a_paid_bill, is_out, is_refund, undo_of_a_paid_bill, undoing_open
from tests.support.far_parties import Sent

_ACTS = {
    "hold": {ActKind.HOLD, ActKind.RENEW},
    "register": {ActKind.REGISTER},
    "describe": {ActKind.DESCRIBE},
    "upload": {ActKind.UPLOAD},
    "quote": {ActKind.QUOTE},
    "collect": {ActKind.COLLECT},
    "query": {ActKind.QUERY_PAYMENT, ActKind.WATCH_PAYMENT},
    "close": {ActKind.CLOSE_PAYMENT},
    "settle": {ActKind.SETTLE},
    "find": {ActKind.FIND_SETTLEMENT},
    "book": {ActKind.BOOK},
    "reverse": {ActKind.REVERSE, ActKind.WATCH},
    "cancel": {ActKind.CANCEL, ActKind.CANCEL_PAID},
    "standing": {ActKind.QUERY_SETTLEMENT, ActKind.QUERY_PAID},
    "undo": {ActKind.UNBOOK},
    "hand": {ActKind.HAND_OVER},
    "refund": {ActKind.REFUND, ActKind.RETURN_LATE},
    "withdraw": {ActKind.WITHDRAW},
    "deregister": {ActKind.DEREGISTER},
    "release": {ActKind.RELEASE},
    "return": {ActKind.RETURN_DEPOSIT},
    "report": {ActKind.REPORT_RETURNS},
    "take": {ActKind.TAKE_DEPOSIT},
    "pledge": {ActKind.ASK_INSURER},
    "claim": {ActKind.CLAIM},
    "inform": {ActKind.REPORT_CLAIM},
}


class Witness:
    """Told of every call before it leaves; collects what breaks a rule."""

    def __init__(self, book: MemoryBook, *, given_mdtrt_id: bool) -> None:
        self._book, self._given = book, given_mdtrt_id
        self.objections: list[str] = []

    def __call__(self, sent: Sent) -> None:
        rows = self._book.rows
        concerned = self._concerned(sent)
        self._must(bool(concerned), f"I3: {sent.call} without its intent")
        rule = _RULES.get(sent.call)
        for sid in concerned:
            facts = [fact for row_sid, fact, _ in rows if row_sid == sid]
            for objection in rule(facts, sent) if rule else ():
                self._must(False, objection)
        if sent.call == "collect":
            self._must(self._asks_for_all(sent, concerned), "a payment that is not the sum of its parts")
        if sent.call == "deregister":
            self._must(not self._given, "2202 for a visit the hospital registered")

    def _concerned(self, sent: Sent) -> list[str]:
        """The settlements whose intents were the last rows before this call: one, or all that share a payment."""
        sids: list[str] = []
        for sid, fact, _ in reversed(self._book.rows):
            if not _is_intended(fact, sent) or sid in sids:
                break
            sids.append(sid)
            if sent.call != "collect":
                break
        return sids

    def _asks_for_all(self, sent: Sent, sids: list[str]) -> bool:
        intents = [fact for sid, fact, _ in self._book.rows if sid in sids and _is_intended(fact, sent)]
        parts = [fact for fact in intents if isinstance(fact, Intended)]
        asked = sum(part.amount.fen for part in parts if part.amount)
        places = sorted(part.place for part in parts)
        return places == list(range(len(parts))) and sent.details == (str(asked),)

    def _must(self, holds: bool, objection: str) -> None:
        if not holds and objection not in self.objections:
            self.objections.append(objection)


def _is_intended(last: Fact | None, sent: Sent) -> bool:
    if not isinstance(last, Intended) or last.act not in _ACTS[sent.call]:
        return False
    return (last.key, last.digest) == (sent.key, sent.digest)


def _behind_the_back(facts: list[Fact]) -> bool:
    return any(isinstance(fact, Recovered | GaveUp) for fact in facts)


def _answers(facts: list[Fact], act: ActKind) -> Iterator[Answered]:
    return (fact for fact in facts if isinstance(fact, Answered) and fact.act is act)


def _intents(facts: list[Fact], act: ActKind) -> list[Intended]:
    return [fact for fact in facts if isinstance(fact, Intended) and fact.act is act]


def settle_open(facts: list[Fact]) -> bool:
    """Whether a 2207 may stand at the platform, as far as the journal tells."""
    maybe = False
    for fact in facts:
        match fact:
            case Intended(ActKind.SETTLE):
                maybe = True
            case Answered(ActKind.SETTLE, Verdict.NO | Verdict.NOT_SENT):
                maybe = False
            case Answered(ActKind.REVERSE | ActKind.CANCEL, Verdict.YES):
                maybe = False
            case Answered(ActKind.QUERY_SETTLEMENT | ActKind.FIND_SETTLEMENT, Verdict.YES, stands=False):
                maybe = False
            case _:
                pass
    return maybe


def orders_open(facts: list[Fact]) -> bool:
    """Whether an order may have been paid and was neither closed nor given back."""
    maybe, order = False, None
    for fact in facts:
        match fact:
            case Intended(ActKind.COLLECT):
                maybe, order = True, fact
            case Answered(verdict=Verdict.YES, channel=str(), amount=Money() as paid) if _part(order, paid) == ZERO:
                maybe = False  # another bill answers for all of it
            case Answered(ActKind.COLLECT, Verdict.NOT_SENT):
                maybe = False
            case Answered(ActKind.CLOSE_PAYMENT, Verdict.YES, channel=None):
                maybe = False
            case Answered(ActKind.REFUND, Verdict.YES):
                maybe = False
            case _:
                pass
    return maybe


def paid_now(facts: list[Fact]) -> Money:
    """What the present order brought for this bill."""
    amount, order = ZERO, None
    for fact in facts:
        match fact:
            case Intended(ActKind.COLLECT):
                amount, order = ZERO, fact
            case Answered(
                ActKind.COLLECT | ActKind.QUERY_PAYMENT | ActKind.CLOSE_PAYMENT,
                Verdict.YES,
                channel=str(),
                amount=Money() as paid,
            ):
                amount = _part(order, paid)
            case _:
                pass
    return amount


def _part(order: Intended | None, paid: Money) -> Money:
    """What of a payment is this bill's: its part, or all of one that is not what was asked for, or nothing of it."""
    if order is None or order.whole in {None, paid}:
        return paid if order is None or order.amount is None else order.amount
    return ZERO if order.place else paid


def _settle(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    before = facts[:-1]
    if settle_open(before):
        yield "a second 2207 before the first was answered or reversed"
    if _behind_the_back(before):
        yield "2207 behind the patient's back"
    owed = next((answer.quote for answer in _answers(before, ActKind.QUOTE) if answer.quote), None)
    cash = owed.amounts.psn_cash_pay - _pledged(before) if owed else ZERO
    cash = cash - _met_by_deposits(before, cash)
    if owed is None or paid_now(before) != cash - min(cash, _deferrable(before)):
        yield "2207 before the own part was collected"
    if is_refund(before) and not is_out(before):
        yield "2207 before the paid bill is out of the books"


def _deferrable(facts: list[Fact]) -> Money:
    deferral = next(fact.plan.batch.deferral for fact in facts if isinstance(fact, Opened))
    return deferral.most if deferral else ZERO


def _pledged(facts: list[Fact]) -> Money:
    """What an insurer owes of the bill; who pledges more than there is to pay has misread it, and pays nothing."""
    owed = next((answer.quote.amounts.psn_cash_pay for answer in _answers(facts, ActKind.QUOTE) if answer.quote), ZERO)
    pledges = (answer.pledge.amount for answer in _answers(facts, ActKind.ASK_INSURER) if answer.pledge)
    return total(pledge for pledge in pledges if pledge <= owed)


def _pledge(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if not any(isinstance(fact, InsurerAgreed) for fact in facts):
        yield "an insurer is told of a bill without its patient's consent"
    if any(isinstance(fact, Accepted) for fact in facts):
        yield "an insurer is asked after the patient said yes to a sum"


def _claim(facts: list[Fact], sent: Sent) -> Iterator[str]:
    """What is booked is claimed, always under the one key and never when it was answered."""
    if not any(answer.verdict is Verdict.YES for answer in _answers(facts, ActKind.BOOK)) or not settle_open(facts):
        yield "a claim for what is not booked"
    if {intent.key for intent in _intents(facts, ActKind.CLAIM)} != {sent.key}:
        yield "a claim under two keys"
    if any(answer.verdict in {Verdict.YES, Verdict.NO} for answer in _answers(facts, ActKind.CLAIM)):
        yield "a claim that was answered is made again"
    if sent.details[1] != str(_pledged(facts).fen):
        yield "another sum is claimed than was pledged"


def _claim_answered(facts: list[Fact]) -> bool:
    """Whether its insurer said yes or no; silence is neither."""
    answers = list(_answers(facts, ActKind.CLAIM))
    return bool(answers) and answers[-1].verdict in {Verdict.YES, Verdict.NO}


def _inform(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if not _claim_answered(facts):
        yield "the hospital is told of a claim that has no answer"


def _deposits(facts: list[Fact]) -> tuple[Deposit, ...]:
    return next(fact.plan.batch.prepaid for fact in facts if isinstance(fact, Opened))


def _met_by_deposits(facts: list[Fact], cash: Money) -> Money:
    return min(cash, total(one.amount for one in _deposits(facts)))


def _return(facts: list[Fact], sent: Sent) -> Iterator[str]:
    """What may go back of a stay's deposits: not before the booking, never under two keys, never more than is left."""
    booked = [answer for answer in _answers(facts, ActKind.BOOK) if answer.verdict is Verdict.YES]
    if is_refund(facts):
        if not is_out(facts) or bool(booked) != settle_open(facts):
            yield "what was collected goes back before it is known what of it is owed"
    elif not booked or settle_open(facts) is False:
        yield "a deposit goes back for a stay that is not booked"
    if _pledged(facts) and not _claim_answered(facts):
        yield "a deposit goes back before its insurer has answered"
    order, fen = sent.details
    deposit = next((one for one in _deposits(facts) if one.order == order), None)
    if deposit is None or deposit.amount.fen < int(fen):
        yield "more of a deposit goes back than was paid"
    intents = _intents(facts, ActKind.RETURN_DEPOSIT)
    keys = {intent.key for intent in intents if intent.amount is not None}
    if len(keys) > sum(bool(one.order) for one in _deposits(facts)):
        yield "a deposit goes back under two keys"
    told = [fact for fact in facts if isinstance(fact, Intended | Answered) and fact.act is ActKind.RETURN_DEPOSIT]
    if any(_paid_back(told, place, sent.key) for place in range(len(told))):
        yield "a deposit goes back twice"


def _paid_back(told: list[Intended | Answered], place: int, key: str) -> bool:
    """Whether the fact at this place says that what bears this key is back."""
    fact, before = told[place], told[place - 1] if place else None
    answered = isinstance(fact, Answered) and fact.verdict is Verdict.YES
    return answered and isinstance(before, Intended) and before.key == key


def _report(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    told = [fact for fact in facts if isinstance(fact, Intended | Answered) and fact.act is ActKind.RETURN_DEPOSIT]
    last: dict[str, bool] = {}
    key = ""
    for fact in told:
        if isinstance(fact, Intended):
            key = fact.key
            last[key] = False
        else:
            last[key] = fact.verdict in {Verdict.YES, Verdict.NO}
    if not all(last.values()):
        yield "the hospital is told while a return has no answer"


def _collect(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if handed_maybe(facts):
        yield "payment here for what may be on the phone"
    if orders_open(facts[:-1]):
        yield "a second payment while the first is not known unpaid"
    if _behind_the_back(facts):
        yield "payment behind the patient's back"


def _refund(facts: list[Fact], sent: Sent) -> Iterator[str]:
    last = facts[-1]
    if isinstance(last, Intended) and last.act is ActKind.REFUND and settle_open(facts):
        yield "refund before the settlement is undone"
    if isinstance(last, Intended) and last.act is ActKind.REFUND and _taken_maybe(facts):
        yield "refund of a deposit that the hospital may have booked"
    order, fen = sent.details
    asked = next((intent for intent in _intents(facts, ActKind.COLLECT) if intent.key == order), None)
    collected = [
        _part(asked, answer.amount)
        for act in (ActKind.COLLECT, ActKind.QUERY_PAYMENT, ActKind.CLOSE_PAYMENT, ActKind.WATCH_PAYMENT)
        for answer in _answers(facts, act)
        if answer.verdict is Verdict.YES and answer.amount is not None
    ]
    if Money(int(fen)) not in collected:
        yield "refund of another amount than was collected"
    if order not in {intent.key for intent in _intents(facts, ActKind.COLLECT)}:
        yield "refund of somebody else's order"


def _reverse(facts: list[Fact], sent: Sent) -> Iterator[str]:
    if sent.details[0] not in {intent.key for intent in _intents(facts, ActKind.SETTLE)}:
        yield "2601 for something that is no 2207"
    last = facts[-1]
    watching = isinstance(last, Intended) and last.act is ActKind.WATCH
    if any(True for _ in _answers(facts, ActKind.CANCEL)) and (not watching or settle_open(facts)):
        yield "2601 in place of 2208"


def _cancel(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    last = facts[-1]
    if isinstance(last, Intended) and last.act is ActKind.CANCEL_PAID:
        yield from cancel_of_a_paid_bill(facts)
        return
    answers = list(_answers(facts, ActKind.BOOK))
    if not answers or answers[-1].verdict is not Verdict.NO:
        yield "2208 though the hospital did not refuse to book"
    unknown = [fact for fact in facts[:-1] if isinstance(fact, Answered | Intended) and fact.act in _CANCELLING]
    if unknown and unknown[-1].act is ActKind.CANCEL and not _answered_plainly(unknown[-1]):
        yield "2208 again without asking whether the lost one stands"


_CANCELLING = {ActKind.CANCEL, ActKind.QUERY_SETTLEMENT}


def _answered_plainly(fact: Intended | Answered) -> bool:
    return isinstance(fact, Answered) and fact.verdict in {Verdict.NO, Verdict.NOT_SENT}


_SETTLING = (ActKind.SETTLE, ActKind.FIND_SETTLEMENT)


def _book(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    settled = (answer.settlement for act in _SETTLING for answer in _answers(facts, act))
    if not _begun(facts) and not any(settlement is not None for settlement in settled):
        yield "booking what is not settled"
    if _begun(facts) and not orders_open(facts) and not _met(facts):
        yield "booking a phone's bill whose own part was not paid, or went back"


def _met(facts: list[Fact]) -> bool:
    """Whether the insurance's part that the phone settled was the whole bill."""
    ordered = next(fact.plan.batch.ordered for fact in facts if isinstance(fact, Opened))
    return ordered is not None and not ordered.amounts.psn_cash_pay


def _begun(facts: list[Fact]) -> bool:
    """Whether its patient's phone had the insurance's part settled before."""
    return any(isinstance(fact, Opened) and fact.plan.batch.ordered is not None for fact in facts)


def _withdraw(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if not _intents(facts, ActKind.UPLOAD):
        yield "2205 though we sent no 2204"


def _deregister(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if not _intents(facts, ActKind.REGISTER):
        yield "2202 though we sent no 2201"


def _release(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    if settle_open(facts) or orders_open(facts):
        yield "the bill is released while money is open"
    if undoing_open(facts):
        yield "the rest is released while its money is open"
    if handed_maybe(facts):
        yield "released though the phone may have it"


def _take(facts: list[Fact], sent: Sent) -> Iterator[str]:
    """A deposit is booked once it is paid, always under the one key, and never again when it went back."""
    if not orders_open(facts):
        yield "a deposit is booked that was not paid, or went back"
    if {intent.key for intent in _intents(facts, ActKind.TAKE_DEPOSIT)} != {sent.key}:
        yield "a deposit is booked under two keys"


def _taken_maybe(facts: list[Fact]) -> bool:
    """Whether the hospital may have the deposit in its books, as far as the journal tells."""
    maybe = False
    for fact in facts:
        match fact:
            case Intended(ActKind.TAKE_DEPOSIT):
                maybe = True
            case Answered(ActKind.TAKE_DEPOSIT, Verdict.NO):
                maybe = False
            case _:
                pass
    return maybe


def _undo(facts: list[Fact], _sent: Sent) -> Iterator[str]:
    return undo_of_a_paid_bill(facts)


def _hand(facts: list[Fact], sent: Sent) -> Iterator[str]:
    if orders_open(facts) or settle_open(facts):
        yield "handed over while money is open here"
    yield from hand(facts, sent.key)


_RULES: dict[str, Callable[[list[Fact], Sent], Iterator[str]]] = {
    "settle": _settle,
    "collect": _collect,
    "refund": _refund,
    "reverse": _reverse,
    "cancel": _cancel,
    "book": _book,
    "withdraw": _withdraw,
    "deregister": _deregister,
    "release": _release,
    "return": _return,
    "report": _report,
    "take": _take,
    "pledge": _pledge,
    "claim": _claim,
    "inform": _inform,
    "undo": _undo,
    "hand": _hand,
}
