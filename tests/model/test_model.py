"""The settlement's order holds for any number of crashes and network faults; each mistake in it is found."""

from __future__ import annotations

import pytest

from tests.model.search import RULES, Search, changes, search, world_of
from tests.support.proofs import Proved

pytestmark = pytest.mark.timeout(900)  # the searches are counted in states; a busy machine takes longer over them

# What must each be found, by the name of its mutant.
MISTAKES = {
    "MUTANT_UNWATCHED": "refund without the second 2601",
    "MUTANT_WATCHED_AT_ONCE": "the second 2601 before the longest request is dead",
    "MUTANT_INTENT_LATE": "intent after the send",
    "MUTANT_ORDER_KEY": "a new order for each try",
    "MUTANT_REFUND_KEY": "a new key for each refund",
    "MUTANT_NOT_FOUND_FINAL": "not found is final",
    "MUTANT_CANCEL_REVERSED": "2601 for a lost 2208",
    "MUTANT_SETTLED_AGAIN": "a new 2207 before the reversal's acknowledgement",
    "MUTANT_BOOKED_ONCE": "booking is not repeated",
    "MUTANT_BOOKING_LOST_IS_REFUSED": "a lost booking counts as refused",
    "MUTANT_UNCLOSED_REFUND": "refund of an order that was not closed",
    "MUTANT_CLOSED_FORGOTTEN": "a closed order is not looked at again",
    "MUTANT_REFUND_LOST_IS_DONE": "a lost refund counts as done",
    "MUTANT_EXPIRY_FREES": "the end of a hold frees rows with money on them",
    "MUTANT_HOLD_UNCHECKED": "payment for a bill that may be another till's",
    "MUTANT_RECOVERY_TRUSTS_SILENCE": "a 2207 without an answer counts as never sent",
    "MUTANT_REFUSAL_BELIEVED": "a refusal that may be a copy's is the last word",
    "MUTANT_CANCEL_UNWATCHED": "a copy that lands after the cancel is not looked for",
    "MUTANT_HOLD_FROM_ANSWER": "a hold counts from its answer",
    "MUTANT_HANDED_UNCLOSED": "given to the phone before the shown code's order is closed",
    "MUTANT_HANDED_THOUGH_PAID": "given to the phone though its order was paid at the close",
    "MUTANT_HANDING_LOST_IS_REFUSED": "paid here because the phone's answer was lost",
    "MUTANT_HANDED_FORGETS_CLOSED": "a closed order is not looked at again because the phone has the bill",
    "MUTANT_SWITCHED_UNCLOSED": "another way to pay before the shown code's order is closed",
}


def test_every_mistake_of_the_model_is_listed_here() -> None:
    assert changes("MUTANT") == sorted(MISTAKES)


def test_no_order_of_crashes_and_faults_breaks_a_rule(proved: Proved, *, long_run: bool) -> None:
    """Ten hold every history of four crashes and six network faults, and all with more of which fewer are late."""
    found = search(Search(20 if long_run else 10))
    assert found.violated == ""
    assert found.complete
    assert found.states > 500_000
    proved("states of the model", found.states)


def test_nor_does_any_where_nobody_repeats_a_2207(long_run: bool) -> None:
    found = search(Search(10 if long_run else 3, ("ONCE",)))
    assert found.violated == ""
    assert found.complete


def test_every_settlement_ends_once_nothing_goes_wrong_any_more(long_run: bool) -> None:
    found = search(Search(10 if long_run else 3, ends=True))
    assert found.violated == ""
    assert found.complete


@pytest.mark.parametrize("changes", [(), ("MUTANT_UNWATCHED",)])
def test_what_can_change_nothing_any_more_need_not_be_followed(changes: tuple[str, ...], *, long_run: bool) -> None:
    flight = 4 if long_run else 1
    left_out, followed = (search(Search(flight, (*changes, *more))) for more in ((), ("KEEP_INERT",)))
    assert left_out.violated == followed.violated
    assert left_out.complete == followed.complete


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_found(mistake: str) -> None:
    found = search(Search(1, world_of(mistake), shortest=True))
    assert found.violated in RULES, MISTAKES[mistake]
    assert found.way


@pytest.mark.parametrize("premise", changes("WORLD"))
def test_what_is_taken_for_granted_is_needed(premise: str) -> None:
    assert search(Search(1, world_of(premise), shortest=True)).violated in RULES


def test_the_way_to_a_mistake_can_be_read() -> None:
    found = search(Search(1, ("MUTANT_UNWATCHED",), shortest=True))
    assert "answer reverse yes" in found.way
    assert found.way[-1] == "arrives late settle"


def test_a_settlement_that_would_never_end_is_noticed() -> None:
    """A page whose patient reads for ever: the search for an end can fail."""
    found = search(Search(1, ("ENDLESS_READING",), ends=True))
    assert found.violated == "acceptance cycle"
