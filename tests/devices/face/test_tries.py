"""Whole tries with drawn people: the living pass, and no attack does, one of each kind here and ten in the long run."""

from __future__ import annotations

import numpy as np
import pytest

from devices.face.embedding import Template
from devices.face.trial import Instruments
from devices.sim.face.bust import Bust, Pose, Scene
from devices.sim.face.look import made_up
from devices.sim.face.presented import Moment, Presented, Scenery, presented
from kiosk.faults import FaultCode
from kiosk.ports.face import FaceAccepted, FaceNotTried, FaceRefused, Need, Provider, Refusal
from tests.devices.face.conftest import Try
from tests.support.proofs import Proved

SOMEBODY, STRANGER = "zhangsan", "liguihua"
"""Drawn people whom the comparison holds apart."""
ATTACKS = [kind for kind in Presented if kind is not Presented.LIVE]


def template_of(tools: Instruments, seed: str) -> Template:
    picture = Bust(made_up(seed)).draw(Pose(), Scene(), np.random.default_rng(3))
    return tools.embedder.template(picture, tools.watcher.faces(picture)[0])


def test_a_living_person_passes_and_nothing_is_claimed_beyond_it(attempt: Try) -> None:
    answer = attempt(Presented.LIVE, SOMEBODY)
    assert isinstance(answer, FaceAccepted), answer
    evidence = answer.evidence
    assert (evidence.provider, evidence.compared, evidence.certified_pad) == (Provider.LOCAL, False, False)
    assert not evidence.provider.authorises
    assert answer.auth_no is None
    assert len(evidence.asked) == 2
    assert evidence.seconds < 6


def test_the_person_of_the_picture_passes_and_another_does_not(attempt: Try, tools: Instruments) -> None:
    same = attempt(Presented.LIVE, SOMEBODY, reference=template_of(tools, SOMEBODY))
    assert isinstance(same, FaceAccepted)
    assert same.evidence.compared
    other = attempt(Presented.LIVE, SOMEBODY, reference=template_of(tools, STRANGER))
    assert isinstance(other, FaceRefused)
    assert (other.refusal, other.fault) == (Refusal.COMPARISON_NON_MATCH, FaultCode.FACE_NOT_SAME)


def test_who_cannot_turn_is_not_asked_to(attempt: Try) -> None:
    answer = attempt(Presented.LIVE, SOMEBODY, needs=frozenset({Need.STIFF_NECK}))
    assert isinstance(answer, FaceAccepted), answer


@pytest.mark.parametrize("kind", ATTACKS)
def test_no_attack_passes(attempt: Try, kind: Presented) -> None:
    answer = attempt(kind, SOMEBODY, other=STRANGER)
    assert isinstance(answer, FaceRefused | FaceNotTried), answer


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", ATTACKS)
def test_ten_of_each_attack_fail(attempt: Try, tools: Instruments, kind: Presented, proved: Proved) -> None:
    for number in range(10):
        seed = f"long {number}"
        answer = attempt(kind, seed, other=stranger(tools, seed))
        assert not isinstance(answer, FaceAccepted), seed
    proved("presented attacks refused", 10)


def stranger(tools: Instruments, seed: str) -> str:
    """Somebody whom the comparison tells from this one: whom it cannot tell apart is another figure."""
    mine = template_of(tools, seed)
    names = (f"{seed} other {number}" for number in range(200))
    return next(name for name in names if mine.likeness(template_of(tools, name)) < 0.45)


def test_a_camera_that_goes_black_half_way_is_no_yes(attempt: Try) -> None:
    living = presented(Presented.LIVE, SOMEBODY)

    def fading(moment: Moment) -> np.ndarray:
        grain = np.random.default_rng(int(moment.at * 1000)).integers(0, 4, (480, 640, 3), np.uint8)
        return living(moment) if moment.at < 1.5 else grain

    scenery: Scenery = fading
    answer = attempt(Presented.LIVE, SOMEBODY, scenery=scenery)
    assert isinstance(answer, FaceRefused)
    assert answer.fault is FaultCode.FACE_NOT_SEEN
