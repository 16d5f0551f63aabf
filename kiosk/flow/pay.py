"""Bills from their quotes to their payment: the patient's side of settlements.

The money's side is the saga's; this flow asks it to accept, decline or pay, and follows its reports.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.settlement import independent
from kiosk.faults import FaultCode
from kiosk.flow import agent, away, day_door, insurer, phone
from kiosk.flow.account_events import AccountChosen, AccountIntent, FamilyChosen
from kiosk.flow.bills import quote, to_doctor
from kiosk.flow.day_events import DaysWanted
from kiosk.flow.effects import Abandon, AcceptQuote, PayWithCode, StopPayment, StopScanning
from kiosk.flow.events import (
    AwayWasSought,
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Event,
    FilingWanted,
    Left,
    MethodChosen,
    MoneyReported,
    OtherMethodWanted,
    Stayed,
    WentBack,
    WindowChosen,
    Woke,
)
from kiosk.flow.insurer_events import InsurerWanted
from kiosk.flow.methods import begin_paying, choose_method, code_page, pay_by
from kiosk.flow.offer import Bill, Offer, Quoted, SetAside
from kiosk.flow.outcome import awaiting, follow, settling_page, undecided
from kiosk.flow.phone_events import PhoneWanted
from kiosk.flow.services import filling
from kiosk.flow.states import (
    AtTerminal,
    AwaitingCode,
    ChoosingMethod,
    Collecting,
    Confirming,
    Explaining,
    Quoting,
    ShowingCode,
)
from kiosk.flow.stay_states import DepositOffered
from kiosk.flow.turn import Turn, doubt, fail, leave, to_window
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.saga.report import QuotedBill, QuoteReady, Stuck, Undone


def quoting(turn: Turn, screen: Quoting, event: Event) -> Turn:
    match event:
        case MoneyReported(_, QuoteReady() as ready):
            return _explain(turn, screen, ready)
        case AwayWasSought(_, answer):
            return turn.show(replace(screen, away=away.heard(screen.away, answer)))
        case MoneyReported(_, Undone(fault=FaultCode.BACK_TO_DOCTOR)):
            return to_doctor(turn, screen.bills, screen.others + len(screen.queue))
        case MoneyReported(_, Undone(_, number, FaultCode.PHONE_PAID)):
            return phone.paid_there(turn, screen.bills[0], number)
        case MoneyReported(_, Undone(_, number, fault, reason)):
            person = screen.bills[0].person
            fault = fault or FaultCode.QUOTE_REFUSED
            again = screen.bills[0].batch.redress is None
            return fail(turn, fault, number=number, reason=reason, can_retry=again, person=person if again else None)
        case MoneyReported(_, Stuck(_, number, fault)):
            return fail(turn, fault, number=number)
        case Woke(ticket) if ticket == screen.patience:
            return fail(turn, FaultCode.QUOTE_REFUSED)
        case _:
            return turn


def _explain(turn: Turn, screen: Quoting, ready: QuoteReady) -> Turn:
    """Quotes that change one another are not paid together: the first is, the others are quoted anew behind it.

    Nor is one with nothing to pay put beside one that wants a code: it would be settled before the patient has paid,
    and a no to the payment would come too late for it.
    """
    bills = {bill.batch.batch_no: bill for bill in screen.bills}
    told = [one for one in ready.quotes if one.batch_no in bills]
    if not told:
        return turn
    quoted = tuple(_quoted(turn, bills[one.batch_no], one) for one in told)
    paying = tuple(one for one in quoted if one.cover.due) or quoted
    insured = turn.state.rules.insurers
    apart_by_kind = any(
        one.bill.batch.stay or one.bill.batch.deposit or (insured and one.bill.batch.policy) for one in quoted
    )
    quotes = [one.quote for one in quoted if one.quote]
    together = paying if independent(quotes) and not apart_by_kind else quoted[:1]
    apart = tuple(one for one in quoted if one not in together)
    if apart:
        turn = turn.ask(Abandon(tuple(one.sid for one in apart)))
    queue = (*(one.bill for one in apart), *screen.queue)
    unopened = len(screen.bills) - len(quoted) - len(ready.undone)  # no room for them in the journal
    turn, ticket = turn.wake(turn.state.rules.read_page)
    offer = Offer(together, ready.undone, queue, screen.others + unopened, away=screen.away)
    if offer.redress is not None:  # what comes back is the one question
        return turn.show(Confirming(ticket, screen.ticket, offer))
    if offer.deposit:
        return turn.show(DepositOffered(ticket, screen.ticket, offer))
    worded = _needs_words(offer) or insurer.offered(turn, offer)
    if turn.state.care and not worded:  # the shorter way: who pays what is one page back
        return turn.show(Confirming(ticket, screen.ticket, offer))
    return turn.show(Explaining(ticket, screen.ticket, offer))


def _quoted(turn: Turn, bill: Bill, one: QuotedBill) -> Quoted:
    quote = agent.unnamed(turn, one.quote, bill.person) if one.quote else None
    return Quoted(bill.under(one.quote), one.sid, one.number, quote)


def _needs_words(offer: Offer) -> bool:
    """Whether the explanation says something that the question "pay this much?" does not."""
    said = any(one.bill.chronic or one.bill.batch.stay or one.cover.deferred for one in offer.bills)
    return bool(offer.unquoted or offer.queue or offer.others or said) or not away.without_words(offer)


def explaining(turn: Turn, screen: Explaining, event: Event) -> Turn:
    match event:
        case Continued():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(Confirming(ticket, screen.money, screen.offer))
        case AccountChosen() | FamilyChosen() if _may_choose(turn, screen.offer, event):
            return _requote(turn, screen, event)
        case AwayWasSought():
            return turn.show(replace(screen, offer=_away_heard(screen.offer, event)))
        case InsurerWanted():
            return insurer.begin(turn, screen)
        case DaysWanted():
            return day_door.quoted(turn, screen)
        case FilingWanted() if screen.offer.away.missing and away.ITEM in turn.state.rules.services.items:
            return _file_first(turn, screen.offer)
        case Left() | WentBack():
            return leave(turn, screen)
        case _:
            return undecided(turn, screen, event)


def _may_choose(turn: Turn, offer: Offer, chosen: AccountIntent) -> bool:
    """What a phone began is settled as it was begun."""
    rules = turn.state.rules
    offered = rules.account_choice if isinstance(chosen, AccountChosen) else rules.family_choice
    return offered and not offer.ordered


def _requote(turn: Turn, screen: Explaining, chosen: AccountIntent) -> Turn:
    """What was quoted is given back, and asked for again the other way: nothing is computed here."""
    offer = screen.offer
    bills = tuple(_by(one.bill, chosen) for one in offer.bills)
    queue = tuple(_by(bill, chosen) for bill in offer.queue)
    if bills == tuple(one.bill for one in offer.bills):
        return turn
    turn = turn.ask(Abandon(offer.sids))
    whole = (*bills, *queue) if turn.state.rules.together else bills
    return quote(turn, whole, () if turn.state.rules.together else queue, offer.others + len(offer.unquoted))


def _by(bill: Bill, chosen: AccountIntent) -> Bill:
    own = isinstance(chosen, AccountChosen)
    return replace(bill, use_account=chosen.use) if own else replace(bill, use_family=chosen.use)


def _away_heard(offer: Offer, answer: AwayWasSought) -> Offer:
    return replace(offer, away=away.heard(offer.away, answer.answer))


def _file_first(turn: Turn, offer: Offer) -> Turn:
    """The quotes are given back before anything is filed: what they said will not hold afterwards."""
    bills, queue = tuple(one.bill for one in offer.bills), offer.queue
    whole, rest = ((*bills, *queue), ()) if turn.state.rules.together else (bills, queue)
    aside = SetAside(offer.bills, whole, rest, offer.others + len(offer.unquoted))
    return filling.begin_aside(turn.ask(Abandon(offer.sids)), away.ITEM, aside)


def confirming(turn: Turn, screen: Confirming, event: Event) -> Turn:
    match event:
        case Continued():
            return accept(turn, screen)
        case WindowChosen() if screen.offer.own_part:
            return to_window(turn, screen)
        case WentBack() if screen.offer.redress is None:
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(Explaining(ticket, screen.money, screen.offer))
        case AwayWasSought():
            return turn.show(replace(screen, offer=_away_heard(screen.offer, event)))
        case Left() | WentBack():
            return leave(turn, screen)
        case _:
            return undecided(turn, screen, event)


def accept(turn: Turn, screen: Confirming | DepositOffered) -> Turn:
    """Yes to what the page asks: the saga learns it, then it is paid."""
    turn, money = turn.draw()
    turn = turn.ask(AcceptQuote(money, screen.offer.sids))
    accepted = replace(screen, money=money)
    return begin_paying(turn, accepted) if screen.offer.own_part else settling_page(turn, accepted)


def choosing_method(turn: Turn, screen: ChoosingMethod, event: Event) -> Turn:
    match event:
        case MethodChosen(name):
            chosen = next((method for method in screen.methods if method.name == name), None)
            return pay_by(turn, screen, chosen) if chosen else turn
        case PhoneWanted():
            return phone.begin(turn, screen)
        case DeviceChanged():
            return choose_method(turn, screen, screen.again)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case WindowChosen():
            return to_window(turn, screen)
        case Left() | WentBack():
            return leave(turn, screen)
        case Stayed():
            return choose_method(turn, screen, screen.again)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def awaiting_code(turn: Turn, screen: AwaitingCode, event: Event) -> Turn:
    match event:
        case CodeWasScanned(_, CodeScanned(code)):
            turn, money = turn.draw()  # of its own: what is still said about the page before must not be heard here
            turn, patience = turn.patience()
            page = Collecting(money, screen.offer, patience, screen.method)
            sids = tuple(one.sid for one in screen.offer.payable)
            return turn.ask(PayWithCode(money, sids, code, screen.method)).show(page)
        case CodeWasScanned(_, CodeRejected(fault)):
            return code_page(turn, screen, fault, method=screen.method)
        case DeviceChanged() if turn.gone("scanner") and screen.others:
            return choose_method(turn, screen, FaultCode.SCANNER_GONE)
        case DeviceChanged() if turn.gone("scanner"):
            return leave(turn, screen, FaultCode.SCANNER_GONE)
        case OtherMethodWanted() if screen.others:
            return choose_method(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case WindowChosen():
            return to_window(turn, screen)
        case Left() | WentBack():
            return leave(turn, screen)
        case Stayed():
            return code_page(turn.ask(StopScanning()), screen, screen.again, method=screen.method)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def paying_elsewhere(turn: Turn, screen: ShowingCode | AtTerminal, event: Event) -> Turn:
    match event:
        case OtherMethodWanted() | WentBack():
            return _stop_payment(turn, screen)
        case WindowChosen():
            return to_window(turn, screen)
        case Left():
            return leave(turn, screen)
        case _:
            return awaiting(turn, screen, event, FaultCode.PAYMENT_UNKNOWN)


def _stop_payment(turn: Turn, screen: ShowingCode | AtTerminal) -> Turn:
    """The order is closed first: somebody may be paying it at this moment, and nobody shall pay twice."""
    turn, money = turn.draw()
    turn, patience = turn.patience()
    page = Collecting(money, screen.offer, patience, screen.method.name, stopped=True)
    return turn.ask(StopPayment(money, tuple(one.sid for one in screen.offer.payable))).show(page)


def collecting(turn: Turn, screen: Collecting, event: Event) -> Turn:
    return awaiting(turn, screen, event, FaultCode.PAYMENT_UNKNOWN)
