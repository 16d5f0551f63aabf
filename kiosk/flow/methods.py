"""Ways of paying: which there are now, and the page of each."""

from __future__ import annotations

from typing import assert_never

from kiosk.faults import FaultCode
from kiosk.flow.effects import PayByMethod, ScanCode, StopScanning
from kiosk.flow.offer import to_phone
from kiosk.flow.phone_states import HandingToPhone
from kiosk.flow.rules import PayMethod
from kiosk.flow.states import (
    AtTerminal,
    AwaitingCode,
    Cancelling,
    ChoosingMethod,
    Collecting,
    Settling,
    ShowingCode,
    StillAsking,
)
from kiosk.flow.turn import Held, Turn
from kiosk.ports.payment import Way

UnderWay = Held | Collecting | HandingToPhone | Settling | StillAsking | Cancelling
"""The states in which a settlement is open."""


def usable(turn: Turn) -> tuple[PayMethod, ...]:
    """The site's ways of paying that work now, in its order."""
    return tuple(method for method in turn.state.rules.methods if turn.lacks(method.way) is None)


def begin_paying(turn: Turn, screen: UnderWay) -> Turn:
    """The site's first way at once: most people use it, and each page leads to the others."""
    methods = usable(turn)
    return pay_by(turn, screen, methods[0]) if methods else choose_method(turn, screen)


def pay_by(turn: Turn, screen: UnderWay, method: PayMethod) -> Turn:
    match method.way:
        case Way.SCANNED:
            return code_page(turn, screen, method=method.name)
        case Way.SHOWN:
            return _act_elsewhere(turn, screen, method, ShowingCode)
        case Way.TERMINAL:
            return _act_elsewhere(turn, screen, method, AtTerminal)
        case _ as never:
            assert_never(never)


def _act_elsewhere(turn: Turn, screen: UnderWay, method: PayMethod, page: type[ShowingCode | AtTerminal]) -> Turn:
    turn, money = turn.draw()  # of its own: what is still said about the page before must not be heard here
    turn, patience = turn.wake(method.seconds + turn.state.rules.machine_answers)
    sids = tuple(one.sid for one in screen.offer.payable)
    turn = turn.ask(PayByMethod(money, sids, method.name))
    others = to_phone(screen.offer) or len(usable(turn)) > 1
    return turn.show(page(money, screen.offer, method, patience, others=others))


def choose_method(turn: Turn, screen: UnderWay, again: FaultCode | None = None) -> Turn:
    """All ways, also when there is one: a way that did not do is not begun again behind the patient's back."""
    turn, ticket = turn.wake(turn.state.rules.read_page)
    page = ChoosingMethod(ticket, screen.money, screen.offer, usable(turn), again, to_phone(screen.offer))
    return turn.ask(StopScanning()).show(page)


def pay_again(turn: Turn, screen: UnderWay, again: FaultCode | None) -> Turn:
    """A payment came to nothing: another code for the same scanner, or all ways to choose among."""
    scanned = [method.name for method in usable(turn) if method.way is Way.SCANNED]
    method = screen.method if isinstance(screen, Collecting) and not screen.stopped else ""
    if scanned and (method in scanned or len(usable(turn)) == 1):
        return code_page(turn, screen, again, method=method or scanned[0])
    stopped = isinstance(screen, Collecting) and screen.stopped
    return choose_method(turn, screen, None if stopped else again)


def code_page(turn: Turn, screen: UnderWay, again: FaultCode | None = None, *, method: str) -> Turn:
    """Light on, and patience anew; `again` says why the last code did not do."""
    seconds = turn.state.rules.show_code
    turn, ticket = turn.wake(seconds)
    turn, scan = turn.draw()
    others = to_phone(screen.offer) or any(other.name != method for other in usable(turn))
    page = AwaitingCode(ticket, scan, screen.money, screen.offer, again, method, others)
    return turn.ask(ScanCode(scan, seconds)).show(page)
