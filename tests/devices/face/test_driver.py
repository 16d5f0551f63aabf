"""The verifier as the kiosk holds it: nothing loaded early, nothing kept late, and what is missing is said."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.face.driver import DRIVER, LocalFaces
from devices.face.models import FILES
from devices.face.settings import LocalFaceSettings
from devices.sim.face.chip import chip_picture
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.face import FaceAccepted, FaceAnswer, FaceNotTried, FaceRefused, FaceTask, Purpose
from kiosk.ports.health import DeviceState
from tests.devices.face.watched import Watched


@pytest.fixture
def verifier(host: Host, tools: object) -> Iterator[LocalFaces]:
    made = LocalFaces(LocalFaceSettings(), host)
    made.open()
    yield made
    made.close()


def verified(verifier: LocalFaces, watched: Watched, host: Host, task: FaceTask) -> FaceAnswer | None:
    deadline = Monotonic(host.clock.monotonic() + 30.0)
    return verifier.verify(task, watched.slot, watched.tell, deadline, Cancel())


def test_the_person_of_the_chip_is_accepted(verifier: LocalFaces, host: Host) -> None:
    task = FaceTask(Purpose.ADMISSION, Portrait(chip_picture("zhangsan")))
    with Watched(host) as watched:
        answer = verified(verifier, watched, host, task)
    assert isinstance(answer, FaceAccepted | FaceRefused), answer
    assert answer.evidence.compared
    likeness = next(signal for signal in answer.evidence.signals if signal.name == "likeness")
    assert likeness.found is not None
    assert likeness.found > likeness.demanded


def test_a_camera_that_gives_nothing_is_told_so(verifier: LocalFaces, host: Host) -> None:
    slot, deadline = FrameSlot(host.clock), Monotonic(host.clock.monotonic() + 30)
    answer = verifier.verify(FaceTask(Purpose.PRESENCE), slot, lambda _: None, deadline, Cancel())
    assert answer == FaceNotTried(FaultCode.CAMERA_GONE)


def test_a_camera_that_goes_half_way_is_told_so(verifier: LocalFaces, host: Host) -> None:
    with Watched(host) as watched:
        threading.Timer(1.5, watched.go).start()
        assert verified(verifier, watched, host, FaceTask(Purpose.PRESENCE)) == FaceNotTried(FaultCode.CAMERA_GONE)


def test_who_is_cancelled_gets_no_answer_and_leaves_no_look_behind(verifier: LocalFaces, host: Host) -> None:
    cancel, deadline = Cancel(), Monotonic(host.clock.monotonic() + 30)
    with Watched(host) as watched:
        threading.Timer(0.5, cancel.cancel).start()
        assert verifier.verify(FaceTask(Purpose.PRESENCE), watched.slot, watched.tell, deadline, cancel) is None
        assert not watched.slot.wanted
    assert watched.slot.newest() is None


def test_missing_and_wrong_models_are_said_and_nothing_is_tried(host: Host, tmp_path: Path) -> None:
    empty = LocalFaces(LocalFaceSettings(models=tmp_path), host)
    empty.open()
    assert empty.status().warnings == (FaultCode.FACE_MODELS_MISSING,)
    for file in FILES:
        (tmp_path / file.name).write_bytes(b"another file")
    assert empty.status().state is DeviceState.ONLINE  # there; whether they are the right ones shows when they load
    slot, soon = FrameSlot(host.clock), Monotonic(host.clock.monotonic() + 5)
    answer = empty.verify(FaceTask(Purpose.PRESENCE), slot, lambda _: None, soon, Cancel())
    assert answer == FaceNotTried(FaultCode.FACE_MODELS_MISSING)
    assert empty.status().warnings == (FaultCode.FACE_MODELS_MISSING,)


def test_opening_loads_neither_opencv_nor_models() -> None:
    program = (
        "import logging, sys\n"
        "from devices.face.driver import DRIVER\n"
        "from kiosk.engine.clock import SystemClock\n"
        "from kiosk.ports.driver import Host\n"
        "device = DRIVER.make(DRIVER.settings(), Host(SystemClock(), logging.getLogger()))\n"
        "device.open(); device.status()\n"
        "assert not {'cv2', 'numpy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not DRIVER.simulated


def test_a_chips_picture_is_no_larger_than_a_chip() -> None:
    content = chip_picture("liguihua")
    assert len(content) == 1024
    assert content.startswith(b"RIFF")
