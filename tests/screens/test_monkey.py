"""Random touches and keys over all flows: no exception, no foreign window, no dead end, nothing personal left."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import get_args

import pytest

from kiosk.flow.effects import Effect
from kiosk.flow.states import Screen
from tests.screens.glass import Glass
from tests.screens.monkey import ANSWERS, Monkey
from tests.support import services
from tests.support.proofs import Proved

SHORT, MOST, LONG = 1_000, 10_000, 100_000
ALWAYS_MET = {"AwaitingCard", "ReadingCard", "FindingPerson", "FindingBills", "ChoosingBill", "Farewell", "StillThere"}

EVERY_PAGE = {kind.__name__ for kind in get_args(Screen)}


def test_some_touches(glass: Glass, proved: Proved) -> None:
    """When a page has come to rest is the machine's to say, so no two walks are the same: one goes on until it has met
    what every one meets in the end.
    """
    monkey = Monkey(glass, random.Random(4))
    monkey.play(SHORT)
    while not (monkey.objections or set(monkey.pages) >= ALWAYS_MET or monkey.acts >= MOST):
        monkey.play(monkey.acts + SHORT)
    assert monkey.objections == []
    assert set(monkey.pages) >= ALWAYS_MET
    proved("touches and keys of the monkey", monkey.acts)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_touches(glass: Glass, proved: Proved) -> None:
    monkey = Monkey(glass, random.Random(1))
    monkey.play(LONG)
    assert monkey.objections == []
    assert monkey.acts == LONG
    assert set(monkey.pages) >= EVERY_PAGE, EVERY_PAGE - set(monkey.pages)
    proved("touches and keys of the monkey", monkey.acts)
    proved("kinds of page it came to", len(EVERY_PAGE))


def test_the_monkey_has_an_answer_for_everything_that_is_asked() -> None:
    asked = {kind for kind in get_args(Effect) if "ticket" in {each.name for each in fields(kind)}}
    assert asked <= set(ANSWERS)


def test_the_monkey_would_notice_what_is_left(glass: Glass) -> None:
    monkey = Monkey(glass, random.Random(1), state=services.samples()["review"])
    glass.show(monkey.state)
    monkey._nothing_personal()
    assert any("13800000000" in objection for objection in monkey.objections)
