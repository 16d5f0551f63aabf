"""The card terminal as a way to collect: what its words mean for an order, and that nothing of a card comes along."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.engine.clock import SystemClock
from kiosk.engine.terminal import TerminalPayment
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.payment import Closed, Collected, PaidBack, Pending, Way
from kiosk.ports.payment_terminal import InProgress, PaidByCard, TerminalStep

ORDER, REFUND, SUM = "a" * 26, "a" * 26 + "r", Money(1000)
PAID = PaidByCard(ORDER, SUM, "unionpay", "T1", "4321")
COLLECTED = Collected(ORDER, SUM, "unionpay", "T1")
WAITING = InProgress(TerminalStep.PRESENT_CARD)
GONE = NotSent(FaultCode.PAYMENT_TERMINAL_GONE)
LOST = Unknown(FaultCode.PAYMENT_UNKNOWN, "garbled")


@dataclass
class ScriptedTerminal:
    """Answers what it is told to; `opened` counts."""

    answer: Any
    opened: int = 0
    heard: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])

    def open(self) -> None:
        self.opened += 1

    def close(self) -> None: ...

    def status(self) -> Health:
        return Health(DeviceState.ONLINE)

    def _say(self, *asked: object) -> Any:
        self.heard.append(asked)
        return self.answer

    def collect(self, order: str, amount: Money, deadline: Monotonic, cancel: Cancel) -> Any:
        del deadline, cancel
        return self._say("collect", order, amount)

    def query(self, order: str, deadline: Monotonic, cancel: Cancel) -> Any:
        del deadline, cancel
        return self._say("query", order)

    def abort(self, order: str, deadline: Monotonic, cancel: Cancel) -> Any:
        del deadline, cancel
        return self._say("abort", order)

    def refund(self, order: str, refund_order: str, amount: Money, deadline: Monotonic, cancel: Cancel) -> Any:
        del deadline, cancel
        return self._say("refund", order, refund_order, amount)


def way(answer: object) -> tuple[TerminalPayment, ScriptedTerminal]:
    terminal = ScriptedTerminal(answer)
    return TerminalPayment(terminal, SystemClock(), 180.0), terminal


def test_it_says_that_somebody_acts_at_a_terminal() -> None:
    port, _ = way(WAITING)
    assert (port.way, port.patience) == (Way.TERMINAL, 180.0)


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (WAITING, Pending()),
        (InProgress(TerminalStep.ASKING_BANK), Pending()),
        (PAID, COLLECTED),
        (Refused(FaultCode.PAYMENT_REFUSED), Refused(FaultCode.PAYMENT_REFUSED)),
        (GONE, GONE),
        (LOST, LOST),
    ],
)
def test_an_order_is_open_paid_or_not(answer: object, meant: object) -> None:
    port, terminal = way(answer)
    assert port.collect(ORDER, SUM, None, "B1") == meant
    assert port.query(ORDER) == meant
    assert terminal.heard == [("collect", ORDER, SUM), ("query", ORDER)]


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (Closed(), Closed()),
        (Refused(FaultCode.PAYMENT_NOT_MADE), Closed()),
        (PAID, COLLECTED),
        (InProgress(TerminalStep.ASKING_BANK), Unknown(FaultCode.PAYMENT_UNKNOWN, "the bank is asked")),
        (GONE, GONE),
        (LOST, LOST),
    ],
)
def test_only_what_can_never_be_paid_any_more_is_closed(answer: object, meant: object) -> None:
    port, terminal = way(answer)
    assert port.close(ORDER) == meant
    assert terminal.heard == [("abort", ORDER)]


@pytest.mark.parametrize("answer", [PaidBack(), Pending(), Refused(FaultCode.STAFF_MUST_RESOLVE), GONE, LOST])
def test_a_refund_is_what_the_terminal_says(answer: object) -> None:
    port, terminal = way(answer)
    assert port.refund(ORDER, REFUND, SUM) == answer
    assert terminal.heard == [("refund", ORDER, REFUND, SUM)]


def test_recovery_may_come_before_the_devices_thread() -> None:
    port, terminal = way(WAITING)
    port.query(ORDER)
    port.query(ORDER)
    assert terminal.opened == 1


def test_nothing_of_the_card_is_passed_on() -> None:
    port, _ = way(PAID)
    assert "4321" not in repr(port.collect(ORDER, SUM, None, "B1"))
