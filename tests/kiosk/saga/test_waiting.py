"""How long each step waits: seconds that a history would not show, because all of it ends well either way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.money import Money
from kiosk.domain.stay import Back, Return
from kiosk.saga import answers
from kiosk.saga.acts import Act, Awaited, Close, GiveUp, Wait, next_act
from kiosk.saga.backwards import next_return
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import ActKind, Stamp, Verdict
from tests.support.people import DEPOSITS, LIMITS, REGISTERED, UPLOADED, plan, quote

SID = "01KAMMV5RC6Z2J5N4Q8W7T3XYD"
THIRD = LIMITS.hold / 3


def at(seconds: float) -> Stamp:
    return Stamp("boot", 1_000.0 + seconds, 1_763_000_000.0 + seconds)


HELD = Entry(
    SID, plan(UPLOADED), at(0), marks={ActKind.HOLD: Mark.DONE},
    mdtrt_id="R1", hold_since=at(0), hold_asked=at(0), quote=quote(Money(1000)),
)  # fmt: skip
AGREED = replace(HELD, accepted=True)
ORDER = Order("w" * 26, at(0), whole=Money(1000))


@pytest.mark.parametrize(("entry", "awaited"), [(HELD, Awaited.DECISION), (AGREED, Awaited.CODE)])
def test_a_hold_is_renewed_when_a_third_of_it_is_over_and_lost_when_all_of_it_is(
    entry: Entry, awaited: Awaited
) -> None:
    assert next_act(entry, at(0), LIMITS) == Wait(awaited, THIRD)
    assert next_act(entry, at(THIRD - 1), LIMITS) == Wait(awaited, 1.0)
    assert next_act(entry, at(THIRD), LIMITS) == Act(ActKind.RENEW)
    assert next_act(entry, at(LIMITS.hold - 0.5), LIMITS) == Act(ActKind.RENEW)
    assert isinstance(next_act(entry, at(LIMITS.hold), LIMITS), GiveUp), "it may be another till's by now"


def test_an_open_order_has_two_thirds_of_a_hold_before_it() -> None:
    paying = replace(AGREED, order=replace(ORDER, since=at(THIRD), patience=LIMITS.hold))
    before, after = at(THIRD - 1), at(THIRD)
    assert next_act(replace(paying, order=replace(ORDER, since=before)), before, LIMITS) == Act(
        ActKind.QUERY_PAYMENT, LIMITS.payment_poll
    )
    assert next_act(paying, after, LIMITS) == Act(ActKind.RENEW)
    assert next_act(paying, at(LIMITS.hold), LIMITS) == Act(ActKind.CLOSE_PAYMENT), "nothing is paid for a lost bill"


@pytest.mark.parametrize(
    ("patience", "seconds", "act"),
    [
        (None, LIMITS.payment - 1, ActKind.QUERY_PAYMENT),
        (None, LIMITS.payment, ActKind.CLOSE_PAYMENT),
        (LIMITS.payment + 20.0, LIMITS.payment + 19, ActKind.QUERY_PAYMENT),
        (LIMITS.payment + 20.0, LIMITS.payment + 20, ActKind.CLOSE_PAYMENT),
        (5.0, 5.0, ActKind.CLOSE_PAYMENT),
    ],
)
def test_an_order_stays_open_as_long_as_its_method_says(patience: float | None, seconds: float, act: ActKind) -> None:
    now = at(seconds)
    entry = replace(AGREED, order=replace(ORDER, patience=patience), hold_since=now, hold_asked=now)
    told = next_act(entry, now, LIMITS)
    assert isinstance(told, Act)
    assert told.kind is act


@pytest.mark.parametrize("failures", range(12))
def test_each_try_waits_twice_as_long_as_the_last_and_none_for_ever(failures: int) -> None:
    told = next_act(replace(HELD, quote=None, failures=failures), at(0), LIMITS)
    assert isinstance(told, Act)
    wished = LIMITS.retry_first * 2 ** (failures - 1) if failures else 0.0
    assert told.delay == min(LIMITS.retry_most, wished)


def test_what_may_still_land_is_looked_at_when_no_byte_of_it_can_be_alive() -> None:
    life = LIMITS.longest_request
    undone = replace(
        AGREED, course=Course.WATCHED, settle_since=at(0), marks={ActKind.REVERSE: Mark.DONE}, settle_msgid="M1"
    )
    assert next_act(undone, at(life - 1), LIMITS) == Wait(Awaited.TIME, 1.0)
    assert next_act(undone, at(life), LIMITS) == Act(ActKind.WATCH)
    closed = replace(AGREED, course=Course.WATCHED, closed_orders=(replace(ORDER, mark=Mark.REFUSED),))
    assert next_act(closed, at(life - 1), LIMITS) == Wait(Awaited.TIME, 1.0)
    assert next_act(closed, at(life), LIMITS) == Act(ActKind.WATCH_PAYMENT)


@pytest.mark.parametrize("copied", [False, True])
def test_an_orderly_cancel_is_looked_at_again_only_where_copies_are_made(*, copied: bool) -> None:
    """2601 once more after a good 2208 would be a question about nothing."""
    entry = replace(AGREED, plan=replace(AGREED.plan, copied=copied), course=Course.WATCHED, settle_since=at(0))
    cancelled = replace(entry, marks={ActKind.CANCEL: Mark.DONE})
    told = next_act(cancelled, at(LIMITS.longest_request), LIMITS)
    assert told == (Act(ActKind.WATCH) if copied else Close())


def test_a_clock_that_is_set_changes_no_wait_within_one_start() -> None:
    """A year ahead or back: only the seconds since the start count, and none are counted below nothing."""
    for year in (-31_536_000.0, 31_536_000.0):
        later = replace(at(THIRD - 1), wall=at(0).wall + year)
        assert next_act(HELD, later, LIMITS) == Wait(Awaited.DECISION, 1.0)
    restarted = Stamp("another boot", 5.0, at(0).wall - 31_536_000.0)
    assert restarted.elapsed(at(0)) == 0.0


def test_a_deposit_without_an_answer_does_not_keep_the_others_waiting() -> None:
    asked = tuple(Return(one, one.amount, f"k{n}", Back.ASKED) for n, one in enumerate(DEPOSITS))
    turns = [next_return(replace(AGREED, returns=asked, failures=failures)) for failures in range(2 * len(asked))]
    assert turns == [*asked, *asked]
    fresh = replace(asked[-1], back=Back.UNSENT)
    assert next_return(replace(AGREED, returns=(*asked[:-1], fresh), failures=1)) == fresh


def test_a_bill_of_ours_is_registered_once_it_is_held() -> None:
    ours = replace(HELD, plan=plan(replace(REGISTERED, mdtrt_id=None)), mdtrt_id=None, quote=None)
    assert next_act(ours, at(0), LIMITS) == Act(ActKind.REGISTER)


@pytest.mark.parametrize(
    ("told", "back"), [((Verdict.NOT_SENT,), Back.UNSENT), ((Verdict.PENDING, Verdict.NOT_SENT), Back.ASKED)]
)
def test_a_refund_that_the_service_has_in_hand_stays_asked_for_when_the_network_goes(
    told: tuple[Verdict, ...], back: Back
) -> None:
    """Its window would pay it a second time."""
    one = Return(DEPOSITS[0], Money(100), "k", Back.ASKED)
    for verdict in told:
        one = answers._how_it_ended(one, verdict)
    assert one.back is back
