"""Whether a picture of a paper will do: drawn papers, spoilt one way at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.picture.document import DocumentTrouble, DocumentView, judge
from devices.picture.pixels import Pixels
from devices.sim.camera.drawing import Scene, frames

DESK = (60, 74, 90)


def picture(scene: Scene) -> Pixels:
    return np.asarray(cv2.cvtColor(np.asarray(next(frames(scene))), cv2.COLOR_RGB2BGR), np.uint8)


PAPER = picture(Scene.PAPER)


def nobody(_pixels: Pixels) -> Sequence[float]:
    return ()


def trouble(pixels: Pixels, *faces: float) -> DocumentTrouble | None:
    return judge(pixels, lambda _: faces).trouble


def moved(pixels: Pixels, *, x: float = 0, y: float = 0, size: float = 1, degrees: float = 0) -> Pixels:
    """Turned and shrunk around the middle, then moved by so many pixels."""
    height, width = pixels.shape[:2]
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, size), np.float64)
    matrix[:, 2] += (x, y)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=DESK), np.uint8)


def plate() -> Pixels:
    desk = np.full((480, 640, 3), DESK, np.uint8)
    return np.asarray(cv2.circle(desk, (320, 240), 180, (250, 250, 250), -1), np.uint8)


def dimmed(share: float) -> Pixels:
    return (PAPER * share).astype(np.uint8)


def out_of_focus(radius: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(PAPER, (0, 0), radius), np.uint8)


def test_a_paper_that_lies_well_is_good_and_found_where_it_lies() -> None:
    view = judge(PAPER, nobody)
    assert view.trouble is None
    assert view.paper is not None
    xs, ys = zip(*view.paper.corners, strict=True)
    assert (min(xs), max(xs)) == pytest.approx((170 / 640, 470 / 640), abs=0.01)
    assert (min(ys), max(ys)) == pytest.approx((30 / 480, 450 / 480), abs=0.01)
    assert view.paper.share == pytest.approx(300 * 420 / (640 * 480), abs=0.02)


@pytest.mark.parametrize("degrees", [-15, -5, 5, 15])
def test_a_paper_may_lie_aslant(degrees: float) -> None:
    assert trouble(moved(PAPER, degrees=degrees, size=0.85)) is None


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        (lambda: dimmed(0.3), DocumentTrouble.DARK),
        (lambda: dimmed(0.05), DocumentTrouble.DARK),
        (lambda: picture(Scene.COVERED), DocumentTrouble.DARK),
        (lambda: out_of_focus(2), DocumentTrouble.BLURRED),
        (lambda: out_of_focus(6), DocumentTrouble.BLURRED),
        (lambda: moved(PAPER, x=260), DocumentTrouble.CUT_OFF),
        (lambda: moved(PAPER, y=-90), DocumentTrouble.CUT_OFF),
        (lambda: np.full((480, 640, 3), 200, np.uint8), DocumentTrouble.CUT_OFF),
        (lambda: moved(PAPER, size=0.3), DocumentTrouble.NO_PAPER),
        (plate, DocumentTrouble.NO_PAPER),
    ],
    ids=["dim", "night", "covered", "soft", "blurred", "past the side", "past the top", "too near", "far", "a plate"],
)
def test_what_is_wrong_with_a_picture(spoilt: Callable[[], Pixels], found: DocumentTrouble) -> None:
    assert trouble(spoilt()) is found


def test_a_person_before_the_camera_is_told_so_and_the_portrait_on_a_certificate_is_none() -> None:
    assert trouble(picture(Scene.PERSON), 0.5) is DocumentTrouble.FACE
    assert trouble(PAPER, 0.5) is DocumentTrouble.FACE
    assert trouble(PAPER, 0.12) is None


def test_faces_are_not_looked_for_in_the_dark() -> None:
    def asked(_pixels: Pixels) -> Sequence[float]:
        raise AssertionError("nothing can be seen")

    assert judge(dimmed(0.1), asked).trouble is DocumentTrouble.DARK


@settings(max_examples=30)
@given(st.integers(1, 90), st.integers(1, 90), st.binary(min_size=1, max_size=300))
def test_any_picture_is_judged(width: int, height: int, noise: bytes) -> None:
    size = width * height * 3
    pixels = np.frombuffer((noise * (size // len(noise) + 1))[:size], np.uint8).reshape(height, width, 3)
    view = judge(pixels, nobody)
    assert isinstance(view, DocumentView)
    if view.paper is not None:
        assert all(0 <= place <= 1 for corner in view.paper.corners for place in corner)
