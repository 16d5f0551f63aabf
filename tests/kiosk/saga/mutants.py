"""Mistakes one could make in the saga, each a small change of the real code.

A suite that does not notice every one of them is no proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from kiosk.domain.money import ZERO, Money
from kiosk.domain.sid import new_order
from kiosk.domain.stay import Back, Return
from kiosk.engine import cashier, money
from kiosk.engine.case import Basket, Case
from kiosk.engine.money import Call
from kiosk.flow.effects import Abandon, Forget
from kiosk.flow.events import Event
from kiosk.journal.store import JournalUnwritable
from kiosk.saga import acts, answers, backwards, folding
from kiosk.saga.acts import Act, Close, HandOver, Next
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import (
    ActKind,
    Answered,
    Fact,
    GaveUp,
    Intended,
    PaymentStopped,
    Recovered,
    Stamp,
    Verdict,
)
from kiosk.saga.report import Report

Mutate = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    name: str
    mutate: Mutate


def _act(instead: Callable[[Entry, ActKind | None], ActKind | None]) -> Mutate:
    """What an undoing does next."""
    real = backwards.undoing_act

    def mutate(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(acts, "undoing_act", lambda entry: instead(entry, real(entry)))

    return mutate


def answer(kind: ActKind, instead: Callable[[Entry, Answered, Stamp], Entry]) -> Mutate:
    """What an answer means."""
    return lambda patch: patch.setitem(answers.ANSWERS, kind, instead)


def fact(kind: type[Fact], instead: Callable[[Entry, Any, Stamp], Entry]) -> Mutate:
    """What any other fact means."""
    real = folding.apply

    def apply(entry: Entry, fact: Fact, at: Stamp) -> Entry:
        return instead(entry, fact, at) if isinstance(fact, kind) else real(entry, fact, at)

    def mutate(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(cashier, "apply", apply)
        patch.setattr("tests.kiosk.saga.memory_book.apply", apply)

    return mutate


def _next(instead: Callable[[Entry, Next], Next]) -> Mutate:
    real = acts.next_act

    def mutate(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(cashier, "next_act", lambda entry, now, limits: instead(entry, real(entry, now, limits)))

    return mutate


def _skip(kind: ActKind) -> Callable[[Entry, ActKind | None], ActKind | None]:
    """The act is never done, and what follows it comes at once."""
    real = backwards.undoing_act

    def instead(entry: Entry, act: ActKind | None) -> ActKind | None:
        return real(entry.marked(kind, Mark.DONE)) if act is kind else act

    return instead


def _refund_first(entry: Entry, act: ActKind | None) -> ActKind | None:
    owing = entry.collected and entry.mark(ActKind.REFUND) is not Mark.DONE
    return ActKind.REFUND if act in {ActKind.REVERSE, ActKind.CANCEL} and owing else act


def _release_first(entry: Entry, act: ActKind | None) -> ActKind | None:
    return ActKind.RELEASE if act and entry.mark(ActKind.HOLD).maybe else act


def _never_release(_entry: Entry, act: ActKind | None) -> ActKind | None:
    return None if act is ActKind.RELEASE else act


def _always_deregister(entry: Entry, act: ActKind | None) -> ActKind | None:
    undone = entry.mark(ActKind.REGISTER) is Mark.UNDONE
    return ActKind.DEREGISTER if act is ActKind.RELEASE and not undone else act


def _cancel_blindly(_entry: Entry, act: ActKind | None) -> ActKind | None:
    return ActKind.CANCEL if act is ActKind.QUERY_SETTLEMENT else act


def _reverse_the_cancel(entry: Entry, act: ActKind | None) -> ActKind | None:
    untried = entry.mark(ActKind.REVERSE) is Mark.NONE
    return ActKind.REVERSE if act is ActKind.QUERY_SETTLEMENT and untried else act


def _unknown_is_refused(kind: ActKind) -> Mutate:
    real = answers.ANSWERS[kind]

    def instead(entry: Entry, answer: Answered, at: Stamp) -> Entry:
        lost = answer.verdict is Verdict.UNKNOWN
        return real(entry, replace(answer, verdict=Verdict.NO) if lost else answer, at)

    return answer(kind, instead)


def _unknown_is_done(kind: ActKind) -> Mutate:
    real = answers.ANSWERS[kind]

    def instead(entry: Entry, answer: Answered, at: Stamp) -> Entry:
        lost = answer.verdict is Verdict.UNKNOWN
        return real(entry, replace(answer, verdict=Verdict.YES) if lost else answer, at)

    return answer(kind, instead)


def _settle_again(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    if answer.verdict is Verdict.UNKNOWN:
        return replace(entry.marked(ActKind.SETTLE, Mark.NONE), failures=entry.failures + 1)
    return answers._settle(entry, answer, at)


def _any_amount(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    made = answer.settlement
    if answer.verdict is not Verdict.YES or made is None:
        return answers._settle(entry, answer, at)
    return replace(entry.marked(ActKind.SETTLE, Mark.DONE), settlement=made)


def _believe_the_close(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    return answers._close_payment(entry, replace(answer, channel=None), at)


def _forget_the_closed(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    return replace(answers._close_payment(entry, answer, at), closed_orders=())


def _refused_is_unpaid(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A new code at once, without closing the order that was refused."""
    folded = answers._collect(entry, answer, at)
    return replace(folded, order=None) if answer.verdict in {Verdict.NO, Verdict.UNKNOWN} else folded


def _believe_any_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    return answers._collect(entry, replace(answer, amount=entry.own_part), at)


def _intent_after(call: Call, note: Callable[[Fact], None]) -> None:
    answer = call.send()
    note(Intended(call.act, call.key, call.digest, call.amount, method=call.method, patience=call.patience))
    note(money.answered(call.act, answer))


def _other_bytes(call: Call, note: Callable[[Fact], None]) -> None:
    money.run_money(replace(call, digest="0" * 64), note)


def _answer_unnoted(call: Call, note: Callable[[Fact], None]) -> None:
    """The answer is believed without being written."""
    note(Intended(call.act, call.key, call.digest, call.amount))
    answer = money.answered(call.act, call.send())
    note(replace(answer, verdict=Verdict.YES) if answer.act is ActKind.REVERSE else answer)


def _new_key_each_time(act: ActKind, order: Order, parties: money.Parties) -> Call:
    key, amount = new_order(), order.amount
    send = parties.payment(order.method).refund
    return Call(act, key, lambda: send(order.key, key, amount), money._digest(key, amount), amount)


_returning = money._returning


def _refund_own_part(act: ActKind, order: Order, parties: money.Parties) -> Call:
    return _returning(act, replace(order, amount=Money(1000)), parties)


def _book_once(entry: Entry, found: Next) -> Next:
    again = isinstance(found, Act) and found.kind is ActKind.BOOK and entry.mark(ActKind.BOOK) is Mark.UNKNOWN
    return Close() if again else found


def _never_hand_over(entry: Entry, found: Next) -> Next:
    return Act(ActKind.REVERSE, 30.0) if isinstance(found, HandOver) else found


def _end_at_once(entry: Entry, found: Next) -> Next:
    return Close() if isinstance(found, acts.Watch) else found


def _watch_at_once(entry: Entry, found: Next) -> Next:
    waits = entry.course is Course.WATCHED and isinstance(found, acts.Wait)
    return Act(ActKind.WATCH) if waits and entry.reversal_watched else found


def _ignore(entry: Entry, _fact: Fact, _at: Stamp) -> Entry:
    return entry


def _keyed(kind: ActKind, instead: Callable[[Entry, money.Parties, int], Call]) -> Mutate:
    return lambda patch: patch.setitem(money._KEYED, kind, instead)


def _patch(target: object, name: str, value: object) -> Mutate:
    return lambda patch: patch.setattr(target, name, value)


def _silent(self: Basket, report: Report | None, post: Callable[[Event], None]) -> None:
    """Reports are made but not told while something is sought."""
    if type(report).__name__ != "Seeking":
        _say(self, report, post)


_say: Callable[..., None] = Basket.say


def _deaf(self: cashier.Cashier, order: cashier.Order) -> None:
    if not isinstance(order, Abandon | Forget):
        _serve(self, order)


_serve: Callable[..., None] = cashier.Cashier.serve


def _forgets_answers(self: cashier.Cashier, case: Case, fact: Fact) -> None:
    """What found no room is gone, and the act is tried again."""
    try:
        self._note(case, fact)
    except JournalUnwritable:
        case.entry = case.entry.marked(ActKind.SETTLE, Mark.NONE)
        raise


def _never_renew(_entry: Entry, found: Next) -> Next:
    renews = isinstance(found, Act) and found.kind is ActKind.RENEW
    return acts.Wait(acts.Awaited.DECISION) if renews else found


def _unfound_is_unsettled(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """No answer to the question counts as the answer that there is none."""
    if answer.verdict is Verdict.UNKNOWN:
        answer = replace(answer, verdict=Verdict.YES, stands=False)
    return answers._find_settlement(entry, answer, at)


def _one_refund_key(order: Order) -> str:
    return f"{order.key}r"


def _take_all(_order: Order, own: Money, paid: Money | None) -> Money:
    return own if paid is None else paid


def _believe_the_part(_order: Order, own: Money, _paid: Money | None) -> Money:
    return own


def _believe_the_refusal(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    folded = answers._settle(replace(entry, plan=replace(entry.plan, copied=False)), answer, at)
    return replace(folded, plan=entry.plan)


def _watched_after_reversals(entry: Entry) -> bool:
    return entry.mark(ActKind.REVERSE) is Mark.DONE and entry.mark(ActKind.WATCH) is not Mark.DONE


def _held_from_the_answer(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    return answers._prepared(replace(entry, hold_asked=at), answer, at)


def _never_renew_paying(entry: Entry, found: Next) -> Next:
    renews = isinstance(found, Act) and found.kind is ActKind.RENEW and entry.order is not None
    return Act(ActKind.QUERY_PAYMENT, 2.0) if renews else found


def _stay_open(entry: Entry, found: Next) -> Next:
    """An order stays open though the bill may be another till's."""
    order = entry.order
    closes = isinstance(found, Act) and found.kind is ActKind.CLOSE_PAYMENT and order is not None
    lapses = closes and order is not None and not order.closing and order.patience == _OUTLIVES
    return Act(ActKind.QUERY_PAYMENT, 2.0) if lapses and entry.course is Course.FORWARD else found


_OUTLIVES = 1_200.0  # seconds of the orders that outlive a hold


def _stopped_is_closed(entry: Entry, _fact: Fact, _at: Stamp) -> Entry:
    """The patient wants to pay in another way, and may at once."""
    paying = entry.course is Course.FORWARD and entry.order is not None and entry.order.mark is not Mark.DONE
    return replace(entry, order=None) if paying else entry


def _believe_what_the_close_brings(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    paid = answer.verdict is Verdict.YES and answer.channel is not None
    return answers._close_payment(entry, replace(answer, amount=entry.own_part) if paid else answer, at)


def _pending_is_paid(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A code that is shown counts as money."""
    shown = answer.verdict is Verdict.PENDING and answer.show
    paid = replace(answer, verdict=Verdict.YES, channel="", amount=entry.own_part)
    return answers._collect(entry, paid if shown else answer, at)


def _method_forgotten(entry: Entry, fact: Intended, at: Stamp) -> Entry:
    return folding_apply(entry, replace(fact, method=""), at)


folding_apply = folding.apply


def _note_first_only(self: cashier.Cashier, cases: list[Case], fact: Fact) -> None:
    """The others note that they are paid for when it is answered."""
    for place, case in enumerate(cases):
        if place and isinstance(fact, Intended):
            continue
        if place and case.entry.order is None and cases[0].entry.order is not None:
            key, asked = cases[0].entry.order.key, cases[0].entry.order.whole
            self._note_of_call(case, Intended(ActKind.COLLECT, key, "", case.entry.own_part, asked, place))
        self._note_of_call(case, money.parted(fact, case.entry, place))


def _new_keys(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """What has not ended is asked for under another key after a restart."""
    made = tuple(one if one.ended else replace(one, key=f"{one.key}n") for one in entry.returns)
    return replace(folding_apply(entry, fact, at), returns=made)


def _new_keys_after_a_kill(patch: pytest.MonkeyPatch) -> None:
    fact(Recovered, _new_keys)(patch)
    patch.setattr("kiosk.saga.accounting.apply", vars(cashier)["apply"])


def _return_all(entry: Entry, parties: money.Parties, seconds: int) -> Call:
    """The whole deposit goes back, not what is left of it."""
    call, back = _return_deposit(entry, parties, seconds), backwards.next_return(entry)
    if back is None:
        return call
    order, key, amount = back.deposit.order, back.key, back.deposit.amount
    send = parties.deposits.refund
    return replace(call, send=lambda: send(order, key, amount), amount=amount, digest=money._digest(key, amount))


_return_deposit = money._return_deposit


def _how(verdict: Verdict, instead: Verdict) -> Mutate:
    """One answer about a deposit counts as another."""
    real = answers._how_it_ended

    def mutate(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(answers, "_how_it_ended", lambda one, told: real(one, instead if told is verdict else told))

    return mutate


def _believe_any_no(one: Return, verdict: Verdict) -> Return:
    return _how_it_ended(replace(one, doubtful=False), Verdict.NO if verdict is Verdict.UNKNOWN else verdict)


_how_it_ended = answers._how_it_ended


def _planned_when_settled(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """What goes back is known before the hospital has booked, and goes back whatever the hospital says."""
    folded = answers._settle(entry, answer, at)
    return replace(folded, returns=folded.planned_returns, returns_since=at)


def _deposits_early(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(answers.ANSWERS, ActKind.SETTLE, _planned_when_settled)
    real = acts.next_act

    def early(entry: Entry, now: Stamp, limits: Any) -> Next:
        waits = any(one.back is Back.UNSENT for one in entry.returns)
        return Act(ActKind.RETURN_DEPOSIT) if waits else real(entry, now, limits)

    patch.setattr(cashier, "next_act", early)


def _forget_the_one_in_hand(entry: Entry, fact: Recovered, at: Stamp) -> Entry:
    """After a crash between two returns the unanswered one counts as the window's."""
    lost = tuple(replace(one, back=Back.WINDOW) if one.key == entry.returning else one for one in entry.returns)
    return folding_apply(replace(entry, returns=lost), fact, at)


def _never_report(entry: Entry, found: Next) -> Next:
    return Close() if isinstance(found, Act) and found.kind is ActKind.REPORT_RETURNS else found


def _deposits_are_not_used(entry: Entry) -> Money:
    return entry.quote.amounts.psn_cash_pay if entry.quote else ZERO


def _report_at_once(entry: Entry, found: Next) -> Next:
    """The hospital is told that the window pays what is only late."""
    late = isinstance(found, Act) and found.kind is ActKind.RETURN_DEPOSIT and entry.failures
    return Act(ActKind.REPORT_RETURNS) if late else found


MUTANTS = (
    Mutant("the intent is noted after the send", _patch(cashier, "run_money", _intent_after)),
    Mutant("other bytes leave than were noted", _patch(cashier, "run_money", _other_bytes)),
    Mutant("any answer to 2601 is a yes", _patch(cashier, "run_money", _answer_unnoted)),
    Mutant("no reversal", _act(_skip(ActKind.REVERSE))),
    Mutant("no cancel", _act(_skip(ActKind.CANCEL))),
    Mutant("no refund", _act(_skip(ActKind.REFUND))),
    Mutant("refund before the settlement is undone", _act(_refund_first)),
    Mutant("release while money is open", _act(_release_first)),
    Mutant("the bill is never released", _act(_never_release)),
    Mutant("2202 whoever sent 2201", _act(_always_deregister)),
    Mutant("a lost 2208 is repeated blindly", _act(_cancel_blindly)),
    Mutant("a lost 2208 is reversed by 2601", _act(_reverse_the_cancel)),
    Mutant("a lost 2207 counts as refused", _unknown_is_refused(ActKind.SETTLE)),
    Mutant("a lost 2207 is sent again", answer(ActKind.SETTLE, _settle_again)),
    Mutant("a lost 2601 counts as done", _unknown_is_done(ActKind.REVERSE)),
    Mutant("a lost refund counts as done", _unknown_is_done(ActKind.REFUND)),
    Mutant("a lost close counts as done", _unknown_is_done(ActKind.CLOSE_PAYMENT)),
    Mutant("a lost booking counts as refused", _unknown_is_refused(ActKind.BOOK)),
    Mutant("booking is tried once", _next(_book_once)),
    Mutant("amounts are not compared", answer(ActKind.SETTLE, _any_amount)),
    Mutant("a payment of another amount is good", answer(ActKind.COLLECT, _believe_any_payment)),
    Mutant("paid at its close, and not noticed", answer(ActKind.CLOSE_PAYMENT, _believe_the_close)),
    Mutant("an unknown payment is not closed", answer(ActKind.COLLECT, _refused_is_unpaid)),
    Mutant("closed orders are not looked at again", answer(ActKind.CLOSE_PAYMENT, _forget_the_closed)),
    Mutant("every refund has a new key", _patch(money, "_returning", _new_key_each_time)),
    Mutant("refunds what was asked for", _patch(money, "_returning", _refund_own_part)),
    Mutant("nothing is watched", _next(_end_at_once)),
    Mutant("the second reversal comes at once", _next(_watch_at_once)),
    Mutant("never given to staff", _next(_never_hand_over)),
    Mutant("recovery goes on forward", fact(Recovered, _ignore)),
    Mutant("the patient's no is not heard", fact(GaveUp, _ignore)),
    Mutant("whoever leaves with a slip is not missed", _patch(cashier.Cashier, "serve", _deaf)),
    Mutant("an answer that found no room is lost", _patch(cashier.Cashier, "_note_of_call", _forgets_answers)),
    Mutant("the hold is not renewed", _next(_never_renew)),
    Mutant("nothing is told while something is sought", _patch(Basket, "say", _silent)),
    Mutant("bills that share a payment share its refund", _patch(Order, "refund_key", property(_one_refund_key))),
    Mutant("each bill takes the whole payment for its own", _patch(Order, "part", _take_all)),
    Mutant("a payment of another amount is shared out all the same", _patch(Order, "part", _believe_the_part)),
    Mutant("not found yet is not settled", answer(ActKind.FIND_SETTLEMENT, _unfound_is_unsettled)),
    Mutant("the first of two intents is enough", _patch(cashier.Cashier, "_note_shared", _note_first_only)),
    Mutant("a refusal that may be a copy's is believed", answer(ActKind.SETTLE, _believe_the_refusal)),
    Mutant(
        "a copy after the cancel is not looked for",
        _patch(Entry, "reversal_watched", property(_watched_after_reversals)),
    ),
    Mutant("a hold counts from its answer", answer(ActKind.HOLD, _held_from_the_answer)),
    Mutant("the hold is not renewed while an order is open", _next(_never_renew_paying)),
    Mutant("an order outlives its hold", _next(_stay_open)),
    Mutant("another way to pay before the order is closed", fact(PaymentStopped, _stopped_is_closed)),
    Mutant("the wish to pay otherwise is not heard", fact(PaymentStopped, _ignore)),
    Mutant("a part that was paid is the whole", answer(ActKind.CLOSE_PAYMENT, _believe_what_the_close_brings)),
    Mutant("a code that is shown is money", answer(ActKind.COLLECT, _pending_is_paid)),
    Mutant("an order forgets who collects it", fact(Intended, _method_forgotten)),
)

WITH_DEPOSITS = (
    Mutant("killed between two returns, they get new keys", _new_keys_after_a_kill),
    Mutant("a deposit goes back whole", _keyed(ActKind.RETURN_DEPOSIT, _return_all)),
    Mutant("a lost return counts as refused", _patch(answers, "_how_it_ended", _believe_any_no)),
    Mutant("a lost return counts as done", _how(Verdict.UNKNOWN, Verdict.YES)),
    Mutant("a return that was refused counts as done", _how(Verdict.NO, Verdict.YES)),
    Mutant("a return that is on its way counts as done", _how(Verdict.PENDING, Verdict.YES)),
    Mutant("deposits go back before the hospital booked", _deposits_early),
    Mutant("killed between two returns, the lost one is the window's", fact(Recovered, _forget_the_one_in_hand)),
    Mutant("the hospital is not told what went back", _next(_never_report)),
    Mutant("the hospital is told while a return is late", _next(_report_at_once)),
    Mutant("deposits are not used", _patch(Entry, "own_part", property(_deposits_are_not_used))),
)
"""Mistakes that only a stay with deposits can show."""
