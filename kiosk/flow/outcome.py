"""Where the reports of settlements take their patient: settled, undone, unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.domain.stay import Back
from kiosk.faults import CATALOGUE, FaultCode, MoneyAt
from kiosk.flow import agent, bills, official, phone_watch
from kiosk.flow.effects import (
    Abandon,
    PrintClaimSlip,
    PrintPendingSlip,
    PrintReceipt,
    PrintStatement,
    PrintWindowSlip,
    StopScanning,
)
from kiosk.flow.events import (
    Continued,
    DeviceChanged,
    Event,
    Left,
    MoneyReported,
    SlipWasPrinted,
    StatementWasPrinted,
    Stayed,
    Woke,
)
from kiosk.flow.insurer_states import InsurerConsent, InsurerRefused
from kiosk.flow.methods import UnderWay, choose_method, code_page, pay_again
from kiosk.flow.offer import Bill, Offer
from kiosk.flow.phone_effects import PrintPhoneSlip
from kiosk.flow.phone_states import AtPhone, HandingToPhone
from kiosk.flow.sheets import OfficialWasPrinted
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCode,
    Cancelling,
    ChoosingMethod,
    Collecting,
    Confirming,
    Explaining,
    Failed,
    NextSteps,
    Paid,
    Settling,
    ShowingCode,
    StillAsking,
)
from kiosk.flow.stay_states import DepositOffered
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn, doubt, fail, part, part_with_paper, wait_anew
from kiosk.ports.page_printer import PagePrinted
from kiosk.ports.receipt_printer import SlipNotPrinted
from kiosk.saga.report import (
    AwaitingPayment,
    Completed,
    OnPhone,
    Paying,
    QuoteReady,
    Report,
    Seeking,
    SettledBill,
    SettlingNow,
    Stuck,
    Undone,
)


def undecided(turn: Turn, screen: Explaining | Confirming | DepositOffered | InsurerConsent, event: Event) -> Turn:
    """What every page does on which the bills are held and the patient has not said yet: somebody has to, in time."""
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case _:
            return turn


def awaiting(
    turn: Turn,
    screen: ShowingCode | AtTerminal | Collecting | HandingToPhone | Settling,
    event: Event,
    missing: FaultCode,
) -> Turn:
    """What was begun here others end: their word is followed, and `missing` is the fault when none comes in time."""
    match event:
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.patience:
            return doubt_answer(turn, screen, missing)
        case _:
            return turn


def settling(turn: Turn, screen: Settling, event: Event) -> Turn:
    return awaiting(turn, screen, event, FaultCode.SETTLEMENT_UNKNOWN)


def still_asking(turn: Turn, screen: StillAsking, event: Event) -> Turn:
    match event:
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.ticket:
            return _leave_in_doubt(turn, screen)
        case Left() | Continued():
            return _leave_in_doubt(turn, screen)
        case _:
            return turn


def follow(turn: Turn, screen: UnderWay, report: Report) -> Turn:
    """Where a report takes a patient whose settlements are open."""
    match report:
        case QuoteReady(_, undone):
            return _explain_anew(turn, screen, undone)
        case AwaitingPayment():
            return _await_payment(turn, screen, report)
        case Paying():
            return _pay_on(turn, screen, report)
        case SettlingNow(_, settled):
            screen = replace(screen, offer=replace(screen.offer, settled=settled))
            return turn.show(screen) if isinstance(screen, Settling) else settling_page(turn, screen)
        case Seeking(sid, _, fault, _, settled):
            screen = replace(screen, offer=replace(screen.offer, settled=settled))
            return doubt_answer(turn, screen, fault, sid)
        case Completed():
            return _complete(turn, screen.offer, report)
        case OnPhone():
            return _to_phone(turn, screen.offer, report)
        case Undone():
            return _undone(turn, screen.offer, report)
        case Stuck():
            return _hand_slip(turn, screen.offer, report)
        case _ as never:
            assert_never(never)


def _pay_on(turn: Turn, screen: UnderWay, report: Paying) -> Turn:
    if isinstance(screen, AtTerminal | Collecting):
        return turn.show(replace(screen, offer=replace(screen.offer, settled=report.settled)))
    if isinstance(screen, ShowingCode):
        offer = replace(screen.offer, settled=report.settled)
        return turn.show(replace(screen, offer=offer, code=report.show or screen.code))
    return turn


def _explain_anew(turn: Turn, screen: UnderWay, undone: tuple[Undone, ...]) -> Turn:
    """A bill was lost while its patient read: what is left is another sum."""
    left = _without(screen.offer, undone)
    if not isinstance(screen, Explaining | Confirming) or left.bills == screen.offer.bills or not left.bills:
        return turn
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Explaining(ticket, screen.money, left))


def _await_payment(turn: Turn, screen: UnderWay, report: AwaitingPayment) -> Turn:
    """A page to pay on, for exactly those bills that a payment would be for: its sum is the one that is collected."""
    offer = replace(_without(screen.offer, report.undone), settled=report.settled, wanted=report.wanted)
    if isinstance(screen, ShowingCode | AtTerminal | Collecting | StillAsking):
        return pay_again(turn, replace(screen, offer=offer), report.again)
    if isinstance(screen, AwaitingCode) and offer != screen.offer:
        page = replace(screen, offer=offer)
        return code_page(turn.ask(StopScanning()), page, screen.again, method=screen.method)
    if isinstance(screen, ChoosingMethod) and offer != screen.offer:
        return choose_method(turn, replace(screen, offer=offer), screen.again)
    return turn


def _without(offer: Offer, undone: tuple[Undone, ...]) -> Offer:
    """What came to nothing stands among the `unquoted`."""
    lost = {one.sid for one in undone}
    bills = tuple(one for one in offer.bills if one.sid not in lost)
    return replace(offer, bills=bills, unquoted=_once(offer.unquoted, undone))


def _once(before: tuple[Undone, ...], now: tuple[Undone, ...]) -> tuple[Undone, ...]:
    """Both, the newer word where they speak of the same settlement."""
    newer = {one.sid for one in now}
    return (*(one for one in before if one.sid not in newer), *now)


def settling_page(turn: Turn, screen: UnderWay) -> Turn:
    turn, patience = turn.patience()
    return turn.ask(StopScanning()).show(Settling(screen.money, screen.offer, patience))


def doubt_answer(turn: Turn, screen: UnderWay, fault: FaultCode, sid: str = "") -> Turn:
    """An answer is missing; the patient is asked to stand by, once."""
    sid = sid or next((one.sid for one in screen.offer.unsettled), screen.offer.bills[0].sid)
    if isinstance(screen, StillAsking):
        return turn.show(replace(screen, sid=sid, fault=fault))
    turn, ticket = turn.wake(turn.state.rules.patient_waits)
    page = StillAsking(ticket, screen.money, screen.offer, sid, fault)
    return turn.ask(StopScanning()).show(page)


def _undone(turn: Turn, offer: Offer, undone: Undone) -> Turn:
    if any(one.back is Back.WINDOW for one in undone.returns):  # its channel did not take all of it back
        return _hand_slip(turn, offer, Stuck(undone.sid, undone.number, FaultCode.STAFF_MUST_RESOLVE))
    turn = turn.ask(StopScanning())
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    fault = undone.fault or FaultCode.PAYMENT_NOT_MADE
    if undone.returned is None and CATALOGUE[fault].money is MoneyAt.HELD:
        fault = FaultCode.SETTLEMENT_UNDONE  # no longer in doubt, and nothing was collected that could be held
    number = undone.number or offer.bills[0].number
    return turn.show(Failed(ticket, fault, number, undone.reason, undone.returned))


def _to_phone(turn: Turn, offer: Offer, report: OnPhone) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    bill, handed = offer.find(report.sid).bill, report.handed
    turn = turn.ask(StopScanning(), PrintPhoneSlip(slip, bill, report.sid, report.number, handed))
    others = len(offer.queue) + offer.others
    turn, watch = phone_watch.begin(turn, bill.person)
    return turn.show(AtPhone(ticket, bill, report.sid, report.number, handed, slip, others=others, watch=watch))


def _leave_in_doubt(turn: Turn, screen: StillAsking) -> Turn:
    """The patient leaves before the answer: nothing new is begun behind their back.

    What of the same payment is settled is theirs to take along; for the rest there is a slip.
    """
    offer = screen.offer
    open_bills = sorted(offer.unsettled, key=lambda one: one.sid != screen.sid)  # the page's number comes first
    doubtful = tuple(Stuck(one.sid, one.number, screen.fault, one.bill.batch.batch_no) for one in open_bills)
    turn = turn.ask(StopScanning(), Abandon(tuple(one.sid for one in doubtful)))
    if offer.settled:
        return next_page(turn, offer, Completed(offer.settled, stuck=doubtful))
    return _hand_slip(turn, offer, replace(doubtful[0], others=doubtful[1:]))


def _hand_slip(turn: Turn, offer: Offer, first: Stuck) -> Turn:
    """Number and words on paper, a slip for each bill nobody knows the end of."""
    turn, ticket = turn.wake(turn.state.rules.failure_page)
    turn, slips = _print_slips(turn, offer, (first, *first.others))
    turn = turn.ask(StopScanning())
    return turn.show(Failed(ticket, first.fault, first.number, slip=slips[-1]))


def _print_slips(turn: Turn, offer: Offer, doubtful: tuple[Stuck, ...]) -> tuple[Turn, tuple[Ticket, ...]]:
    slips: list[Ticket] = []
    for one in doubtful:
        turn, slip = turn.draw()
        quoted = offer.find(one.sid)
        own_part = quoted.cover.due
        turn = turn.ask(PrintPendingSlip(slip, quoted.bill, one.sid, one.number, own_part, one.fault))
        slips.append(slip)
    return turn, tuple(slips)


def _complete(turn: Turn, offer: Offer, done: Completed) -> Turn:
    """What an insurer did not pay after all, nor deposits for it, is its patient's to decide about before they go."""
    turn = turn.ask(StopScanning())
    if not any(one.refused for one in done.settled):
        return next_page(turn, offer, done)
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    return turn.show(InsurerRefused(ticket, offer, done))


def next_page(turn: Turn, offer: Offer, done: Completed, *, claims: bool = True) -> Turn:
    """Receipts first, in the order of the bills, then slips for what is in doubt, `claims` among it."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    paid: list[Paid] = []
    for one in done.settled:
        turn, bill = _print_paid(turn, offer.find(one.sid).bill, one)
        if claims and (one.refused or (bill.claim is not None and not bill.claim.ended)):
            turn, slip = turn.draw()
            turn = turn.ask(PrintClaimSlip(slip, bill))
        paid.append(bill)
    turn, slips = _print_slips(turn, offer, done.stuck)
    undone = _once(offer.unquoted, done.undone)
    page = NextSteps(ticket, tuple(paid), undone, done.stuck, slips, offer.queue, offer.others)
    return turn.show(page)


def _print_paid(turn: Turn, bill: Bill, one: SettledBill) -> tuple[Turn, Paid]:
    turn, receipt = turn.draw()
    turn, sheet = official.ask(turn, bill.person, bill.insurance, one.settlement, one.number)
    statement: Ticket | None = None
    if turn.state.rules.statement and one.settlement is not None and not official.stands_in(turn, sheet):
        turn, statement = turn.draw()
    told = agent.unnamed(turn, one.settlement, bill.person) if one.settlement else None
    paid = Paid(bill, one.sid, one.number, told, one.payment, one.booking, receipt, statement)
    paid = replace(paid, returns=one.returns, claim=one.claim, official=sheet, unbooked=one.unbooked)
    turn = turn.ask(PrintReceipt(receipt, paid))
    return (turn if statement is None else turn.ask(PrintStatement(statement, paid))), paid


def next_steps(turn: Turn, screen: NextSteps, event: Event) -> Turn:
    match event:
        case SlipWasPrinted() | StatementWasPrinted():
            return turn.show(_with_paper(screen, event))
        case OfficialWasPrinted():
            return official.printed(turn, screen, event)
        case DeviceChanged("receipt_printer", health) if health.usable:
            return _print_again(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Left():
            return part(turn)
        case Continued() if screen.queue:
            return bills.quote_next(turn, screen.queue, screen.others)
        case Continued() if screen.others:
            return bills.begin(turn, screen.person)
        case Continued():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn


def _with_paper(screen: NextSteps, event: SlipWasPrinted | StatementWasPrinted) -> NextSteps:
    def noted(one: Paid) -> Paid:
        match event:
            case SlipWasPrinted(ticket, result) if ticket == one.receipt:
                return replace(one, paper=replace(one.paper, receipt=result))
            case StatementWasPrinted(ticket, result) if ticket == one.statement:
                return replace(one, paper=replace(one.paper, statement=isinstance(result, PagePrinted)))
            case _:
                return one

    return replace(screen, paid=tuple(noted(one) for one in screen.paid))


def _print_again(turn: Turn, screen: NextSteps) -> Turn:
    """Whoever is still there gets the receipt that the printer owed when it stopped, once, without asking for it."""
    paid: list[Paid] = []
    for one in screen.paid:
        turn, bill = _printed_again(turn, one)
        paid.append(bill)
    return turn.show(replace(screen, paid=tuple(paid)))


def _printed_again(turn: Turn, one: Paid) -> tuple[Turn, Paid]:
    """Not one that may have come out already, and not a third time."""
    ended = one.paper.receipt
    if not isinstance(ended, SlipNotPrinted) or one.paper.stopped is not None:
        return turn, one
    turn, receipt = turn.draw()
    bill = replace(one, receipt=receipt, paper=replace(one.paper, receipt=None, stopped=ended))
    return turn.ask(PrintReceipt(receipt, bill)), bill


def cancelling(turn: Turn, screen: Cancelling, event: Event) -> Turn:
    match event:
        case MoneyReported(_, Undone(returned=None, number=number, fault=fault, reason=reason)):
            return _leave_cancelled(turn, screen, fault or screen.fault, number, reason)
        case MoneyReported(_, Completed() as done):
            return _leave_in_part(turn, screen, done)
        case MoneyReported(_, report):
            return follow(turn, screen, report)
        case Woke(ticket) if ticket == screen.patience:
            return _leave_cancelled(turn, screen, screen.fault)
        case _:
            return turn


def _leave_cancelled(
    turn: Turn, screen: Cancelling, fault: FaultCode | None, number: str | None = None, reason: str = ""
) -> Turn:
    """Nothing was collected, so nobody needs to wait until the bills are free again."""
    if fault is not None:
        return fail(turn, fault, number=number, reason=reason)
    return _send_to_window(turn, _bills_of(screen.offer)) if screen.window else part(turn)


def _leave_in_part(turn: Turn, screen: Cancelling, done: Completed) -> Turn:
    """The no came after one of them was settled: its receipt, and the window's slip for the others alone."""
    offer = screen.offer
    over = {one.sid for one in done.settled} | {one.sid for one in done.stuck}
    unpaid = _bills_of(replace(offer, bills=tuple(one for one in offer.bills if one.sid not in over)))
    if screen.window and unpaid:
        turn, slip = turn.draw()
        turn = turn.ask(PrintWindowSlip(slip, unpaid))
    return _complete(turn, replace(offer, queue=(), others=0), done)


def _bills_of(offer: Offer) -> tuple[Bill, ...]:
    return (*(one.bill for one in offer.bills), *offer.queue)


def _send_to_window(turn: Turn, unpaid: tuple[Bill, ...]) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    return turn.ask(PrintWindowSlip(slip, unpaid)).show(AtWindow(ticket, unpaid, slip))


def at_window(turn: Turn, screen: AtWindow, event: Event) -> Turn:
    match event:
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case Woke(ticket) if ticket == screen.ticket:
            return part_with_paper(turn, screen)
        case Continued() if screen.others:
            return bills.begin(turn, screen.bills[0].person)
        case Continued() | Left():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn
