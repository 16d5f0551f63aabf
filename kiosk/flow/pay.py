"""One bill from "what is unpaid" to "where to go": the patient's side of a settlement.

The money's side is the saga's; this flow asks it to open, accept, decline or pay, and follows its reports.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.domain.insured import Insurance, Person
from kiosk.domain.money import Money
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow import session
from kiosk.flow.effects import (
    AcceptQuote,
    FindBills,
    OpenSettlement,
    PayWithCode,
    PrintPendingSlip,
    PrintReceipt,
    PrintStatement,
    ScanCode,
    StopScanning,
)
from kiosk.flow.events import (
    BillChosen,
    BillsWereSought,
    CodeWasScanned,
    Continued,
    Event,
    InsuranceChosen,
    Left,
    MoneyReported,
    SlipWasPrinted,
    StatementWasPrinted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.states import (
    AwaitingCode,
    Bill,
    Cancelling,
    ChoosingBill,
    ChoosingInsurance,
    Collecting,
    Confirming,
    Explaining,
    Failed,
    FindingBills,
    NextSteps,
    Quoting,
    Settling,
    StillAsking,
)
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills
from kiosk.ports.page_printer import PagePrinted
from kiosk.ports.scanner import CodeRejected, CodeScanned
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


def begin(turn: session.Turn, person: Person) -> session.Turn:
    turn, ticket = turn.draw()
    return turn.ask(FindBills(ticket, person)).show(FindingBills(ticket, person))


def finding_bills(turn: session.Turn, screen: FindingBills, event: Event) -> session.Turn:
    if not isinstance(event, BillsWereSought):
        return turn
    match event.answer:
        case Bills(()):
            return session.fail(turn, FaultCode.NO_BILL)
        case Bills(batches):
            return _choose_bill(turn, screen.person, batches)
        case Refused(fault, reason):
            return session.fail(turn, fault, reason=reason)
        case NotSent(fault) | Unknown(fault):
            return session.fail(turn, fault, can_retry=True)
        case _ as never:
            assert_never(never)


def _choose_bill(turn: session.Turn, person: Person, batches: tuple[FeeBatch, ...]) -> session.Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(ChoosingBill(ticket, person, batches))


def choosing_bill(turn: session.Turn, screen: ChoosingBill, event: Event) -> session.Turn:
    match event:
        case BillChosen(batch_no):
            chosen = [batch for batch in screen.batches if batch.batch_no == batch_no]
            return _choose_insurance(turn, screen, chosen[0]) if chosen else turn
        case Woke():
            return session.doubt(turn, screen)
        case Left() | WentBack():
            return session.part(turn)
        case Stayed():
            return _choose_bill(turn, screen.person, screen.batches)
        case _:
            return turn


def _choose_insurance(turn: session.Turn, screen: ChoosingBill, batch: FeeBatch) -> session.Turn:
    """The hospital may have fixed the insurance; one that can settle needs no question."""
    rows = _usable(screen.person, batch)
    if not rows:
        return session.fail(turn, FaultCode.INSURANCE_STOPPED)
    if len(rows) > 1:
        turn, ticket = turn.wake(turn.state.rules.read_page)
        return turn.show(ChoosingInsurance(ticket, screen.person, batch, rows))
    return _open(turn, Bill(screen.person, rows[0], batch, len(screen.batches) - 1))


def _usable(person: Person, batch: FeeBatch) -> tuple[Insurance, ...]:
    rows = person.settling(batch.begun.date())
    return tuple(row for row in rows if batch.insutype in {None, row.insutype})


def choosing_insurance(turn: session.Turn, screen: ChoosingInsurance, event: Event) -> session.Turn:
    match event:
        case InsuranceChosen(insutype):
            chosen = [row for row in screen.rows if row.insutype == insutype]
            return _open(turn, Bill(screen.person, chosen[0], screen.batch)) if chosen else turn
        case Woke():
            return session.doubt(turn, screen)
        case WentBack():
            return begin(turn, screen.person)
        case Left():
            return session.part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def _open(turn: session.Turn, bill: Bill) -> session.Turn:
    turn, ticket = turn.draw()
    return turn.ask(OpenSettlement(ticket, bill)).show(Quoting(ticket, bill))


def quoting(turn: session.Turn, screen: Quoting, event: Event) -> session.Turn:
    if not isinstance(event, MoneyReported):
        return turn
    match event.report:
        case QuoteReady(sid, number, quote):
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(Explaining(ticket, screen.ticket, screen.bill, sid, number, quote))
        case Undone(_, number, fault, reason):
            return session.fail(turn, fault or FaultCode.QUOTE_REFUSED, number=number, reason=reason, can_retry=True)
        case Stuck(_, number, fault):
            return session.fail(turn, fault, number=number)
        case _:
            return turn


def explaining(turn: session.Turn, screen: Explaining, event: Event) -> session.Turn:
    match event:
        case Continued():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            sid, number, quote = screen.sid, screen.number, screen.quote
            return turn.show(Confirming(ticket, screen.money, screen.bill, sid, number, quote))
        case Left() | WentBack():
            return session.leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return session.doubt(turn, screen)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case MoneyReported(_, report):
            return _follow(turn, screen, report)
        case _:
            return turn


def confirming(turn: session.Turn, screen: Confirming, event: Event) -> session.Turn:
    match event:
        case Continued():
            return _accept(turn, screen)
        case WentBack():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            sid, number, quote = screen.sid, screen.number, screen.quote
            return turn.show(Explaining(ticket, screen.money, screen.bill, sid, number, quote))
        case Left():
            return session.leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return session.doubt(turn, screen)
        case MoneyReported(_, report):
            return _follow(turn, screen, report)
        case _:
            return turn


def _accept(turn: session.Turn, screen: Confirming) -> session.Turn:
    own_part = screen.quote.amounts.psn_cash_pay
    turn, money = turn.draw()
    turn = turn.ask(AcceptQuote(money, screen.sid))
    if not own_part:
        return turn.show(Settling(money, screen.bill, screen.sid, screen.number, own_part))
    page = AwaitingCode(money, money, money, screen.bill, screen.sid, screen.number, screen.quote)
    return show_code_page(turn, page, None)


def show_code_page(turn: session.Turn, screen: AwaitingCode | Collecting, again: FaultCode | None) -> session.Turn:
    """Light on, and patience anew; `again` says why the last code did not do."""
    seconds = turn.state.rules.show_code
    turn, ticket = turn.wake(seconds)
    turn, scan = turn.draw()
    page = AwaitingCode(ticket, scan, screen.money, screen.bill, screen.sid, screen.number, screen.quote, again)
    return turn.ask(ScanCode(scan, seconds)).show(page)


def awaiting_code(turn: session.Turn, screen: AwaitingCode, event: Event) -> session.Turn:
    match event:
        case CodeWasScanned(_, CodeScanned(code)):
            page = Collecting(screen.money, screen.bill, screen.sid, screen.number, screen.quote)
            return turn.ask(PayWithCode(screen.money, screen.sid, code)).show(page)
        case CodeWasScanned(_, CodeRejected(fault)):
            return show_code_page(turn, screen, fault)
        case Woke(ticket) if ticket == screen.ticket:
            return session.doubt(turn, screen)
        case Left() | WentBack():
            return session.leave(turn, screen)
        case Stayed():
            return show_code_page(turn.ask(StopScanning()), screen, screen.again)
        case MoneyReported(_, report):
            return _follow(turn, screen, report)
        case _:
            return turn


def collecting(turn: session.Turn, screen: Collecting, event: Event) -> session.Turn:
    match event:
        case MoneyReported(_, AwaitingPayment(_, again)):
            return show_code_page(turn, screen, again)
        case MoneyReported(_, report):
            return _follow(turn, screen, report)
        case _:
            return turn


def settling(turn: session.Turn, screen: Settling, event: Event) -> session.Turn:
    return _follow(turn, screen, event.report) if isinstance(event, MoneyReported) else turn


def still_asking(turn: session.Turn, screen: StillAsking, event: Event) -> session.Turn:
    match event:
        case MoneyReported(_, report):
            return _follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.ticket:
            return _hand_slip(turn, screen.bill, screen.sid, screen.number, screen.fault)
        case Left() | Continued():
            return _hand_slip(turn, screen.bill, screen.sid, screen.number, screen.fault)
        case _:
            return turn


def _follow(turn: session.Turn, screen: UnderWay, report: Report) -> session.Turn:
    """Where a report takes a patient whose settlement is open."""
    bill, sid, number = screen.bill, screen.sid, screen.number
    match report:
        case QuoteReady() | AwaitingPayment() | Paying():
            return turn
        case SettlingNow():
            money = screen.money
            return turn.ask(StopScanning()).show(Settling(money, bill, sid, number, _own_part(screen)))
        case Seeking(_, _, fault):
            return _still_asking(turn, screen, fault)
        case Completed():
            return _complete(turn, bill, report)
        case Undone(_, _, fault, reason, returned):
            turn = session.fail(
                turn.ask(StopScanning()), fault or FaultCode.PAYMENT_NOT_MADE, number=number, reason=reason
            )
            shown = turn.state.screen
            return turn.show(replace(shown, amount=returned)) if isinstance(shown, Failed) else turn
        case Stuck(_, _, fault):
            return _hand_slip(turn, bill, sid, number, fault)
        case _ as never:
            assert_never(never)


def _own_part(screen: UnderWay) -> Money:
    if isinstance(screen, Settling | StillAsking):
        return screen.own_part
    return screen.quote.amounts.psn_cash_pay


def _still_asking(turn: session.Turn, screen: UnderWay, fault: FaultCode) -> session.Turn:
    if isinstance(screen, StillAsking):
        return turn.show(replace(screen, fault=fault))
    turn, ticket = turn.wake(turn.state.rules.patient_waits)
    page = StillAsking(ticket, screen.money, screen.bill, screen.sid, screen.number, _own_part(screen), fault)
    return turn.ask(StopScanning()).show(page)


def _hand_slip(turn: session.Turn, bill: Bill, sid: str, number: str, fault: FaultCode) -> session.Turn:
    """The patient leaves before the answer: number and words on paper, the saga goes on without them."""
    turn = session.fail(turn, fault, number=number)
    turn, slip = turn.draw()
    shown = turn.state.screen
    turn = turn.ask(PrintPendingSlip(slip, bill, sid, number, fault))
    return turn.show(replace(shown, slip=slip)) if isinstance(shown, Failed) else turn


def _complete(turn: session.Turn, bill: Bill, done: Completed) -> session.Turn:
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


def next_steps(turn: session.Turn, screen: NextSteps, event: Event) -> session.Turn:
    match event:
        case SlipWasPrinted(_, result):
            return turn.show(replace(screen, paper=replace(screen.paper, receipt=result)))
        case StatementWasPrinted(_, result):
            printed = isinstance(result, PagePrinted)
            return turn.show(replace(screen, paper=replace(screen.paper, statement=printed)))
        case Woke(ticket) if ticket == screen.ticket:
            return session.part(turn)
        case Left():
            return session.part(turn)
        case Continued() if screen.bill.others:
            return begin(turn, screen.bill.person)
        case Continued():
            return session.part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.next_steps_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def cancelling(turn: session.Turn, screen: Cancelling, event: Event) -> session.Turn:
    if not isinstance(event, MoneyReported):
        return turn
    match event.report:
        case Undone(_, number, fault, reason) if fault is not None:
            return session.fail(turn, fault, number=number, reason=reason)
        case Undone():
            return session.part(turn)
        case Stuck(_, number, fault):
            return session.fail(turn, fault, number=number)
        case _:
            return turn
