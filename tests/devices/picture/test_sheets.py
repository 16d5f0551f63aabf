"""What the judge of papers makes of a frame: a file to send, or the first thing that is wrong."""

from __future__ import annotations

import logging
import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.face.models import missing, models_folder
from devices.picture.sheets import SheetJudge, SheetSettings
from devices.sim.camera.drawing import Scene, frames
from kiosk.engine.clock import SystemClock
from kiosk.ports.camera import Frame
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.photograph import Photograph, PictureTrouble


def frame(scene: Scene) -> Frame:
    picture = next(frames(scene))
    pixels = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)
    return Frame(pixels.tobytes(), picture.width, picture.height, 0, Monotonic(0.0))


def judge(models: Path | None = None) -> SheetJudge:
    return SheetJudge(SheetSettings(models=models), Host(SystemClock(), logging.getLogger("kiosk.papers")))


@pytest.mark.parametrize(
    ("scene", "trouble"),
    [
        (Scene.SHEET_DARK, PictureTrouble.DARK),
        (Scene.SHEET_BLURRED, PictureTrouble.BLURRED),
        (Scene.SHEET_CUT_OFF, PictureTrouble.CUT_OFF),
        (Scene.DESK, PictureTrouble.DARK),
    ],
)
def test_what_will_not_do_says_why(scene: Scene, trouble: PictureTrouble) -> None:
    assert judge().judge(frame(scene)) is trouble


def test_a_good_one_is_the_file_that_is_sent() -> None:
    taken = judge().judge(frame(Scene.SHEET))
    assert isinstance(taken, Photograph)
    read = cv2.imdecode(np.frombuffer(taken.reveal(), np.uint8), cv2.IMREAD_COLOR)
    assert read is not None
    assert (read.shape[1], read.shape[0]) == (taken.width, taken.height) == (854, 480)
    assert repr(taken) == "Photograph(854x480)"
    with pytest.raises(TypeError):
        pickle.dumps(taken)


def test_a_wide_picture_is_made_as_wide_as_a_reader_needs() -> None:
    picture = next(frames(Scene.SHEET)).resize((3416, 1920))
    pixels = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)
    taken = judge().judge(Frame(pixels.tobytes(), 3416, 1920, 0, Monotonic(0.0)))
    assert isinstance(taken, Photograph)
    assert (taken.width, taken.height) == (1600, 899)


@pytest.mark.skipif(bool(missing(models_folder())), reason="models of faces are not fetched")
def test_a_face_is_told_from_a_paper() -> None:
    assert judge().judge(frame(Scene.PERSON)) is PictureTrouble.FACE


def test_without_the_model_a_person_is_a_picture_without_a_paper(tmp_path: Path) -> None:
    assert judge(tmp_path).judge(frame(Scene.PERSON)) in {PictureTrouble.NO_PAPER, PictureTrouble.CUT_OFF}
