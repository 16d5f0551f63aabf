"""A commercial insurer beside the basic one: the patient is asked before it is, and nothing depends on a yes. What it
does not pay after all is theirs to decide about.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.bills import quote_deposit
from kiosk.flow.effects import AskInsurer
from kiosk.flow.events import Continued, Event, Left, MoneyReported, Stayed, WentBack, Woke
from kiosk.flow.insurer_events import InsurerAgreedTo
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused
from kiosk.flow.offer import Offer, insurable
from kiosk.flow.outcome import follow, next_page, undecided
from kiosk.flow.states import Explaining
from kiosk.flow.turn import Turn, leave, wait_anew
from kiosk.saga.report import QuoteReady


def offered(turn: Turn, offer: Offer) -> bool:
    """Whether the page has the question."""
    return turn.state.rules.insurers and insurable(offer)


def begin(turn: Turn, screen: Explaining) -> Turn:
    if not offered(turn, screen.offer):
        return turn
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(InsurerConsent(ticket, screen.money, screen.offer))


def consenting(turn: Turn, screen: InsurerConsent, event: Event) -> Turn:
    match event:
        case InsurerAgreedTo(consent):
            turn, money = turn.draw()
            turn, patience = turn.patience()
            turn = turn.ask(AskInsurer(money, screen.offer.sids, consent))
            return turn.show(AskingInsurer(money, screen.offer, patience))
        case WentBack():
            return _explain(turn, screen, screen.offer)
        case Left():
            return leave(turn, screen)
        case _:
            return undecided(turn, screen, event)


def asking(turn: Turn, screen: AskingInsurer, event: Event) -> Turn:
    """Its answer stands on the page that says who pays what; without one the patient pays as before, or not."""
    match event:
        case MoneyReported(_, QuoteReady(quotes)):
            told = {one.sid: one for one in quotes}
            bills = tuple(
                replace(one, pledge=told[one.sid].pledge, unpledged=told[one.sid].unpledged) if one.sid in told else one
                for one in screen.offer.bills
            )
            return _explain(turn, screen, replace(screen.offer, bills=bills))
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.patience:
            return leave(turn, screen)
        case _:
            return turn


def refused(turn: Turn, screen: InsurerRefused, event: Event) -> Turn:
    """Paid now it is a payment of its own, which the hospital asks for; else the slip says who owes it until when."""
    owed = next((one.owed for one in screen.done.settled if one.owed is not None), None)
    match event:
        case Continued() if owed is not None:
            turn = next_page(turn, screen.offer, screen.done, claims=False)
            return quote_deposit(turn, screen.offer.person, owed, screen.offer.others)
        case Continued() | Left():
            return next_page(turn, screen.offer, screen.done)
        case Woke(ticket) if ticket == screen.ticket:
            return next_page(turn, screen.offer, screen.done)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn


def _explain(turn: Turn, screen: InsurerConsent | AskingInsurer, offer: Offer) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Explaining(ticket, screen.money, offer))
