"""A bill begun here and finished on its patient's phone, and one that comes back from there."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.benefits import NOTHING_ON_FILE
from kiosk.faults import FaultCode
from kiosk.flow import bills, phone_watch, reprint
from kiosk.flow.effects import StopScanning
from kiosk.flow.events import Continued, Event, Left, SlipWasPrinted, Stayed, WentBack, Woke
from kiosk.flow.methods import UnderWay
from kiosk.flow.offer import Bill, to_phone
from kiosk.flow.outcome import awaiting
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.phone_effects import TakeToPhone
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone, OfPhone
from kiosk.flow.rules import Door
from kiosk.flow.turn import Turn, doubt, fail, part, part_with_paper, wait_anew


def begin(turn: Turn, screen: UnderWay) -> Turn:
    """An open order is closed first: somebody may be paying it at this moment."""
    if not to_phone(screen.offer):
        return turn
    turn, money = turn.draw()
    turn, patience = turn.patience()
    turn = turn.ask(StopScanning(), TakeToPhone(money, screen.offer.sids))
    return turn.show(HandingToPhone(money, screen.offer, patience))


def step(turn: Turn, screen: OfPhone, event: Event) -> Turn:
    match screen:
        case HandingToPhone():
            return awaiting(turn, screen, event, FaultCode.PHONE_UNKNOWN)
        case AtPhone():
            return _at_phone(turn, screen, event)
        case AskingBack():
            return _asking_back(turn, screen, event)


def _at_phone(turn: Turn, screen: AtPhone, event: Event) -> Turn:
    match event:
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case Woke(ticket) if ticket == screen.watch:
            return phone_watch.ask(turn, screen)
        case PaidWereSought():
            return phone_watch.heard(turn, screen, event)
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Continued() if screen.others:
            return bills.begin(turn, screen.bill.person)
        case Continued() | Left():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn


def _asking_back(turn: Turn, screen: AskingBack, event: Event) -> Turn:
    match event:
        case Continued() if screen.paid:
            return reprint.begin(turn, screen.person)
        case Continued():
            return bills.take_back(turn, screen)
        case WentBack() if not screen.paid:
            return bills.begin(turn, screen.person)
        case Left() | WentBack():
            return part(turn)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def paid_there(turn: Turn, bill: Bill, number: str) -> Turn:
    """Whoever wanted to pay it here gets its papers instead, where they are to be had."""
    if Door.RECEIPTS not in turn.state.rules.doors:
        return fail(turn, FaultCode.PHONE_PAID, number=number)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(AskingBack(ticket, bill.person, bill.batch, (bill.batch,), NOTHING_ON_FILE, paid=True))
