"""Whatever gets lost, late or refused, and wherever the kiosk dies: no money is lost, none is taken twice.

Each history plays the real cashier against far parties in memory, to the end of everything that can still land, and is
judged by their ledger and by a witness who knows only the journal.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import pytest

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Back
from kiosk.faults import FaultCode
from kiosk.saga.entry import Course
from kiosk.saga.report import Undone, combine, report_of
from tests.kiosk.saga import cover_scenarios, refund_scenarios, scenarios
from tests.kiosk.saga.deposit_mutants import TAKING
from tests.kiosk.saga.handing_mutants import HANDING
from tests.kiosk.saga.history import History, Manner, Scenario, violations
from tests.kiosk.saga.insurer_mutants import CLAIMING, COVERING
from tests.kiosk.saga.mutants import MUTANTS, WITH_DEPOSITS, Mutant
from tests.kiosk.saga.phone_mutants import FINISHING
from tests.kiosk.saga.refund_mutants import REFUNDING
from tests.support.far_parties import Misfortune, Phone, Trouble
from tests.support.proofs import Proved

Family = Callable[[], Iterator[Scenario]]

FAMILIES: dict[str, tuple[Family, int, int]] = {
    "undisturbed": (scenarios.undisturbed, 1, 11),
    "alone": (scenarios.alone, 15, 26_400),
    "dying": (scenarios.dying, 4, 8_900),
    "pairs": (scenarios.pairs, 3, 4_100),
    "without room": (scenarios.without_room, 2, 1_100),
    "together": (scenarios.together, 6, 5_700),
    "finding": (scenarios.finding, 4, 5_200),
    "shown": (scenarios.shown, 10, 9_900),
    "copied": (scenarios.copied, 5, 5_200),
    "staying": (scenarios.staying, 17, 8_900),
    "depositing": (scenarios.depositing, 16, 2_000),
    "insuring": (scenarios.insuring, 23, 5_400),
    "covering": (cover_scenarios.covering, 40, 3_500),
    "finishing": (scenarios.finishing, 20, 2_000),
    "refunding": (refund_scenarios.refunding, 40, 8_000),
    "handing": (scenarios.handing, 60, 18_000),
}
"""Family, every how many-th history is played outside of the long run, and how many it has at least."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of broken far ends would fill the log; what is logged is tested where one thing is broken."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def broken(played: Iterator[Scenario]) -> tuple[int, list[str]]:
    count, found = 0, list[str]()
    for scenario in played:
        count += 1
        found += [f"{objection} <- {scenario}" for objection in violations(scenario)]
    return count, found


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("family", FAMILIES)
def test_every_history_ends_well(family: str, part: int, proved: Proved, *, long_run: bool) -> None:
    played, stride, size = FAMILIES[family]
    step = 1 if long_run else stride
    count, found = broken(islice(played(), part * step, None, 4 * step))
    assert found == []
    assert count >= size // (4 * step) - 1
    proved("histories by family", count)


def _sample() -> Iterator[Scenario]:
    """A few hundred histories in which each mistake shows."""
    yield from (*scenarios.undisturbed(), *scenarios.SHOWN)
    yield from islice(scenarios.copied(), 0, None, 61)
    yield from (Scenario((one,)) for one in scenarios.misfortunes(nths=(1,), delays=(300.0,)))
    yield from islice(scenarios.alone(), 0, None, 41)
    yield from islice(scenarios.dying(), 0, None, 29)
    yield from islice(scenarios.without_room(), 0, None, 17)
    yield from islice(scenarios.together(), 0, None, 23)
    yield from (replace(scenarios.TOGETHER, misfortunes=(one,)) for one in scenarios.misfortunes((0,), (300.0,)))
    yield from islice(scenarios.finding(), 0, None, 23)
    yield from islice(scenarios.at_random(7), 400)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mistake_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    assert next((objections for scenario in _sample() if (objections := violations(scenario))), None)


@pytest.mark.parametrize("mutant", [*WITH_DEPOSITS, *TAKING], ids=lambda mutant: mutant.name)
def test_every_mistake_with_deposits_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    of_deposits = scenarios.DEPOSITS if mutant in TAKING else ()
    sample = (*of_deposits, *scenarios.STAYS, *scenarios.ASKING, *islice(scenarios.staying(), 0, None, 97))
    assert next((objections for scenario in sample if (objections := violations(scenario))), None)


@pytest.mark.parametrize("mutant", CLAIMING, ids=lambda mutant: mutant.name)
def test_every_mistake_with_an_insurer_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    assert next((objections for scenario in scenarios.CLAIMS if (objections := violations(scenario))), None)


@pytest.mark.parametrize("mutant", COVERING, ids=lambda mutant: mutant.name)
def test_every_mistake_with_an_insured_surplus_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    assert next((objections for scenario in cover_scenarios.COVERS if (objections := violations(scenario))), None)


@pytest.mark.parametrize(("own", "refused", "back"), [(1000, False, 1000), (1000, True, 600), (1900, True, 0)])
def test_what_deposits_leave_over_waits_for_the_insurer_and_pays_first_what_it_refuses(
    own: int, back: int, *, refused: bool
) -> None:
    no = (Misfortune("claim", Trouble.REFUSED),) if refused else ()
    history = History(replace(cover_scenarios.COVERED[1], own_part=Money(own), misfortunes=no))
    assert history.play() == []
    calls, [entry] = history.world.calls(), history.entries()
    assert calls[calls.index("book") :][:3] == ["book", "claim", "inform"]
    assert total(one.amount for one in entry.returns) == Money(back)
    assert (entry.owed.total if entry.owed else ZERO) == Money(max(own - 1600, 0))


def test_an_insurers_part_is_asked_for_with_consent_and_claimed_once_it_is_booked() -> None:
    history = History(scenarios.CLAIMED)
    assert history.play() == []
    calls = history.world.calls()
    assert calls[calls.index("quote") :] == ["quote", "pledge", "collect", "settle", "book", "claim", "inform"]
    assert history.world.ledger.collected() == Money(600)


@pytest.mark.parametrize("mutant", FINISHING, ids=lambda mutant: mutant.name)
def test_every_mistake_with_a_phones_bill_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    assert next((objections for scenario in scenarios.PHONES if (objections := violations(scenario))), None)


@pytest.mark.parametrize("mutant", HANDING, ids=lambda mutant: mutant.name)
def test_every_mistake_with_a_bill_that_goes_to_the_phone_is_noticed(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant.mutate(monkeypatch)
    assert next((objections for one in scenarios.HANDED_OVER if (objections := violations(one))), None)


@pytest.mark.parametrize("mutant", REFUNDING, ids=lambda mutant: mutant.name)
def test_every_mistake_with_a_refund_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.mutate(monkeypatch)
    copied = refund_scenarios.COPIED_CANCELS
    sample = (
        *refund_scenarios.REFUNDS,
        *copied,
        *refund_scenarios.TAKING_BACK,
        *islice(refund_scenarios.refunding(), 0, None, 97),
    )
    assert next((objections for scenario in sample if (objections := violations(scenario))), None)


def test_a_paid_bill_is_cancelled_taken_out_of_the_books_settled_anew_and_the_difference_goes_back() -> None:
    history = History(refund_scenarios.REFUNDS[1])
    assert history.play() == []
    calls = history.world.calls()
    assert calls[calls.index("cancel") :] == [
        "cancel", "undo", "quote", "settle", "book", "return", "return", "report",
    ]  # fmt: skip
    assert sorted(amount.fen for _, amount in history.world.ledger.returned.values()) == [300, 600]


@pytest.mark.parametrize(("trouble", "back"), [(Trouble.COPIED, [600, 700]), (Trouble.REFUSED, [])])
def test_a_cancel_that_may_have_been_sent_twice_is_looked_up_before_a_no_is_believed(
    trouble: Trouble, back: list[int]
) -> None:
    """The no may be about the second one: then what was collected goes back all the same."""
    history = History(replace(refund_scenarios.REFUNDS[-1], copies=True, misfortunes=(Misfortune("cancel", trouble),)))
    assert history.play() == []
    calls, [entry] = history.world.calls(), history.entries()
    assert calls[calls.index("cancel") :][:2] == ["cancel", "standing"]
    assert sorted(amount.fen for _, amount in history.world.ledger.returned.values()) == back
    assert (entry.fault is FaultCode.REFUND_REFUSED) == (not back)


@pytest.mark.parametrize("lands", [200.0, 590.0])
def test_what_lands_after_it_was_given_to_staff_is_undone_all_the_same(lands: float) -> None:
    """The payment service refuses to give back, and the lost 2207 arrives while staff look for the money."""
    late = (Misfortune("settle", Trouble.LATE, 1, lands), Misfortune("refund", Trouble.REFUSED, 0))
    history = History(Scenario(late))
    assert history.play() == []
    [entry] = history.entries()
    assert entry.course is Course.MANUAL
    assert history.world.calls().count("reverse") == 2
    assert not history.world.ledger.standing(entry.plan.batch.batch_no)


@pytest.mark.parametrize("written", range(1, 12))
def test_a_phones_bill_with_nothing_to_pay_is_not_called_undone_while_it_may_be_booked(written: int) -> None:
    """The disk is full when the hospital is to book it, or has."""
    history = History(replace(scenarios.FINISHED_AND_MET, full=range(written, written + 3)))
    assert history.play() == []
    booked = [entry for entry in history.entries() if entry.booking is not None]
    assert not (booked and "Undone" in history.patient.told)


def test_what_is_not_settled_anew_goes_back_whole() -> None:
    history = History(replace(refund_scenarios.REFUNDS[1], misfortunes=(Misfortune("settle", Trouble.REFUSED),)))
    assert history.play() == []
    [entry] = history.entries()
    assert entry.fault is FaultCode.REST_NOT_SETTLED
    assert sorted(amount.fen for _, amount in history.world.ledger.returned.values()) == [600, 700]


def test_what_its_channel_does_not_take_back_of_an_undone_bill_is_said_to_be_the_windows() -> None:
    """The page is told in one word of all its bills, also where there is one."""
    lost = (Misfortune("settle", Trouble.REFUSED), Misfortune("return", Trouble.REFUSED, 1))
    history = History(replace(refund_scenarios.REFUNDS[1], misfortunes=lost))
    assert history.play() == []
    [entry] = history.entries()
    told = combine([report_of(entry)])
    assert isinstance(told, Undone)
    assert told.unbooked == entry.unbooked
    assert [(one.amount.fen, one.back) for one in told.returns] == [(600, Back.WINDOW), (700, Back.RETURNED)]


def test_a_rest_that_costs_more_than_was_paid_is_owed_again_and_all_goes_back() -> None:
    slow = (Misfortune("hold", Trouble.SLOW),)
    history = History(replace(refund_scenarios.REFUNDS[1], own_part=Money(1600), misfortunes=slow))
    assert history.play() == []
    [entry] = history.entries()
    assert entry.fault is FaultCode.REST_NOT_SETTLED
    assert "settle" not in history.world.calls()
    assert sorted(amount.fen for _, amount in history.world.ledger.returned.values()) == [600, 700]


def test_a_bill_begun_on_a_phone_is_held_paid_and_booked_and_nothing_else() -> None:
    history = History(scenarios.FINISHED)
    assert history.play() == []
    assert history.world.calls() == ["hold", "collect", "book"]
    [entry] = history.entries()
    assert entry.settlement == entry.plan.batch.ordered


def test_a_phones_bill_that_is_not_wanted_here_stays_as_the_phone_left_it() -> None:
    history = History(replace(scenarios.FINISHED, manner=Manner.DECLINES))
    assert history.play() == []
    assert history.world.calls() == ["hold", "release"]


def test_a_bill_is_withdrawn_here_before_the_phone_has_it_and_nothing_is_taken() -> None:
    history = History(scenarios.TO_PHONE)
    assert history.play() == []
    assert history.world.calls() == [
        "hold", "register", "describe", "upload", "quote", "withdraw", "deregister", "hand",
    ]  # fmt: skip
    assert history.patient.told[-1] == "OnPhone"
    assert history.world.ledger.collected() == Money(0)


def test_a_code_that_is_paid_while_its_order_is_closed_keeps_the_bill_here() -> None:
    history = History(replace(scenarios.TO_PHONE, phone=Phone.PAYS, phone_after=0.05))
    assert history.play() == []
    assert history.patient.told[-1] == "Completed"
    assert "hand" not in history.world.calls()


def test_a_code_that_is_paid_after_its_close_is_given_back_and_the_phone_has_the_bill() -> None:
    history = History(replace(scenarios.TO_PHONE, phone=Phone.PAYS, phone_after=300.0))
    assert history.play() == []
    assert history.patient.told[-1] == "OnPhone"
    assert history.world.ledger.collected() == history.world.ledger.refunded()


def test_a_handing_over_that_nobody_answers_is_asked_for_again_and_never_undone() -> None:
    history = History(replace(scenarios.TO_PHONE, misfortunes=(Misfortune("hand", Trouble.LOST_REPLY),)))
    assert history.play() == []
    assert history.world.calls()[-2:] == ["hand", "hand"]
    assert "release" not in history.world.calls()
    assert history.patient.told[-2:] == ["Seeking", "OnPhone"]


def test_a_lost_settlement_that_can_be_asked_for_is_found_and_nothing_is_undone() -> None:
    history = History(replace(scenarios.FINDING, misfortunes=(Misfortune("settle", Trouble.LOST_REPLY),)))
    assert history.play() == []
    assert history.world.calls() == ["hold", "quote", "collect", "settle", "find", "book"]
    assert history.patient.told[-1] == "Completed"


def test_a_lost_settlement_that_never_arrived_is_refunded_without_a_reversal() -> None:
    history = History(replace(scenarios.FINDING, misfortunes=(Misfortune("settle", Trouble.LOST_REQUEST),)))
    assert history.play() == []
    assert history.world.calls() == ["hold", "quote", "collect", "settle", "find", "refund", "release"]


def test_a_refusal_that_may_be_a_copys_is_reversed_before_the_money_goes_back() -> None:
    history = History(replace(scenarios.COPIED, misfortunes=(Misfortune("settle", Trouble.COPIED),)))
    assert history.play() == []
    calls = history.world.calls()
    assert calls[calls.index("settle") :][:3] == ["settle", "reverse", "refund"]
    assert calls[-1] == "reverse", "and once more when no copy can be alive"


def test_a_refusal_is_the_last_word_where_nobody_makes_copies() -> None:
    history = History(Scenario((Misfortune("settle", Trouble.REFUSED),)))
    assert history.play() == []
    assert "reverse" not in history.world.calls()


def test_two_bills_are_held_and_quoted_each_and_paid_once() -> None:
    history = History(scenarios.TOGETHER)
    assert history.play() == []
    calls = history.world.calls()
    assert calls.count("collect") == 1
    assert [calls.count(call) for call in ("hold", "quote", "settle", "book")] == [2, 2, 2, 2]
    assert calls.index("collect") < calls.index("settle")
    assert history.world.ledger.collected() == Money(2000)


def test_an_undisturbed_visit_sends_what_it_must_and_nothing_else() -> None:
    history = History(Scenario())
    assert history.play() == []
    assert history.world.calls() == [
        "hold", "register", "describe", "upload", "quote", "collect", "settle", "book",
    ]  # fmt: skip
