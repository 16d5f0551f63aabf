"""Comparison on the fold of LFW that a setting points to: as it is, like an ID chip's picture, masked, and dark.

The photographs are of real people, for research: they are measured with, never copied, shown or kept.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from devices.face.detection import Detector, Face
from devices.face.embedding import Embedder, Template
from devices.face.mesh import Mesher
from devices.face.models import models_folder
from devices.face.pictures import Picture, portrait_of
from kiosk.domain.personal import Portrait
from tests.face_eval.rates import Scores

_CHIP = (102, 126)
_CHIP_QUALITY = 45
_ROOM = (0.45, 0.75, 0.45, 0.4)
"""Of the face's box, left, above, right and below: how an ID picture is cut."""
_MASK = (127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 152, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356, 195)
"""From ear to ear along the jaw and up to the bridge of the nose."""


@dataclass(frozen=True, slots=True)
class Pair:
    first: str
    second: str
    same: bool


@dataclass(slots=True)
class Compared:
    """`genuine` and `impostors` are the fold's own pairs; `strangers` all pairs of different people, where computed."""

    genuine: Scores
    impostors: Scores
    strangers: Scores = field(default_factory=lambda: np.zeros(0))
    missed: int = 0


class Comparison:
    """Templates of each picture once; a picture without a face is one that could not be acquired."""

    def __init__(self, folder: Path) -> None:
        self._images = folder / "images"
        models = models_folder()
        self._detector, self._embedder, self._mesher = Detector(models), Embedder(models), Mesher(models)
        with (folder / "pairs.csv").open(encoding="utf-8") as file:
            rows = csv.DictReader(file)
            self.pairs = [Pair(row["image_a"], row["image_b"], row["same"] == "1") for row in rows]
        self._plain = dict(self._templates(lambda picture, _face: picture))

    def plain(self) -> Compared:
        found = self._compared(self._plain)
        names = sorted(self._plain)
        people = np.array([name.rsplit("_", 1)[0] for name in names])
        rows = np.array([[self._plain[one].likeness(other) for other in self._plain.values()] for one in names])
        order = [list(self._plain).index(name) for name in names]
        strangers = people[:, None] != people[None, :]
        found.strangers = rows[:, order][np.triu(strangers, 1)]
        return found

    def like_a_chip(self) -> Compared:
        """The second picture cut and pressed to what an ID card's chip holds."""
        return self._compared(dict(self._templates(_chip)))

    def masked(self) -> Compared:
        """The second picture with a surgical mask painted from nose to chin."""
        return self._compared(dict(self._templates(self._mask)))

    def dark(self) -> Compared:
        """The second picture at a sixth of the light, with the sensor's noise that comes with it."""
        return self._compared(dict(self._templates(_darkened)))

    def _mask(self, picture: Picture, face: Face) -> Picture:
        mesh = self._mesher.mesh(picture, face)
        outline = cv2.convexHull(mesh.points[list(_MASK), :2].astype(np.int32))
        covered = picture.copy()
        cv2.fillConvexPoly(covered, outline, (214, 205, 190), cv2.LINE_AA)
        return covered

    def _templates(self, change: Callable[[Picture, Face], Picture]) -> Iterator[tuple[str, Template]]:
        for name in sorted({name for pair in self.pairs for name in (pair.first, pair.second)}):
            picture = np.asarray(cv2.imread(str(self._images / name)), np.uint8)
            faces = self._detector.faces(picture)
            if not faces:
                continue
            changed = change(picture, _central(faces, picture))
            again = self._detector.faces(changed)
            if again:
                yield name, self._embedder.template(changed, _central(again, changed))

    def _compared(self, second: dict[str, Template]) -> Compared:
        scores: dict[bool, list[float]] = {True: [], False: []}
        missed = 0
        for pair in self.pairs:
            if pair.first not in self._plain or pair.second not in second:
                missed += 1
                continue
            scores[pair.same].append(self._plain[pair.first].likeness(second[pair.second]))
        return Compared(np.array(scores[True]), np.array(scores[False]), missed=missed)


def _central(faces: tuple[Face, ...], picture: Picture) -> Face:
    """The one nearest the middle: others in the background are not whom the picture is named after."""
    tall, wide = picture.shape[:2]

    def aside(face: Face) -> float:
        left, top, across, down = face.box
        return float(np.hypot(left + (across - wide) / 2, top + (down - tall) / 2))

    return min(faces, key=aside)


def _chip(picture: Picture, face: Face) -> Picture:
    left, top, across, down = face.box
    before, above, after, below = _ROOM
    x, y = max(0, int(left - before * across)), max(0, int(top - above * down))
    part = picture[y : int(top + down * (1 + below)), x : int(left + across * (1 + after))]
    small = cv2.resize(part, _CHIP, interpolation=cv2.INTER_AREA)
    pressed = cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, _CHIP_QUALITY))[1].tobytes()
    opened = portrait_of(Portrait(pressed))  # the way the kiosk takes it
    return picture if opened is None else opened


def _darkened(picture: Picture, _face: Face) -> Picture:
    noise = np.random.default_rng(picture.size).normal(0, 2.5, picture.shape)
    return np.asarray(np.clip(picture / 6.0 + noise, 0, 255), np.uint8)
