"""Whether a picture shows anything: measured on drawn scenes, never on photographs of people."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.picture.pixels import Pixels, pixels_of
from devices.picture.scene import Limits, SceneWatch, Trouble, measure
from devices.sim.camera.drawing import Scene, frames
from kiosk.ports.camera import Frame
from kiosk.ports.clock import Monotonic

LIMITS = Limits()
STEP = 0.25


def pictures(scene: Scene) -> list[Pixels]:
    return [np.asarray(cv2.cvtColor(np.asarray(each), cv2.COLOR_RGB2BGR), np.uint8) for each in frames(scene)]


def watched(*scenes: Scene, seconds: float = 2.0) -> list[Trouble | None]:
    """What is said after each picture, one scene after another."""
    watch, now, said = SceneWatch(LIMITS), 0.0, list[Trouble | None]()
    for scene in scenes:
        drawn = pictures(scene)
        for number in range(int(seconds / STEP)):
            now += STEP
            watch.see(drawn[number % len(drawn)], Monotonic(now))
            said.append(watch.trouble)
    return said


@pytest.mark.parametrize("scene", [Scene.EMPTY, Scene.PERSON, Scene.PAPER])
def test_nothing_is_said_of_what_can_be_seen(scene: Scene) -> None:
    assert set(watched(scene)) == {None}


@pytest.mark.parametrize(
    ("scene", "trouble"),
    [
        (Scene.COVERED, Trouble.DARK),
        (Scene.BLACK, Trouble.DARK),
        (Scene.BLURRED, Trouble.BLURRED),
        (Scene.FROZEN, Trouble.FROZEN),
    ],
)
def test_a_trouble_is_said_once_it_has_lasted_and_no_longer_than_it_lasts(scene: Scene, trouble: Trouble) -> None:
    said = watched(Scene.PERSON, scene, Scene.PERSON)
    assert set(said[:8]) == {None}
    first = said.index(trouble)
    assert 0.75 <= (first - 8) * STEP <= 1.5
    assert set(said[first:16]) == {trouble}
    assert set(said[17:]) == {None}


def test_a_hand_that_passes_by_is_nothing() -> None:
    watch, person, covered = SceneWatch(LIMITS), pictures(Scene.PERSON)[0], pictures(Scene.COVERED)[0]
    for number in range(40):
        watch.see(covered if number % 3 == 0 else np.roll(person, number, 1), Monotonic(number * STEP))
        assert watch.trouble is None


def test_a_scene_that_repeats_itself_stands_not_still() -> None:
    """Eight pictures in a quarter of a second are twice these four, and the ninth is the first again."""
    watch, drawn = SceneWatch(LIMITS), pictures(Scene.PERSON)
    for number in range(120):
        watch.see(drawn[number % len(drawn)], Monotonic(number / 32))
        assert watch.trouble is None


def test_what_was_forgotten_is_not_held_against_the_next() -> None:
    watch, covered = SceneWatch(LIMITS), pictures(Scene.COVERED)
    for number in range(8):
        watch.see(covered[number % len(covered)], Monotonic(number * STEP))
    before = watch.trouble
    watch.forget()
    watch.see(covered[0], Monotonic(100.0))
    assert (before, watch.trouble) == (Trouble.DARK, None)


@settings(max_examples=25)
@given(st.integers(1, 40), st.integers(1, 40), st.binary(min_size=1, max_size=3))
def test_any_picture_can_be_measured_and_none_of_one_colour_is_seen(width: int, height: int, colour: bytes) -> None:
    plain = Frame((colour * 3)[:3] * width * height, width, height, 0, Monotonic(0.0))
    measures = measure(pixels_of(plain))
    assert 0 <= measures.brightness <= 255
    assert measures.contrast < LIMITS.flat


@settings(max_examples=25)
@given(st.binary(min_size=48, max_size=48))
def test_pixels_are_the_frames_own_and_cannot_be_written_to(raw: bytes) -> None:
    pixels = pixels_of(Frame(raw, 4, 4, 0, Monotonic(0.0)))
    assert pixels.tobytes() == raw
    assert not pixels.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 0
