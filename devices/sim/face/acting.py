"""What a drawn person does over time: rests as living people rest, and answers what they are asked, after a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from devices.sim.face.bust import Pose
from kiosk.ports.face import Challenge

_FULL: dict[Challenge, Pose] = {
    Challenge.TURN_LEFT: Pose(yaw=24.0),
    Challenge.TURN_RIGHT: Pose(yaw=-24.0),
    Challenge.NOD: Pose(pitch=15.0),
    Challenge.CLOSER: Pose(near=1.28),
    Challenge.BLINK: Pose(opened=0.0),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody moves: seconds to begin, to go there, to stay and to come back; `vigour` how far, 1 is usual."""

    reaction: float = 0.45
    there: float = 0.40
    stay: float = 0.15
    back: float = 0.35
    vigour: float = 1.0
    sway: float = 1.0

    @property
    def length(self) -> float:
        return self.reaction + self.there + self.stay + self.back


def some_manner(random: np.random.Generator) -> Manner:
    """People between brisk and slow."""
    return Manner(
        reaction=float(random.uniform(0.3, 0.7)),
        there=float(random.uniform(0.3, 0.6)),
        stay=float(random.uniform(0.1, 0.25)),
        back=float(random.uniform(0.3, 0.5)),
        vigour=float(random.uniform(0.9, 1.2)),
        sway=float(random.uniform(0.5, 1.5)),
    )


def resting(at: float, manner: Manner) -> Pose:
    """Nobody stands still: a slow sway of a degree or two, and a blink now and then."""
    sway = manner.sway
    blinks = (at + 1.7) % 3.9 < 0.12
    return Pose(
        yaw=1.2 * sway * float(np.sin(at * 1.1)),
        pitch=0.8 * sway * float(np.sin(at * 0.8 + 1)),
        roll=1.0 * sway * float(np.sin(at * 0.6 + 2)),
        near=1.0 + 0.008 * sway * float(np.sin(at * 0.9)),
        across=0.02 * sway * float(np.sin(at * 0.7)),
        opened=0.1 if blinks else 1.0,
    )


def acting(at: float, asked_at: float, challenge: Challenge, manner: Manner) -> Pose:
    """The pose at a moment while the person answers a challenge that was asked at another."""
    full, share = _FULL[challenge], _share(at - asked_at, manner)
    pose, vigour = resting(at, manner), share * manner.vigour
    if challenge is Challenge.BLINK:
        return replace(pose, opened=1.0 - share)
    return replace(
        pose,
        yaw=pose.yaw + full.yaw * vigour,
        pitch=pose.pitch + full.pitch * vigour,
        near=pose.near * (1 + (full.near - 1) * vigour),
    )


def _share(since: float, manner: Manner) -> float:
    """How far the movement has gone, 0 to 1, gently at both ends."""
    going = np.clip((since - manner.reaction) / manner.there, 0, 1)
    leaving = np.clip((since - manner.reaction - manner.there - manner.stay) / manner.back, 0, 1)
    along = float(going - leaving)
    return along * along * (3 - 2 * along)
