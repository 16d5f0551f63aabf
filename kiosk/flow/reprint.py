"""The receipt of a bill that was paid before, at this kiosk, at a window or on a phone, made once more.

Whoever asks is identified as for paying; a relative lays down a card of their own, and both are written down. What the
hospital takes back, under an approval number, is settled anew and given back as it was paid where all of that can be
done here; else its window pays it out, nothing is touched, and the slip for it is printed.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.agent import Sight
from kiosk.domain.insured import Person
from kiosk.domain.sid import spoken_number
from kiosk.faults import FaultCode
from kiosk.flow import agent, bills, doors, official
from kiosk.flow.effects import FindPaid, PrintAgain
from kiosk.flow.events import BillChosen, Continued, Event, Left, OptionPicked, SlipWasPrinted, Stayed, WentBack, Woke
from kiosk.flow.offer import Bill
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, Reprinting
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.sheets import OfficialWasPrinted
from kiosk.flow.stay_states import AgentRelation
from kiosk.flow.turn import Turn, doubt, fail, part, part_with_paper, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import PaidBefore, PaidBills, Refundable

_OF_A_REFUND = {Sight.LINES, Sight.DISEASE}
"""What whoever agrees to a refund must see."""


def begin(turn: Turn, person: Person, door: Door = Door.RECEIPTS) -> Turn:
    """Who stands here for somebody else says first who they are."""
    if turn.state.whose is Whose.RELATIVE and person.agent is None:
        return agent.begin(turn, person, (), door=door)
    return _find(turn, person, door)


def relation(turn: Turn, screen: AgentRelation, event: Event) -> Turn:
    match event:
        case OptionPicked(key) if (person := agent.agent_of(screen, key)) is not None:
            return _find(turn, person, screen.door)
        case _:
            return agent.waiting(turn, screen, event)


def _find(turn: Turn, person: Person, door: Door) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    asked = FindPaid(ticket, person, refunds=door is Door.REFUND)
    return turn.ask(asked).show(FindingPaid(ticket, person, patience, door))


def finding(turn: Turn, screen: FindingPaid, event: Event) -> Turn:
    match event:
        case PaidWereSought(_, PaidBills(paid)):
            return _offer(turn, screen, paid)
        case PaidWereSought(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case PaidWereSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE)
        case _:
            return turn


def _offer(turn: Turn, screen: FindingPaid, paid: tuple[PaidBefore, ...]) -> Turn:
    """To have something back only what the hospital has marked is offered."""
    refunds = screen.door is Door.REFUND
    wanted = tuple(one for one in paid if one.refund is not None) if refunds else paid
    if not wanted:
        return fail(turn, FaultCode.NO_REFUND if refunds else FaultCode.NO_PAID_BILL)
    return _choose(turn, screen.person, _seen(turn, screen.person, wanted), screen.door)


def _seen(turn: Turn, person: Person, paid: tuple[PaidBefore, ...]) -> tuple[PaidBefore, ...]:
    """What an agent may not see is in no page and on no paper of this visit."""
    if person.agent is None:
        return paid
    rules = turn.state.rules
    return tuple(
        replace(
            one,
            batch=agent.withheld(one.batch, rules),
            settlement=agent.unnamed(turn, one.settlement, person),
            refund=_withheld(one.refund, rules),
        )
        for one in paid
    )


def _withheld(refund: Refundable | None, rules: Rules) -> Refundable | None:
    """Who may not see all that is taken back cannot agree to it: the sum is told, and a window does the rest."""
    if refund is None or rules.agent_sees >= _OF_A_REFUND:
        return refund
    return replace(refund, lines=refund.lines if Sight.LINES in rules.agent_sees else (), again=None)


def _choose(turn: Turn, person: Person, paid: tuple[PaidBefore, ...], door: Door) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(ChoosingPaid(ticket, person, paid, door))


def choosing(turn: Turn, screen: ChoosingPaid, event: Event) -> Turn:
    match event:
        case BillChosen(number):
            chosen = next((one for one in screen.paid if one.batch.batch_no == number), None)
            return turn if chosen is None else _deal_with(turn, screen, chosen)
        case Left() | WentBack():
            return part(turn)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return _choose(turn, screen.person, screen.paid, screen.door)
        case _:
            return turn


def _deal_with(turn: Turn, screen: ChoosingPaid, chosen: PaidBefore) -> Turn:
    """A refund is made here if whatever it takes works now, under an insurance that still settles. What stays of the
    bill draws on no account that the bill left alone: nobody is asked anew.
    """
    again = chosen.refund.again if chosen.refund and screen.door is Door.REFUND else None
    insured = chosen.insurance in screen.person.insurances
    if again is None or not insured or doors.standing_fault(turn.state):
        return _print(turn, screen, chosen)
    paid = chosen.settlement.amounts
    family = bool(paid.acct_mulaid_pay)
    bill = Bill(screen.person, chosen.insurance, again, use_account=bool(paid.acct_pay) or family, use_family=family)
    return bills.quote(turn, (bill,), (), 0)


def _print(turn: Turn, screen: ChoosingPaid, chosen: PaidBefore) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    refund = screen.door is Door.REFUND
    sheet = not refund and official.wanted(turn, screen.person)
    turn = turn.ask(PrintAgain(slip, screen.person, chosen, refund=refund, official=sheet))
    page = Reprinting(ticket, screen.person, chosen, slip, screen.paid, door=screen.door)
    return turn.show(page) if refund else _with_sheet(turn, page)


def print_first(turn: Turn, person: Person, paid: PaidBefore, others: int) -> Turn:
    """What was paid elsewhere a moment ago: nobody has had papers of it."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    turn = turn.ask(PrintAgain(slip, person, paid, first=True))
    page = Reprinting(ticket, person, paid, slip, (paid,), first=True, others=others)
    return _with_sheet(turn, page)


def _with_sheet(turn: Turn, page: Reprinting) -> Turn:
    """The official sheet is as it was the first time; what marks it as a copy is the slip that comes with it."""
    one = page.chosen
    number = spoken_number(one.sid) if one.sid else one.booking.book_no
    turn, ticket = official.ask(turn, page.person, one.insurance, one.settlement, number)
    return turn.show(replace(page, official=ticket))


def reprinting(turn: Turn, screen: Reprinting, event: Event) -> Turn:
    match event:
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case OfficialWasPrinted(ticket, result) if ticket == screen.official:
            return turn.show(replace(screen, sheet=result))
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Continued() if screen.others:
            return bills.begin(turn, screen.person)
        case Continued() if len(screen.paid) > 1:
            return _choose(turn, screen.person, screen.paid, screen.door)
        case Continued() | Left():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn
