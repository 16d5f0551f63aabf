"""What each answer of a far party means for the course of a settlement."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.stay import Back, Return
from kiosk.faults import FaultCode
from kiosk.saga.changing import replace
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import ActKind, Answered, Stamp, Verdict

_SETTLE_TRIES = 3
"""A settlement of which no byte left may be tried again while the patient waits; one that may have left never."""


_QUOTE_TRIES = 3
"""How often what stays of a paid bill is quoted anew: nothing hangs on a quote, and much on there being one."""


_GIVING_BACK_TRIES = 3
"""How often the far end must refuse to take something back before that is believed. No money hangs on it."""


_CLAIM_TRIES = 2
"""So many times an insurer, or the hospital about it, is asked while the patient stands by; then they are told so."""


class OutOfOrder(Exception):
    """A fact that cannot follow what is known: a defect, never a patient's fault."""


def turn_back(entry: Entry, at: Stamp, fault: FaultCode | None, reason: str = "") -> Entry:
    """Forward no longer: from here everything is undone.

    A paid bill that is out of the books by then stays out: what was collected for it goes back, and the rest is owed.
    """
    fault = FaultCode.REST_NOT_SETTLED if entry.unbooked is not None else fault
    turned = replace(
        entry,
        course=Course.UNDOING,
        undo_since=at,
        failures=0,
        sent_failures=0,
        fault=fault or entry.fault,
        reason=reason or entry.reason,
    )
    return _owe_back(turned, at) if entry.unbooked is not None else turned


def _owe_back(entry: Entry, at: Stamp) -> Entry:
    return replace(entry, returns=entry.planned_returns, returns_since=at)


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
    if answer.verdict is not Verdict.YES and entry.unbooked is not None and entry.failures < _QUOTE_TRIES - 1:
        return _failed(entry, answer)  # the rest would be owed again for one lost answer
    if answer.verdict is Verdict.WRONG:  # a quote that contradicts itself: no money is anywhere yet
        return turn_back(entry, at, FaultCode.REPLY_BROKEN, answer.reason)
    if answer.verdict is not Verdict.YES:
        return turn_back(entry, at, answer.fault, answer.reason)
    quote, terms = answer.quote or entry.quote or _ordered(entry), answer.terms or entry.terms
    if quote is not None and terms and not quote.terms:
        quote = replace(quote, terms=terms)
    entry = replace(entry, mdtrt_id=answer.mdtrt_id or entry.mdtrt_id, quote=quote, terms=terms)
    if entry.plan.batch.redress is not None and entry.own_part:  # more than was collected: nobody agreed to that
        return turn_back(entry, at, FaultCode.REST_NOT_SETTLED)
    return _progressed(replace(entry, hold_since=entry.hold_asked) if answer.act is ActKind.HOLD else entry)


def _ordered(entry: Entry) -> Quote | None:
    """What the order of a phone settled stands for the quote of its bill, from when the bill is held."""
    ordered = entry.plan.batch.ordered
    return Quote(ordered.amounts, ordered.details, family=ordered.family) if ordered else None


def _renew(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A hold that is lost ends what has not cost anything yet; one that cannot be renewed now is tried again."""
    if answer.verdict is Verdict.YES:
        return _progressed(replace(entry, hold_since=entry.hold_asked))
    if answer.verdict is Verdict.NO and entry.course is Course.FORWARD:
        return turn_back(entry, at, answer.fault, answer.reason)
    return entry if entry.order is not None else _failed(entry, answer)


def _paid(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The order is paid: with the right amount it counts, with another it goes back whole."""
    order = _order(entry)
    amount = order.part(entry.own_part, answer.amount)
    paid = replace(order, mark=Mark.DONE, amount=amount, channel=answer.channel or "")
    entry = _progressed(replace(entry, order=paid))
    if entry.course is Course.FORWARD and paid.amount != entry.own_part:
        return turn_back(entry, at, FaultCode.PAYMENT_IN_PART)
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
    return replace(entry, order=replace(order, mark=_mark(answer.verdict), show=answer.show))


def _query_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    order = _order(entry)
    if answer.verdict is Verdict.YES:
        return _paid(entry, answer, at)
    if answer.verdict is Verdict.NO:
        return replace(
            entry, order=replace(order, mark=Mark.REFUSED, closing=True), again=answer.fault, reason=answer.reason
        )
    return replace(entry, order=replace(order, show=answer.show)) if answer.show else entry


def _close_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """An acknowledged close is the only proof that an order was not paid."""
    order = _order(entry)
    if answer.verdict is Verdict.YES and answer.channel is not None:
        return _paid(entry, answer, at)
    if answer.verdict is Verdict.YES:
        closed = replace(order, mark=Mark.REFUSED, closing=True, since=at)
        again = entry.again or FaultCode.PAYMENT_NOT_MADE
        return _progressed(replace(entry, order=None, closed_orders=(*entry.closed_orders, closed), again=again))
    return _failed(replace(entry, order=replace(order, closing=True)), answer)


def _settle(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """Where copies are made, a no may be about the second one while the first one stands: it is reversed."""
    doubted = answer.verdict is Verdict.NO and entry.plan.copied
    mark = Mark.UNKNOWN if doubted else _mark(answer.verdict)
    entry = replace(entry.marked(ActKind.SETTLE, mark), settle_since=at)
    if answer.verdict is Verdict.NOT_SENT and not entry.orphaned and entry.failures < _SETTLE_TRIES - 1:
        return _failed(entry, answer)
    if answer.verdict is Verdict.UNKNOWN and entry.plan.findable:
        return _failed(entry, answer)
    if answer.verdict is not Verdict.YES or answer.settlement is None:
        return turn_back(entry, at, _why_not_settled(entry, answer), answer.reason)
    return _settled(entry, answer.settlement, at)


def _settled(entry: Entry, settlement: Settlement, at: Stamp) -> Entry:
    """Of the cash not a fen else than was quoted, of the account not more: nobody agreed to that."""
    told, agreed = settlement.amounts, entry.quote.amounts if entry.quote else None
    dearer = agreed is not None and told.psn_part_amt > agreed.psn_part_amt
    if dearer or told.psn_cash_pay != entry.cover.whole or entry.collected != entry.cover.due:
        return turn_back(entry.marked(ActKind.SETTLE, Mark.WRONG), at, FaultCode.SETTLEMENT_WRONG)
    return _progressed(replace(entry.marked(ActKind.SETTLE, Mark.DONE), settlement=settlement))


def _find_settlement(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The settlement itself, or that there is none and never will be; without either it is asked for again."""
    match answer.verdict:
        case Verdict.YES if answer.settlement is not None:
            return _settled(entry, answer.settlement, at)
        case Verdict.YES if answer.stands is False:
            return turn_back(entry.marked(ActKind.SETTLE, Mark.REFUSED), at, FaultCode.SETTLEMENT_REFUSED)
        case Verdict.WRONG:
            return turn_back(entry.marked(ActKind.SETTLE, Mark.WRONG), at, FaultCode.SETTLEMENT_WRONG)
        case _:
            return _failed(entry, answer)


def _why_not_settled(entry: Entry, answer: Answered) -> FaultCode | None:
    """The fault tells the patient where the money is, and an adapter that speaks of the wire does not know that."""
    match answer.verdict:
        case Verdict.UNKNOWN:
            return FaultCode.SETTLEMENT_UNKNOWN
        case Verdict.WRONG:
            return FaultCode.SETTLEMENT_WRONG
        case Verdict.NOT_SENT if not entry.collected:
            return answer.fault
        case _:
            return FaultCode.SETTLEMENT_REFUSED


def _book(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    if answer.verdict is Verdict.YES:
        claim = Claim(entry.pledge) if entry.pledge else None
        booked = replace(entry.marked(ActKind.BOOK, Mark.DONE), booking=answer.booking, claim=claim, booked_since=at)
        booked = replace(booked, settlement=entry.settlement or entry.plan.batch.ordered)
        return _progressed(booked if claim else _owe_back(booked, at))
    if answer.verdict is Verdict.NO:
        return turn_back(entry.marked(ActKind.BOOK, Mark.REFUSED), at, FaultCode.BOOKING_REFUSED, answer.reason)
    return _failed(entry.marked(ActKind.BOOK, Mark.UNKNOWN), answer)


def _take_deposit(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A deposit nobody answers for is told of again under its key: a refund might take back what is in the books."""
    if answer.verdict is Verdict.YES:
        return _progressed(replace(entry.marked(answer.act, Mark.DONE), booking=answer.booking))
    if answer.verdict is Verdict.NO:
        return turn_back(entry.marked(answer.act, Mark.REFUSED), at, FaultCode.DEPOSIT_REFUSED, answer.reason)
    return _failed(entry.marked(answer.act, Mark.UNKNOWN), answer)


def _undone(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """REVERSE, CANCEL, REFUND: repeated until yes."""
    entry = entry.marked(answer.act, _mark(answer.verdict))
    return _progressed(entry) if answer.verdict is Verdict.YES else _failed(entry, answer)


def _query_settlement(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    if answer.verdict is not Verdict.YES:
        return _failed(entry, answer)
    return _progressed(entry.marked(ActKind.CANCEL, Mark.NONE if answer.stands else Mark.DONE))


def _deposit_returned(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """A no leaves it to the window, but not after a try that nobody answered: that one may have paid it back."""
    in_hand = next((one for one in entry.returns if one.key == entry.returning), None)
    if in_hand is None:
        raise OutOfOrder("an answer about a deposit that was not asked for")
    ended = _how_it_ended(in_hand, answer.verdict)
    returns = tuple(ended if one.key == ended.key else one for one in entry.returns)
    entry = replace(entry, returns=returns, returning="", returns_late=entry.returns_late or not ended.ended)
    return _progressed(entry) if ended.ended else _failed(entry, answer)


def _how_it_ended(one: Return, verdict: Verdict) -> Return:
    match verdict:
        case Verdict.YES:
            return replace(one, back=Back.RETURNED)
        case Verdict.NO if not one.doubtful:
            return replace(one, back=Back.WINDOW)
        case Verdict.NOT_SENT:
            return replace(one, back=Back.ASKED if one.doubtful or one.taken else Back.UNSENT)
        case Verdict.PENDING:
            return replace(one, taken=True)
        case _:
            return replace(one, doubtful=True)


def _returns_reported(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    entry = entry.marked(answer.act, _mark(answer.verdict))
    return _progressed(entry) if answer.verdict is Verdict.YES else _failed(entry, answer)


def _given_back(act: ActKind) -> Callable[[Entry, Answered, Stamp], Entry]:
    """WITHDRAW, DEREGISTER, RELEASE. "Nothing to give back" is a yes already; another no is believed when repeated."""

    def fold(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
        believed = answer.verdict is Verdict.NO and entry.sent_failures >= _GIVING_BACK_TRIES - 1
        if answer.verdict is Verdict.YES or believed:
            return _progressed(entry.marked(act, Mark.UNDONE))
        return _failed(entry, answer)

    return fold


def _watched(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """A yes is also the answer when nothing stands any more; a no may come from a platform that did not look."""
    entry = entry.marked(ActKind.WATCH, _mark(answer.verdict))
    return _progressed(entry) if answer.verdict is Verdict.YES else _failed(entry, answer)


def _watched_payment(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A closed order: still not paid, and done with; or paid all the same, and to be returned."""
    order, *others = entry.closed_orders
    match answer.verdict:
        case Verdict.NO:
            return _progressed(replace(entry, closed_orders=tuple(others)))
        case Verdict.YES:
            amount = order.part(entry.own_part, answer.amount)
            landed = (replace(order, mark=Mark.DONE, amount=amount, since=at),) if amount else ()
            return _progressed(replace(entry, closed_orders=(*landed, *others)))
        case _:
            return _failed(entry, answer)


def _returned_late(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    if answer.verdict is Verdict.YES:
        return _progressed(replace(entry, closed_orders=entry.closed_orders[1:]))
    return _failed(entry, answer)


def _insurer_asked(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """Nothing hangs on it yet: without a pledge that fits the bill the patient pays, or declines, as before."""
    pledge = answer.pledge if answer.verdict is Verdict.YES and _fits(entry, answer.pledge) else None
    fault = None if pledge else (answer.fault or FaultCode.INSURER_UNREACHABLE)
    return _progressed(replace(entry.marked(answer.act, _mark(answer.verdict)), pledge=pledge, unpledged=fault))


def _fits(entry: Entry, pledge: Pledge | None) -> bool:
    """An insurer pays something, and not more than there is to pay."""
    if pledge is None or entry.quote is None:
        return False
    return ZERO < pledge.amount <= entry.quote.amounts.psn_cash_pay


def _claimed(entry: Entry, answer: Answered, _at: Stamp) -> Entry:
    """A yes or a no under its key is final. Silence is neither: the same claim is sent again."""
    claim = entry.claim
    if claim is None:
        raise OutOfOrder("an answer about a claim that nobody has")
    entry = entry.marked(answer.act, _mark(answer.verdict))
    match answer.verdict:
        case Verdict.YES:
            return _progressed(replace(entry, claim=replace(claim, outcome=Outcome.PAID, number=answer.claim)))
        case Verdict.NO:
            return _progressed(replace(entry, claim=replace(claim, outcome=Outcome.REFUSED, reason=answer.reason)))
        case _:
            return _failed(_later(entry, answer), answer)


def _claim_reported(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """Now it is known what of a stay's deposits is left: before, a refusal would ask for what had just gone back."""
    entry = entry.marked(answer.act, _mark(answer.verdict))
    if answer.verdict is Verdict.YES:
        return _progressed(_owe_back(replace(entry, owed=answer.owed), at))
    return _failed(_later(entry, answer), answer)


def _later(entry: Entry, answer: Answered) -> Entry:
    """Whether the patient has stood by for long enough: an insurer that is looking into it needs days."""
    late = answer.verdict is Verdict.PENDING or entry.failures + 1 >= _CLAIM_TRIES
    return replace(entry, claim_late=entry.claim_late or late)


def _paid_cancelled(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A no before anything is in doubt leaves all as it was; where copies are made, once the settlement was looked up:
    it may be about the second one. After a doubt the settlement is looked up instead.
    """
    doubtful = entry.undoing_doubtful or answer.verdict in {Verdict.UNKNOWN, Verdict.WRONG, Verdict.PENDING}
    match answer.verdict:
        case Verdict.YES:
            return _progressed(entry.marked(answer.act, Mark.DONE))
        case Verdict.NO if entry.plan.copied and not doubtful:
            return _progressed(replace(entry.marked(answer.act, Mark.PENDING), reason=answer.reason or ""))
        case Verdict.NO | Verdict.NOT_SENT if not doubtful:
            fault = FaultCode.REFUND_REFUSED if answer.verdict is Verdict.NO else answer.fault
            return turn_back(entry.marked(answer.act, Mark.NONE), at, fault, answer.reason)
        case _:
            return _failed(replace(entry.marked(answer.act, Mark.UNKNOWN), undoing_doubtful=doubtful), answer)


def _paid_looked_up(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """One that stands is cancelled again: the lost cancel may still be on its way, and nobody would give back. One of
    which the cancel was refused stays as it was.
    """
    if answer.verdict is not Verdict.YES:
        return _failed(entry, answer)
    refused = entry.mark(ActKind.CANCEL_PAID) is Mark.PENDING
    if not answer.stands:
        reason = "" if refused else entry.reason
        return _progressed(replace(entry.marked(ActKind.CANCEL_PAID, Mark.DONE), reason=reason))
    if refused:
        return turn_back(entry.marked(ActKind.CANCEL_PAID, Mark.NONE), at, FaultCode.REFUND_REFUSED, entry.reason)
    return _failed(replace(entry.marked(ActKind.CANCEL_PAID, Mark.NONE), undoing_doubtful=True), answer)


def _unbooked(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """The hospital knows. What stays is quoted now; where nothing stays, or nobody waits, all goes back."""
    if answer.verdict is not Verdict.YES:
        return _failed(entry.marked(answer.act, Mark.UNKNOWN), answer)
    entry = _progressed(replace(entry.marked(answer.act, Mark.DONE), unbooked=answer.booking))
    if entry.course is Course.UNDOING:
        return _owe_back(replace(entry, fault=FaultCode.REST_NOT_SETTLED), at)
    return _owe_back(entry, at) if entry.takes_back else entry


def _handed_over(entry: Entry, answer: Answered, at: Stamp) -> Entry:
    """A bill that may be on the phone is asked about again under its key: released, it might be paid at both places."""
    if answer.verdict is Verdict.YES and answer.handed is not None:
        return _progressed(replace(entry.marked(answer.act, Mark.DONE), handed=answer.handed))
    if answer.verdict is Verdict.NO:
        return turn_back(entry.marked(answer.act, Mark.REFUSED), at, FaultCode.PHONE_REFUSED, answer.reason)
    return _failed(entry.marked(answer.act, Mark.UNKNOWN), answer)


ANSWERS: dict[ActKind, Callable[[Entry, Answered, Stamp], Entry]] = {
    ActKind.HOLD: _prepared,
    ActKind.RENEW: _renew,
    ActKind.REGISTER: _prepared,
    ActKind.DESCRIBE: _prepared,
    ActKind.UPLOAD: _prepared,
    ActKind.QUOTE: _prepared,
    ActKind.COLLECT: _collect,
    ActKind.QUERY_PAYMENT: _query_payment,
    ActKind.CLOSE_PAYMENT: _close_payment,
    ActKind.SETTLE: _settle,
    ActKind.FIND_SETTLEMENT: _find_settlement,
    ActKind.BOOK: _book,
    ActKind.REVERSE: _undone,
    ActKind.CANCEL: _undone,
    ActKind.REFUND: _undone,
    ActKind.QUERY_SETTLEMENT: _query_settlement,
    ActKind.WITHDRAW: _given_back(ActKind.UPLOAD),
    ActKind.DEREGISTER: _given_back(ActKind.REGISTER),
    ActKind.RELEASE: _given_back(ActKind.HOLD),
    ActKind.WATCH: _watched,
    ActKind.WATCH_PAYMENT: _watched_payment,
    ActKind.RETURN_LATE: _returned_late,
    ActKind.RETURN_DEPOSIT: _deposit_returned,
    ActKind.REPORT_RETURNS: _returns_reported,
    ActKind.TAKE_DEPOSIT: _take_deposit,
    ActKind.ASK_INSURER: _insurer_asked,
    ActKind.CLAIM: _claimed,
    ActKind.REPORT_CLAIM: _claim_reported,
    ActKind.CANCEL_PAID: _paid_cancelled,
    ActKind.QUERY_PAID: _paid_looked_up,
    ActKind.UNBOOK: _unbooked,
    ActKind.HAND_OVER: _handed_over,
}
