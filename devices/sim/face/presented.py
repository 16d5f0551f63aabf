"""What can be held before a camera: a living person, and what people have tried instead of one. All of it drawn.

The attackers are not lazy: the one with a print turns it when asked to turn, the one who swaps lets the right person do
the first half, the one with a cloth answers everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.sim.face.acting import Manner, acting, resting, some_manner
from devices.sim.face.bust import HEIGHT, WIDTH, Bust, Picture, Pose, Scene, grain
from devices.sim.face.look import Colour, Look, made_up
from kiosk.ports.face import Challenge

_FPS = 15
_CLIP_SECONDS = 9.0
_BREATH = 0.8
"""Seconds between one's doing what is asked and doing it once more, because the page still asks."""


class Presented(StrEnum):
    """Living, and the species of attack in the words of ISO/IEC 30107-3: one instrument each."""

    LIVE = "live"
    PRINT = "print"
    REPLAY = "replay"
    INJECTED = "injected"
    FROZEN = "frozen"
    LOOPED = "looped"
    SWAPPED = "swapped"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Moment:
    """What whoever is there sees at `at`: what the page asks and since when, how much is done, its light."""

    at: float
    asked: Challenge | None = None
    asked_at: float = 0.0
    done: int = 0
    light: Colour = (0.0, 0.0, 0.0)


Scenery = Callable[[Moment], Picture]
"""Gives the camera's picture of a moment."""


class Living:
    """Somebody who looks at the page and does what it asks."""

    def __init__(self, look: Look, manner: Manner, random: np.random.Generator, hall: float = 1.0) -> None:
        self.bust = Bust(look)
        self._manner, self._random, self._hall = manner, random, hall
        self._last: tuple[Challenge, float] | None = None

    def __call__(self, moment: Moment) -> Picture:
        scene = Scene(self._hall, moment.light)
        return self.bust.draw(self.pose(moment), scene, self._random)

    def pose(self, moment: Moment) -> Pose:
        """A movement once begun is ended, whatever the page shows meanwhile; who is asked still does it once more."""
        if moment.asked is not None:
            again = self._manner.length + _BREATH
            times = int(max(0.0, moment.at - moment.asked_at) / again)
            self._last = (moment.asked, moment.asked_at + times * again)
        if self._last is None:
            return resting(moment.at, self._manner)
        asked, since = self._last
        return acting(moment.at, since, asked, self._manner)


class Recording:
    """Somebody filmed beforehand, doing everything that might be asked, in an order of their own; drawn when played."""

    def __init__(self, look: Look, manner: Manner, random: np.random.Generator) -> None:
        self._bust, self._manner, self._random = Bust(look), manner, random
        self._moves = [list(Challenge)[index] for index in random.permutation(len(Challenge))]
        pauses = random.uniform(0.1, 0.4, len(self._moves))
        self._begins = [0.8 + index * (manner.length + float(pause)) for index, pause in enumerate(pauses)]
        self._frames: dict[int, Picture] = {}

    def frame(self, at: float, seconds: float = _CLIP_SECONDS) -> Picture:
        """What is played at a moment; after so many seconds it begins anew, with the very same pictures."""
        number = int(at * _FPS) % int(seconds * _FPS)
        if number not in self._frames:
            self._frames[number] = self._bust.draw(self._pose(number / _FPS), Scene(), self._random)
        return self._frames[number]

    def _pose(self, at: float) -> Pose:
        current = max((index for index, begin in enumerate(self._begins) if begin <= at), default=None)
        if current is None:
            return resting(at, self._manner)
        return acting(at, self._begins[current], self._moves[current], self._manner)


def injected(recording: Recording, random: np.random.Generator) -> Scenery:
    """The recording in place of the camera, encoded anew with a grain of its own: no frame comes twice."""
    return lambda moment: _seen(recording.frame(moment.at) + grain(random, 1.0))


def frozen(still: Picture) -> Scenery:
    return lambda _moment: still


def looped(recording: Recording) -> Scenery:
    """A second and a half of somebody looking ahead, again and again."""
    return lambda moment: recording.frame(moment.at, 1.5)


def on_a_screen(recording: Recording, random: np.random.Generator) -> Scenery:
    """The recording on a tablet before the camera: its gamma, its bezel, its pixels beating with the sensor's."""
    pitch, angle = float(random.uniform(2.2, 3.6)), float(random.uniform(0.05, 0.5))
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    along = across * np.cos(angle) + down * np.sin(angle)
    other = -across * np.sin(angle) + down * np.cos(angle)
    depth = float(random.uniform(0.05, 0.12))
    grating = np.sin(2 * np.pi * along / pitch) + np.sin(2 * np.pi * other / (pitch * 1.07))
    light = (1 + np.float32(depth) * grating)[..., None]
    gamma = float(random.uniform(0.75, 1.35))
    tones = np.asarray(235 * (np.arange(256) / 255) ** gamma, np.float32)

    def see(moment: Moment) -> Picture:
        shown = tones[recording.frame(moment.at)] * light + grain(random, 2.0)
        shown[:24], shown[-24:], shown[:, :30], shown[:, -30:] = 18, 18, 18, 18
        return _seen(shown)

    return see


def _seen(light: NDArray[np.floating[Any]]) -> Picture:
    return np.asarray(np.clip(light, 0, 255), np.uint8)


def printed(still: Picture, manner: Manner, random: np.random.Generator) -> Scenery:
    """A photograph in a hand, which turns it, nods with it and brings it nearer when the page asks for that."""
    hand = Living(Look(), manner, random)
    glossy = Scene().reach * 0.3

    def see(moment: Moment) -> Picture:
        pose = hand.pose(moment)
        paper = cv2.warpPerspective(
            still, _as_plane(pose), (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=(168, 172, 170)
        ).astype(np.float32)
        glow = 1 + glossy * np.asarray(moment.light[::-1], np.float32) / 255
        return _seen(paper * np.asarray(0.94 * glow, np.float32) + grain(random, 2.0))

    return see


def _as_plane(pose: Pose) -> np.ndarray:
    """Where the corners of a flat sheet go that is turned like a head."""
    yaw, pitch = np.radians(pose.yaw * 1.3), np.radians(pose.pitch * 1.3)
    half = np.array([[-WIDTH, -HEIGHT], [WIDTH, -HEIGHT], [WIDTH, HEIGHT], [-WIDTH, HEIGHT]], np.float64) / 2
    depth = half[:, 0] * np.sin(yaw) + half[:, 1] * np.sin(pitch)
    scale = pose.near * 900 / (900 + depth)
    corners = np.stack([half[:, 0] * np.cos(yaw) * scale, half[:, 1] * np.cos(pitch) * scale], axis=1)
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    return cv2.getPerspectiveTransform((half + middle).astype(np.float32), (corners + middle).astype(np.float32))


def swapped(first: Living, second: Living) -> Scenery:
    """The one who may be here does what is asked first, then another steps in."""

    def see(moment: Moment) -> Picture:
        acting_now, waiting = (first, second) if moment.done == 0 else (second, first)
        waiting.pose(moment)
        return acting_now(moment)

    return see


def covered(person: Living, random: np.random.Generator) -> Scenery:
    """Somebody who hides half of the face behind a cloth, and does everything that is asked."""
    cloth = _CLOTHS[int(random.integers(len(_CLOTHS)))]
    part = _PARTS[int(random.integers(len(_PARTS)))]

    def see(moment: Moment) -> Picture:
        pose, picture = person.pose(moment), person(moment).copy()
        unit = 92.0 * pose.near
        x = WIDTH / 2 + pose.across * unit + unit * 0.5 * float(np.sin(np.radians(pose.yaw)))
        y = HEIGHT * 0.48 + unit * 0.5 * float(np.sin(np.radians(pose.pitch)))
        left, top, right, bottom = (int(edge) for edge in part(x, y, unit))
        place = picture[max(0, top) : bottom, max(0, left) : right]
        weave = random.normal(0, 6, place.shape)
        glow = 1 + 0.28 * np.asarray(moment.light[::-1]) / 255
        place[:] = np.clip(np.asarray(cloth[::-1]) * glow + weave, 0, 255)
        return picture

    return see


_CLOTHS: tuple[Colour, ...] = ((120, 170, 205), (40, 44, 52), (225, 228, 232), (90, 140, 100))
_Part = Callable[[float, float, float], tuple[float, float, float, float]]
_PARTS: tuple[_Part, ...] = (
    lambda x, y, unit: (x - unit, y + 0.16 * unit, x + unit, y + 1.2 * unit),
    lambda x, y, unit: (x - 1.1 * unit, y - 1.1 * unit, x - 0.06 * unit, y + 1.2 * unit),
    lambda x, y, unit: (x + 0.06 * unit, y - 1.1 * unit, x + 1.1 * unit, y + 1.2 * unit),
)


def presented(kind: Presented, seed: str, other: str = "") -> Scenery:
    """One of each kind, always the same for the same seed; `other` is who steps in when somebody does."""
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[8:16], "big"))
    look, manner, hall = made_up(seed), some_manner(random), float(random.uniform(0.75, 1.1))
    match kind:
        case Presented.LIVE:
            return Living(look, manner, random, hall)
        case Presented.SWAPPED:
            return swapped(Living(look, manner, random), Living(made_up(other or f"{seed} other"), manner, random))
        case Presented.COVERED:
            return covered(Living(look, manner, random), random)
        case Presented.PRINT:
            return printed(Bust(look).draw(Pose(), Scene(), random), manner, random)
        case Presented.FROZEN:
            return frozen(Bust(look).draw(Pose(), Scene(), random))
        case Presented.LOOPED:
            return looped(Recording(look, manner, random))
        case Presented.REPLAY:
            return on_a_screen(Recording(look, manner, random), random)
        case Presented.INJECTED:
            return injected(Recording(look, manner, random), random)
        case _ as never:
            assert_never(never)
