"""What a patient with two bills is shown and handed agrees with what became of the money, whatever goes wrong."""

from __future__ import annotations

from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.flow.events import Left, WindowChosen
from kiosk.flow.states import AwaitingCode, Failed, NextSteps
from tests.kiosk.engine.visitor import ENDS, Visitor, visit
from tests.support.far_parties import Misfortune, Trouble

VISITS = 800


def test_two_bills_are_paid_together() -> None:
    there = Visitor().to_code().pay()
    assert isinstance(there.state.screen, NextSteps)
    assert (there.shown, there.ledger.collected()) == ([Money(2000)], Money(2000))
    assert there.papers() == {"receipt": ["B1", "B2"], "pending": [], "window": []}


def test_a_bill_that_is_lost_while_its_patient_reads_is_not_asked_for() -> None:
    there = Visitor([Misfortune("hold", Trouble.REFUSED, 4)])
    while len(there.offer.bills) == 2 and there.wait():
        pass
    there.to_code().pay()
    assert (there.shown, there.ledger.collected()) == ([Money(1000)], Money(1000))
    assert isinstance(there.state.screen, NextSteps)
    assert len(there.state.screen.undone) == 1


def test_a_no_that_comes_after_one_was_paid_gets_its_receipt_and_a_slip_for_the_other() -> None:
    late = [Misfortune("collect", Trouble.LATE, 1, 61.5), Misfortune("query", Trouble.PENDING, 0)]
    there = Visitor(late).to_code().pay()
    while not isinstance(there.state.screen, (AwaitingCode, *ENDS)) and there.wait():
        pass
    while there.offer.own_part == Money(2000) and there.wait():
        pass
    assert there.offer.own_part == Money(1000)
    there.send(WindowChosen())
    assert there.papers() == {"receipt": ["B2"], "pending": [], "window": ["B1"]}


def test_each_bill_that_staff_must_finish_has_its_slip() -> None:
    there = Visitor([Misfortune("settle", Trouble.LOST_REPLY, 0), Misfortune("reverse", Trouble.REFUSED, 0)])
    there.to_code().pay()
    while not isinstance(there.state.screen, ENDS) and there.wait():
        pass
    assert isinstance(there.state.screen, Failed)
    assert there.state.screen.fault is FaultCode.STAFF_MUST_RESOLVE
    assert sorted(there.papers()["pending"]) == ["B1", "B2"]


def test_a_full_disk_at_the_code_ends_both_before_anything_is_collected() -> None:
    there = Visitor()
    there.to_code()
    there.counter.book.full = range(there.counter.book.writes + 1, there.counter.book.writes + 2)
    there.pay()
    assert isinstance(there.state.screen, Failed)
    assert there.ledger.collected() == Money(0)
    there.send(Left())
    there.counter.let_pass(120)
    assert {entry.state_name() for entry in there.entries().values()} == {"Closed"}


def test_what_a_patient_is_told_is_true() -> None:
    """Any mishaps, any way out."""
    wrong = {seed: wrongs for seed in range(VISITS) if (wrongs := visit(seed).wrongs())}
    assert wrong == {}
