"""The rules of active liveness, on glances made by hand: nothing is drawn, nothing is loaded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.face.challenges import LIGHTS, TURNS, Plan, draw_plan, next_light, pool
from devices.face.glance import Glance
from devices.face.integrity import NOTHING_SEEN, see
from devices.face.liveness import Asking, Course, Ended, Finished, Settling, follow
from devices.face.mesh import Mesh
from kiosk.ports.face import Challenge, Hint, Need

MESH = Mesh(np.zeros((468, 3), np.float32))
STEP = 1 / 20
PLAN = Plan((Challenge.TURN_LEFT, Challenge.BLINK), (0.2, 0.2))


class Body:
    """Somebody whose head is moved by hand; `course` follows."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self.course, self.at = Course(plan), 0.0

    def show(self, times: int = 1, hint: Hint | None = None, **figures: float) -> Body:
        usual = {"yaw": 0.0, "pitch": 7.0, "eyes": 70.0, "openness": 0.36}
        for _ in range(times):
            found = {**usual, **figures}
            mesh = None if hint is Hint.NOBODY else MESH
            order = (found["yaw"], found["pitch"], found["eyes"], found["openness"])
            glance = Glance(self.at, hint, None, mesh, *order)
            self.course, self.at = follow(self.course, glance), self.at + STEP
        return self

    def rest(self) -> Body:
        """Looking ahead until something is asked."""
        while not isinstance(self.course.phase, Asking | Ended | Finished):
            self.show()
        return self

    def turn(self, degrees: float) -> Body:
        for share in (0.3, 0.6, 1.0, 1.0):
            self.show(yaw=degrees * share)
        return self.show(yaw=degrees * 0.4).show()

    @property
    def why(self) -> str:
        return self.course.phase.why if isinstance(self.course.phase, Ended) else ""


def test_doing_what_is_asked_ends_well() -> None:
    body = Body().rest()
    assert body.course.asked is Challenge.TURN_LEFT
    body.show(4).turn(20).rest()
    assert (body.course.asked, body.course.done) == (Challenge.BLINK, 1)
    body.show(4).show(3, openness=0.05).show(3)
    assert isinstance(body.course.phase, Finished)
    assert len(body.course.turned) >= 1


def test_nothing_is_asked_before_the_person_rests() -> None:
    body = Body()
    for yaw in (0.0, 9.0, -9.0) * 6:
        body.show(yaw=yaw)
    assert isinstance(body.course.phase, Settling)
    assert body.course.asked is None


@pytest.mark.parametrize(
    "figures",
    [{"yaw": -20.0}, {"pitch": 20.0}, {"eyes": 95.0}],
    ids=["the other way", "a nod", "a step"],
)
def test_another_movement_than_the_one_asked_for_ends_the_try(figures: dict[str, float]) -> None:
    assert Body().rest().show(4).show(1, None, **figures).why == "another movement"


def test_a_movement_that_was_under_way_already_is_no_answer() -> None:
    assert Body().rest().show(yaw=20.0).why == "before it was asked for"


def test_a_head_that_leaps_is_a_cut_in_a_film() -> None:
    assert Body().rest().show(6).show(yaw=20.0).why == "a leap"


def test_who_was_seen_too_seldom_to_see_the_movement_is_seen_on_the_way_back() -> None:
    body = Body().rest().show(4)
    body.at += 0.4  # a busy machine looked away
    body.show(2, yaw=20.0)
    assert not isinstance(body.course.phase, Ended)
    assert body.show(yaw=8.0).rest().course.done == 1


def test_what_was_seen_neither_coming_nor_going_is_asked_for_once_more_and_counts_for_nothing() -> None:
    body = Body().rest().show(4)
    body.at += 0.4
    body.show(yaw=20.0)
    body.at += 0.4
    body.show()
    assert (body.course.done, body.why) == (0, "")
    assert body.rest().course.asked is Challenge.TURN_LEFT
    assert body.show(4).turn(20).rest().course.done == 1


def test_a_leap_there_and_back_is_a_cut_however_seldom_it_was_seen() -> None:
    body = Body().rest().show(4)
    body.at += 0.4
    assert body.show(2, yaw=20.0).show().why == "a leap"


def test_a_blink_is_nobodys_fault_and_no_answer_to_anything_else() -> None:
    body = Body().rest().show(4).show(2, openness=0.02)
    assert body.course.asked is Challenge.TURN_LEFT
    assert body.turn(20).rest().course.done == 1


def test_who_moves_while_nothing_is_asked_is_asked_later() -> None:
    body = Body()
    while isinstance(body.course.phase, Settling):
        body.show()
    body.show(20, yaw=10.0)
    assert body.course.asked is None
    assert body.rest().course.asked is Challenge.TURN_LEFT


def test_no_answer_ends_the_try_in_time() -> None:
    body = Body().rest()
    began = body.at
    while not isinstance(body.course.phase, Ended):
        body.show()
    assert body.why == "no answer"
    assert body.at - began < 7


@pytest.mark.parametrize("hint", [Hint.NOBODY, Hint.SEVERAL])
def test_who_leaves_or_is_joined_for_long_ends_the_try(hint: Hint) -> None:
    body = Body().rest().show(3, hint=hint)
    assert not isinstance(body.course.phase, Ended)
    body.show(20, hint=hint)
    assert isinstance(body.course.phase, Ended)
    assert body.course.phase.hint is hint


def test_a_picture_that_never_does_ends_the_try_with_what_was_wrong() -> None:
    body = Body().show(200, hint=Hint.DARK)
    assert isinstance(body.course.phase, Ended)
    assert body.course.phase.hint is Hint.DARK


def test_half_a_face_may_do_everything_and_is_no_face() -> None:
    body = Body().rest()
    body.show(4, hint=Hint.COVERED)
    for share in (0.3, 0.6, 1.0, 0.4, 0.0, 0.0, 0.0, 0.0):
        body.show(hint=Hint.COVERED, yaw=20 * share)
    body.show(6, hint=Hint.COVERED).show(3, hint=Hint.COVERED, openness=0.05).show(6, hint=Hint.COVERED)
    assert isinstance(body.course.phase, Ended)
    assert body.course.phase.hint is Hint.COVERED


@given(st.frozensets(st.sampled_from(Need)), st.integers(0, 2**32))
def test_a_plan_asks_only_what_the_person_can_do(needs: frozenset[Need], seed: int) -> None:
    import random

    plan = draw_plan(needs, 2, random.Random(seed).randrange)
    if plan is None:
        assert len(pool(needs)) < 2
        return
    assert len(set(plan.challenges)) == 2
    assert set(plan.challenges) <= set(pool(needs))
    assert set(plan.challenges) & TURNS or Need.STIFF_NECK in needs
    assert all(0.1 <= pause <= 0.7 for pause in plan.pauses)


def test_every_order_comes_up() -> None:
    plans = {draw_plan(frozenset(), 2) for _ in range(600)}
    orders = {plan.challenges for plan in plans if plan}
    assert len(orders) == 5 * 4 - 2  # all pairs but the two without a turn
    assert len(plans) > 500  # the pauses differ


def test_a_light_is_never_the_one_before() -> None:
    light, seen = None, set()
    for _ in range(100):
        following, seconds = next_light(light)
        assert following != light
        assert 0.4 <= seconds <= 0.6
        light = following
        seen.add(light)
    assert seen == set(LIGHTS)


def test_a_frozen_picture_and_a_loop_are_told_from_a_living_stream() -> None:
    living = frozen = looped = NOTHING_SEEN
    for number in range(60):
        at = number * STEP
        living = see(living, b"%d" % number, at)
        frozen = see(frozen, b"0", at)
        looped = see(looped, b"%d" % (number % 20), at)
    assert not living.frozen
    assert not living.looped
    assert frozen.frozen
    assert looped.looped


def test_a_busy_line_that_gives_a_frame_ten_times_within_a_second_is_not_frozen() -> None:
    frames = NOTHING_SEEN
    for number in range(90):
        frames = see(frames, b"%d" % (number // 10), number / 30)
    assert not frames.frozen


def test_a_camera_that_repeats_a_frame_once_in_a_while_is_not_frozen() -> None:
    frames = NOTHING_SEEN
    for number in range(60):
        frames = see(frames, b"%d" % (number // 3), number * STEP)
    assert not frames.frozen
    assert not frames.looped
