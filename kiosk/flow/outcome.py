"""Where the reports of a settlement take its patient: settled, undone, unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.faults import CATALOGUE, FaultCode, MoneyAt
from kiosk.flow import bills
from kiosk.flow.effects import Abandon, PrintPendingSlip, PrintReceipt, PrintStatement, ScanCode, StopScanning
from kiosk.flow.events import Continued, Event, Left, MoneyReported, SlipWasPrinted, StatementWasPrinted, Stayed, Woke
from kiosk.flow.states import (
    AwaitingCode,
    Bill,
    Cancelling,
    Collecting,
    Confirming,
    Explaining,
    Failed,
    NextSteps,
    Settling,
    StillAsking,
)
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn, fail, part
from kiosk.ports.page_printer import PagePrinted
from kiosk.saga.report import (
    AwaitingPayment,
    Completed,
    Paying,
    QuoteReady,
    Report,
    Seeking,
    SettlingNow,
    Stuck,
    Undone,
)

UnderWay = Explaining | Confirming | AwaitingCode | Collecting | Settling | StillAsking
"""The states in which a settlement is open."""


def settling(turn: Turn, screen: Settling, event: Event) -> Turn:
    match event:
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.patience:
            return doubt_answer(turn, screen, FaultCode.SETTLEMENT_UNKNOWN)
        case _:
            return turn


def still_asking(turn: Turn, screen: StillAsking, event: Event) -> Turn:
    match event:
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.ticket:
            return _hand_slip(turn, screen, screen.fault)
        case Left() | Continued():
            return _hand_slip(turn, screen, screen.fault)
        case _:
            return turn


def follow(turn: Turn, screen: UnderWay, report: Report) -> Turn:
    """Where a report takes a patient whose settlement is open."""
    match report:
        case AwaitingPayment(_, again) if isinstance(screen, Collecting | StillAsking):
            return code_page(turn, screen, again)
        case QuoteReady() | AwaitingPayment() | Paying():
            return turn
        case SettlingNow():
            return turn if isinstance(screen, Settling) else settling_page(turn, screen)
        case Seeking(_, _, fault):
            return doubt_answer(turn, screen, fault)
        case Completed():
            return _complete(turn, screen.bill, report)
        case Undone():
            return _undone(turn, screen, report)
        case Stuck(_, _, fault):
            return _hand_slip(turn, screen, fault)
        case _ as never:
            assert_never(never)


def code_page(turn: Turn, screen: UnderWay, again: FaultCode | None = None) -> Turn:
    """Light on, and patience anew; `again` says why the last code did not do."""
    seconds = turn.state.rules.show_code
    turn, ticket = turn.wake(seconds)
    turn, scan = turn.draw()
    page = AwaitingCode(ticket, scan, screen.money, screen.bill, screen.sid, screen.number, screen.quote, again)
    return turn.ask(ScanCode(scan, seconds)).show(page)


def settling_page(turn: Turn, screen: UnderWay) -> Turn:
    turn, patience = turn.patience()
    page = Settling(screen.money, screen.bill, screen.sid, screen.number, screen.quote, patience)
    return turn.ask(StopScanning()).show(page)


def doubt_answer(turn: Turn, screen: UnderWay, fault: FaultCode) -> Turn:
    """An answer is missing; the patient is asked to stand by, once."""
    if isinstance(screen, StillAsking):
        return turn.show(replace(screen, fault=fault))
    turn, ticket = turn.wake(turn.state.rules.patient_waits)
    page = StillAsking(ticket, screen.money, screen.bill, screen.sid, screen.number, screen.quote, fault)
    return turn.ask(StopScanning()).show(page)


def _undone(turn: Turn, screen: UnderWay, undone: Undone) -> Turn:
    turn = turn.ask(StopScanning())
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    fault = undone.fault or FaultCode.PAYMENT_NOT_MADE
    if undone.returned is None and CATALOGUE[fault].money is MoneyAt.HELD:
        fault = FaultCode.SETTLEMENT_UNDONE  # no longer in doubt, and nothing was collected that could be held
    return turn.show(Failed(ticket, fault, screen.number, undone.reason, undone.returned))


def _hand_slip(turn: Turn, screen: UnderWay, fault: FaultCode) -> Turn:
    """The patient leaves before the answer: number and words on paper, and nothing new is begun behind their back."""
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    turn, slip = turn.draw()
    sid, number = screen.sid, screen.number
    turn = turn.ask(StopScanning(), Abandon(sid), PrintPendingSlip(slip, screen.bill, sid, number, fault))
    return turn.show(Failed(ticket, fault, number, slip=slip))


def _complete(turn: Turn, bill: Bill, done: Completed) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, receipt = turn.draw()
    statement: Ticket | None = None
    if turn.state.rules.statement:
        turn, statement = turn.draw()
    page = NextSteps(
        ticket, receipt, statement, bill, done.sid, done.number, done.settlement, done.payment, done.booking
    )
    turn = turn.ask(StopScanning(), PrintReceipt(receipt, page))
    if statement is not None:
        turn = turn.ask(PrintStatement(statement, page))
    return turn.show(page)


def next_steps(turn: Turn, screen: NextSteps, event: Event) -> Turn:
    match event:
        case SlipWasPrinted(_, result):
            return turn.show(replace(screen, paper=replace(screen.paper, receipt=result)))
        case StatementWasPrinted(_, result):
            printed = isinstance(result, PagePrinted)
            return turn.show(replace(screen, paper=replace(screen.paper, statement=printed)))
        case Woke(ticket) if ticket == screen.ticket:
            return part(turn)
        case Left():
            return part(turn)
        case Continued() if screen.bill.others:
            return bills.begin(turn, screen.bill.person)
        case Continued():
            return part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.next_steps_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def cancelling(turn: Turn, screen: Cancelling, event: Event) -> Turn:
    match event:
        case MoneyReported(_, Undone(_, number, fault, reason)):
            return _leave_cancelled(turn, fault or screen.fault, number, reason)
        case MoneyReported(_, Stuck(_, number, fault)):
            return fail(turn, fault, number=number)
        case Woke(ticket) if ticket == screen.patience:
            return _leave_cancelled(turn, screen.fault)
        case _:
            return turn


def _leave_cancelled(turn: Turn, fault: FaultCode | None, number: str | None = None, reason: str = "") -> Turn:
    """Nothing was collected, so nobody needs to wait until the bill is free again."""
    return part(turn) if fault is None else fail(turn, fault, number=number, reason=reason)
