"""A disk that fills in the middle of a leg: what each kind of bill says then, and that its money is not lost."""

from __future__ import annotations

import pytest

from kiosk.domain.money import Money, total
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import Abandon
from kiosk.saga.entry import Course
from kiosk.saga.report import Completed, Seeking, Undone
from tests.kiosk.engine.counter import Counter
from tests.support.fakes import World
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import BATCH, BEGUN, DEPOSIT, REST, TAKEN_BACK, bill

ENOUGH = 10_000


def at(batch: FeeBatch) -> Counter:
    return Counter(World(batches=(batch,))).open(bills=(bill(batch),)).accept()


@pytest.mark.parametrize(
    ("batch", "fault", "collected"),
    [
        (BATCH, FaultCode.SETTLEMENT_UNKNOWN, Money(1000)),
        (DEPOSIT, FaultCode.DEPOSIT_UNKNOWN, DEPOSIT.total),
        (BEGUN, FaultCode.BOOKING_UNKNOWN, Money(1000)),
    ],
    ids=["bill", "deposit", "begun on a phone"],
)
def test_what_was_paid_and_cannot_go_on_is_called_by_its_name_and_goes_back(
    batch: FeeBatch, fault: FaultCode, collected: Money
) -> None:
    """The payment is noted, and there is no room for the next intent."""
    counter = at(batch)
    counter.book.full = range(counter.book.writes + 3, counter.book.writes + ENOUGH)
    counter.pay()
    assert counter.world.ledger.collected() == collected
    assert counter.last(Seeking).fault is fault
    counter.serve(Abandon((counter.sid,)))
    counter.book.full = range(0)
    counter.let_pass(60)
    assert counter.world.ledger.refunded() == collected
    assert not {"settle", "book", "deposit"} & set(counter.world.calls())


@pytest.mark.parametrize("room", range(12))
@pytest.mark.parametrize("batch", [TAKEN_BACK, REST], ids=["whole", "a part"])
def test_a_refund_that_finds_no_room_is_made_once_or_not_at_all(batch: FeeBatch, room: int) -> None:
    counter = Counter(World(batches=(batch,))).open(bills=(bill(batch),))
    counter.book.full = range(counter.book.writes + room, counter.book.writes + ENOUGH)
    counter.accept().let_pass(60)
    begun = counter.entry.undoing_paid
    counter.book.full = range(0)
    counter.let_pass(120)
    back = sorted(amount.fen for _, amount in counter.world.ledger.returned.values())
    if not begun:
        assert back == []
        assert "cancel" not in counter.world.calls()
    else:
        assert counter.world.calls().count("cancel") == 1
        assert len(back) == len(set(counter.world.ledger.returned))
        assert counter.entry.returns_over
        assert counter.entry.course in {Course.FORWARD, Course.CLOSED}
        assert isinstance(counter.reports[-1], Completed)


@pytest.mark.parametrize(("lost", "settled"), [(1, True), (2, True), (3, False)])
def test_a_quote_that_is_lost_once_or_twice_does_not_make_the_rest_owed_again(lost: int, *, settled: bool) -> None:
    """Of a bill that is out of the books already, whose patient would come for one prescription twice."""
    trouble = [Misfortune("quote", Trouble.LOST_REPLY, nth) for nth in range(1, lost + 1)]
    counter = Counter(World(trouble, batches=(REST,))).open(bills=(bill(REST),)).accept().let_pass(200)
    assert isinstance(counter.reports[-1], Completed if settled else Undone)
    paid, back = total(one.amount for one in REST.prepaid), counter.world.ledger.returned.values()
    assert (total(amount for _, amount in back) < paid) is settled
