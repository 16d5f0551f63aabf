"""How often somebody silent is asked while a patient stands by, and what the patient hears then."""

from __future__ import annotations

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import AskInsurer
from kiosk.flow.phone_effects import TakeToPhone
from kiosk.saga.report import Completed, OnPhone, SettlingNow, Undone
from tests.kiosk.engine.counter import Counter
from tests.support.fakes import World
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import INSURED, PHONABLE, bill


def claimed(lost: int, trouble: Trouble = Trouble.LOST_REQUEST) -> Counter:
    """Until the booking, at the moment the insurer was asked for the first time."""
    silent = [Misfortune("claim", trouble, nth) for nth in range(1, lost + 1)]
    counter = Counter(World(silent, batches=(INSURED,))).open(bills=(bill(INSURED),))
    return counter.serve(AskInsurer(counter.ticket(), counter.sids, "1 zh words")).accept().pay()


def test_an_insurer_that_is_silent_once_is_asked_again_before_its_patient_leaves() -> None:
    counter = claimed(1)
    counter.last(SettlingNow)
    [done] = counter.until(Completed).settled
    assert done.claim is not None
    assert done.claim.ended
    assert counter.world.calls().count("claim") == 2


def test_an_insurer_that_is_silent_twice_keeps_nobody_and_is_asked_on() -> None:
    counter = claimed(5)
    [done] = counter.until(Completed).settled
    assert done.claim is not None
    assert not done.claim.ended, "silence is no refusal"
    assert done.owed is None
    assert counter.world.calls().count("claim") == 2
    counter.let_pass(300)
    assert counter.entry.claim is not None
    assert counter.entry.claim.ended


def test_an_insurer_that_looks_into_it_keeps_nobody() -> None:
    counter = claimed(1, Trouble.PENDING)
    [done] = counter.last(Completed).settled
    assert done.claim is not None
    assert not done.claim.ended


@pytest.mark.parametrize(("lost", "there"), [(0, True), (1, True), (2, False)])
def test_a_bill_goes_to_the_phone_although_one_withdrawal_was_lost(lost: int, *, there: bool) -> None:
    silent = [Misfortune("withdraw", Trouble.LOST_REQUEST, nth) for nth in range(1, lost + 1)]
    counter = Counter(World(silent, batches=(PHONABLE,))).open(bills=(bill(PHONABLE),)).accept()
    counter.serve(TakeToPhone(counter.ticket(), counter.sids)).let_pass(30)
    if there:
        counter.last(OnPhone)
    else:
        assert counter.last(Undone).fault is FaultCode.PHONE_REFUSED
        assert "hand" not in counter.world.calls()
    assert counter.world.ledger.collected().fen == 0
