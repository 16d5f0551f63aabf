"""Any event in any state: nothing breaks, nothing of one patient reaches the next, and every page comes to an end."""

from __future__ import annotations

import random
import typing
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.insured import CardIdentity, Credential, IdCardIdentity, Person
from kiosk.domain.personal import Personal, Portrait
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import FeeBatch
from kiosk.flow.events import Event
from kiosk.flow.rules import Rules
from kiosk.flow.served_states import Served
from kiosk.flow.states import Farewell, Home, Kiosk, OutOfService, Screen
from kiosk.flow.step import expects, held, step
from kiosk.flow.ticket import Ticket
from tests.kiosk.flow.crowd import ANSWERS, FACTS, IDLE, INTENTS, Crowd
from tests.kiosk.flow.walker import NUMBER, SID, reachable
from tests.support import states

WALKS, STEPS = 1000, 130
PAGES = {kind.__name__ for kind in set(typing.get_args(Screen)) - set(typing.get_args(Served))}
"""Services of the catalogue have a crowd of their own (test_services_crowd.py)."""
SAMPLES = {name: kiosk.screen for name, kiosk in states.samples().items()}
NUMBERS = (SID, NUMBER)
OF_A_PATIENT = (Personal, Portrait, Person, Credential, CardIdentity, IdCardIdentity, FeeBatch, Quote, Settlement)


def walked(seed: int, steps: int = STEPS) -> Crowd:
    crowd = Crowd(random.Random(seed))
    crowd.walk(steps)
    return crowd


def traces(state: Kiosk) -> list[str]:
    """What is left of a patient in a state."""
    return [type(value).__name__ for value in reachable(state) if isinstance(value, OF_A_PATIENT) or value in NUMBERS]


@pytest.mark.parametrize("part", range(2))
def test_a_crowd_breaks_no_rule_and_every_page_ends(part: int) -> None:
    pages: set[str] = set()
    for seed in range(part, WALKS, 2):
        crowd = walked(seed)
        assert crowd.objections == []
        pages |= crowd.pages
        assert crowd.let_time_pass(), f"seed {seed}: {type(crowd.state.screen).__name__}"
        assert crowd.objections == []
    assert pages | {"Home"} == PAGES, "the walks go everywhere"


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_any_walk_breaks_no_rule(dice: random.Random, steps: int) -> None:
    crowd = Crowd(dice)
    assert crowd.walk(steps) == []
    assert crowd.let_time_pass()


@pytest.mark.parametrize("name", SAMPLES)
def test_any_event_in_any_state_is_borne(name: str) -> None:
    """Each sample page meets each intent, each fact and each kind of answer, waited for or not."""
    state = Kiosk(Rules(), SAMPLES[name], ticket=Ticket(1, 1))
    answers = [
        make(ticket) for makers in ANSWERS.values() for make in makers for ticket in (Ticket(1, 1), Ticket(2, 5))
    ]
    for event in (*INTENTS, *IDLE, *FACTS, *answers):
        taken = step(state, event)
        if not expects(state, event):
            assert (taken.state, taken.effects) == (state, ())


@pytest.mark.parametrize("part", range(2))
def test_nothing_of_a_patient_is_left_after_the_farewell(part: int) -> None:
    seen = 0
    for seed in range(part, WALKS, 2):
        crowd = Crowd(random.Random(seed))
        for _ in range(STEPS):
            crowd.walk(1)
            if isinstance(crowd.state.screen, Farewell | Home | OutOfService):
                seen += 1
                assert traces(crowd.state) == []
    assert seen > 500


def test_the_search_for_traces_finds_them() -> None:
    assert set(traces(Kiosk(Rules(), states.explaining()))) >= {"PersonName", "Person", "FeeBatch", "Quote"}


def test_results_of_one_visit_delivered_into_the_next_change_nothing() -> None:
    """Everything that was ever answered to A comes again, twice, while B is served."""
    for seed in range(40):
        crowd = walked(seed)
        old = list(crowd.results)
        assert crowd.let_time_pass()
        visit = crowd.state.ticket.visit
        for event in INTENTS[:1] * 3 + (FACTS[0],):
            crowd.meet(event)
        if crowd.state.ticket.visit == visit:
            continue
        before = crowd.state
        for event in old * 2:
            if event.ticket.visit <= visit:
                taken = step(before, event)
                assert (taken.state, taken.effects) == (before, ())


def test_steps_are_pure() -> None:
    """The same event in the same state gives the same, and leaves both as they were."""
    events: tuple[Event, ...] = (*INTENTS, *IDLE, *FACTS)
    for (name, screen), event in product(SAMPLES.items(), events):
        state = Kiosk(Rules(), screen, ticket=Ticket(1, 1))
        shown = repr(state)
        assert step(state, event) == step(state, event), name
        assert repr(state) == shown


def test_every_page_but_the_first_waits_for_something() -> None:
    for name, screen in SAMPLES.items():
        assert bool(held(screen)) is not isinstance(screen, Home | OutOfService), name
