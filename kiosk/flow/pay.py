"""One bill from its quote to its payment: the patient's side of a settlement.

The money's side is the saga's; this flow asks it to accept, decline or pay, and follows its reports.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.faults import FaultCode
from kiosk.flow.effects import AcceptQuote, PayWithCode, StopScanning
from kiosk.flow.events import (
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Event,
    Left,
    MoneyReported,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.outcome import code_page, doubt_answer, follow, settling_page
from kiosk.flow.states import AwaitingCode, Collecting, Confirming, Explaining, Quoting
from kiosk.flow.turn import Turn, doubt, fail, leave
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.saga.report import QuoteReady, Stuck, Undone


def quoting(turn: Turn, screen: Quoting, event: Event) -> Turn:
    match event:
        case MoneyReported(_, QuoteReady(sid, number, quote)):
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(Explaining(ticket, screen.ticket, screen.bill, sid, number, quote))
        case MoneyReported(_, Undone(_, number, fault, reason)):
            return fail(turn, fault or FaultCode.QUOTE_REFUSED, number=number, reason=reason, can_retry=True)
        case MoneyReported(_, Stuck(_, number, fault)):
            return fail(turn, fault, number=number)
        case Woke(ticket) if ticket == screen.patience:
            return fail(turn, FaultCode.QUOTE_REFUSED)
        case _:
            return turn


def explaining(turn: Turn, screen: Explaining, event: Event) -> Turn:
    match event:
        case Continued():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            sid, number, quote = screen.sid, screen.number, screen.quote
            return turn.show(Confirming(ticket, screen.money, screen.bill, sid, number, quote))
        case Left() | WentBack():
            return leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def confirming(turn: Turn, screen: Confirming, event: Event) -> Turn:
    match event:
        case Continued():
            return _accept(turn, screen)
        case WentBack():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            sid, number, quote = screen.sid, screen.number, screen.quote
            return turn.show(Explaining(ticket, screen.money, screen.bill, sid, number, quote))
        case Left():
            return leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def _accept(turn: Turn, screen: Confirming) -> Turn:
    turn, money = turn.draw()
    turn = turn.ask(AcceptQuote(money, screen.sid))
    accepted = replace(screen, money=money)
    return code_page(turn, accepted) if screen.quote.amounts.psn_cash_pay else settling_page(turn, accepted)


def awaiting_code(turn: Turn, screen: AwaitingCode, event: Event) -> Turn:
    match event:
        case CodeWasScanned(_, CodeScanned(code)):
            turn, patience = turn.patience()
            page = Collecting(screen.money, screen.bill, screen.sid, screen.number, screen.quote, patience)
            return turn.ask(PayWithCode(screen.money, screen.sid, code)).show(page)
        case CodeWasScanned(_, CodeRejected(fault)):
            return code_page(turn, screen, fault)
        case DeviceChanged() if turn.gone("scanner"):
            return leave(turn, screen, FaultCode.SCANNER_GONE)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Left() | WentBack():
            return leave(turn, screen)
        case Stayed():
            return code_page(turn.ask(StopScanning()), screen, screen.again)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def collecting(turn: Turn, screen: Collecting, event: Event) -> Turn:
    match event:
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.patience:
            return doubt_answer(turn, screen, FaultCode.PAYMENT_UNKNOWN)
        case _:
            return turn
