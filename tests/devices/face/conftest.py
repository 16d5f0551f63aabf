from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from devices.face.challenges import Plan, draw_plan
from devices.face.embedding import Embedder, Template
from devices.face.glance import Watcher
from devices.face.judging import Limits
from devices.face.models import missing, models_folder
from devices.face.moves import Amplitudes
from devices.face.quality import Gate
from devices.face.trial import Instruments, Trial
from devices.sim.face.presented import Moment, Presented, Scenery, presented
from kiosk.ports.face import FaceAnswer, Need

FPS = 15
Try = Callable[..., FaceAnswer]


@pytest.fixture(scope="session")
def tools() -> Instruments:
    folder = models_folder()
    if missing(folder):
        pytest.skip(f"no face models ({', '.join(missing(folder))}): make setup fetches them")
    return Instruments(Watcher(folder, Gate()), Embedder(folder), Limits(), Amplitudes())


@pytest.fixture
def attempt(tools: Instruments) -> Try:
    """One try of somebody before the camera, in simulated time."""

    def run(
        kind: Presented,
        seed: str,
        *,
        other: str = "",
        reference: Template | None = None,
        needs: frozenset[Need] = frozenset(),
        scenery: Scenery | None = None,
    ) -> FaceAnswer:
        below = random.Random(seed).randrange
        plan = draw_plan(needs, 2, below)
        assert plan is not None
        return play(Trial(tools, plan, reference, below), scenery or presented(kind, seed, other))

    return run


def play(trial: Trial, scenery: Scenery, seconds: float = 25.0) -> FaceAnswer:
    asked, asked_at = None, 0.0
    for number in range(int(seconds * FPS)):
        at, progress = number / FPS, trial.progress
        if progress.asked != asked:
            asked, asked_at = progress.asked, at
        light = progress.light
        colour = (float(light.red), float(light.green), float(light.blue)) if light else (0.0, 0.0, 0.0)
        answer = trial.see(scenery(Moment(at, asked, asked_at, progress.done, colour)), at)
        if answer is not None:
            return answer
    raise AssertionError(f"no answer: {trial.why}")


def some_plan(seed: str = "plan") -> Plan:
    plan = draw_plan(frozenset(), 2, random.Random(seed).randrange)
    assert plan is not None
    return plan
