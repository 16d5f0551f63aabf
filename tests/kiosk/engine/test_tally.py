"""What a visit is counted as: touches and pages to the answer, what was asked for, how it ended, the rating."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from kiosk.domain.filing import CaseState
from kiosk.engine.tally import Tally
from kiosk.filing.course import Stage
from kiosk.flow.events import Continued, Event, Focused, Left, OptionPicked, Woke
from kiosk.flow.step import step
from kiosk.ports.filing import Prepared
from kiosk.usage import Ended, Usage
from tests.kiosk.flow.clerk import CASE, PREPARED, Clerk, clerk
from tests.kiosk.flow.walker import Walker

DAY = date(2026, 11, 26)


@dataclass
class Counted(Clerk):
    """A clerk who is watched; a second passes with each event."""

    found: list[Usage] = field(default_factory=list[Usage])
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.tally = Tally(self.found.append, "003", "000000 1")

    def send(self, *events: Event) -> Walker:
        for event in events:
            before = self.state
            super().send(event)
            self.seconds += 1
            self.tally.saw(event, before, self.state, self.seconds, DAY)
        return self

    def ended(self) -> Usage:
        """Nobody does anything more."""
        self.send(Left())
        (usage,) = self.found
        return usage


def counted() -> Counted:
    return Counted(clerk().state)


def filed(state: CaseState = CaseState.IN_FORCE, item: str = "away-filing", told: Prepared = PREPARED) -> Counted:
    one = counted()
    one.to_filing(item, told=told)
    one.hand_in().told(Stage.LODGED, replace(CASE, item=item, state=state))
    return one


def test_a_filing_is_counted_up_to_its_answer_and_its_rating_is_kept() -> None:
    one = filed()
    taps, seconds = one.taps, one.seconds
    one.touch(Continued(), OptionPicked("4"), OptionPicked("0"))
    usage = one.ended()
    assert (usage.item, usage.ended, usage.rating) == ("away-filing", Ended.FILED, 4)
    assert (usage.taps, usage.answers, usage.materials) == (taps, 1, 0)
    assert usage.taps <= 8
    assert 0 < usage.seconds <= seconds
    assert usage.steps == 7  # items, guide, card, question, review, promise, answer
    assert (usage.day, usage.kiosk, usage.pack) == (DAY, "003", "000000 1")


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        (CaseState.UNDER_REVIEW, Ended.FILED),
        (CaseState.REFUSED, Ended.REFUSED),
        (CaseState.NOT_SERVED, Ended.REFUSED),
    ],
)
def test_what_the_office_says_is_how_it_ended(state: CaseState, ended: Ended) -> None:
    assert filed(state).ended().ended is ended


def test_a_paper_that_is_still_to_come_is_counted_and_one_for_the_window_sends_somebody_there() -> None:
    nothing = Prepared(fetched=frozenset({"records"}))
    deferred = filed(CaseState.UNDER_REVIEW, "chronic-application", nothing).ended()
    assert (deferred.materials, deferred.ended) == (1, Ended.FILED)
    one = counted()
    one.to_filing("chronic-application", told=nothing)
    one.fill_one()
    one.fill_one()
    one.touch(OptionPicked("window"))
    one.hand_in().told(Stage.LODGED, replace(CASE, item="chronic-application", state=CaseState.UNDER_REVIEW))
    assert one.ended().ended is Ended.AT_WINDOW


def test_whoever_goes_away_was_there_and_an_answer_read_before_is_not_what_they_came_for() -> None:
    one = counted()
    one.to_guide("transfer")
    usage = one.ended()
    assert (usage.item, usage.ended) == ("transfer", Ended.LEFT)


def test_a_focus_that_moves_and_time_that_passes_are_no_touches() -> None:
    one = counted()
    one.to_guide("transfer")
    one.send(Focused((), moved=True), Woke(one.ticket("ticket")))
    assert one.ended().taps == 3  # the door, the item, and the way out


def test_who_only_looked_is_not_counted() -> None:
    one = counted()
    one.send(Left())
    assert one.found == []
    assert step(one.state, Left()).state == one.state
