"""One look at a frame: everything that is measured on every frame, in about 15 ms of one core."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from devices.face.detection import Detector, Face
from devices.face.eyes import EyeReader
from devices.face.mesh import Mesh, Mesher
from devices.face.pictures import Picture
from devices.face.quality import Gate, hint_of
from kiosk.ports.face import Hint


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """What one frame showed at `at` seconds. Angles in degrees, `eyes` in pixels, `tint` as `tint_of` says.

    `face` and `mesh` are None when nobody is there; then the figures are 0.
    """

    at: float
    hint: Hint | None
    face: Face | None = None
    mesh: Mesh | None = None
    yaw: float = 0.0
    pitch: float = 0.0
    eyes: float = 0.0
    openness: float = 0.0
    tint: tuple[float, float] = (0.0, 0.0)


class Watcher:
    """For one thread."""

    def __init__(self, folder: Path, gate: Gate) -> None:
        self._detector, self._mesher, self._eyes = Detector(folder), Mesher(folder), EyeReader(folder)
        self._gate = gate

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        return self._detector.faces(picture)

    def look(self, picture: Picture, at: float) -> Glance:
        faces = self._detector.faces(picture)
        if not faces:
            return Glance(at, Hint.NOBODY)
        face = faces[0]
        mesh = self._mesher.mesh(picture, face)
        return Glance(
            at,
            hint_of(picture, faces, mesh, self._gate),
            face,
            mesh,
            mesh.yaw,
            mesh.pitch,
            mesh.between_eyes,
            self._eyes.openness(picture, mesh),
            tint_of(picture, face),
        )


def tint_of(picture: Picture, face: Face) -> tuple[float, float]:
    """How much redder and bluer than green the face is, against the same of the wall beside it.

    Logarithms of ratios: the colour of the hall's light, which falls on both, cancels out; the display's light, which
    reaches only what is near, stays.
    """
    left, top, across, down = face.box
    middle = _mean(picture, left + across * 0.2, top + down * 0.2, left + across * 0.8, top + down * 0.85)
    edge = 0.35 * across
    beside = [
        _mean(picture, 0, 0, left - edge, top + down * 0.6),
        _mean(picture, left + across + edge, 0, picture.shape[1], top + down * 0.6),
    ]
    wall = np.mean([mean for mean in beside if mean is not None] or [np.full(3, 128.0)], axis=0)
    face_colour = wall if middle is None else middle
    ratio = np.log(face_colour + 1) - np.log(wall + 1)
    return float(ratio[2] - ratio[1]), float(ratio[0] - ratio[1])


def _mean(picture: Picture, left: float, top: float, right: float, bottom: float) -> np.ndarray | None:
    part = picture[max(0, int(top)) : max(0, int(bottom)) : 3, max(0, int(left)) : max(0, int(right)) : 3]
    return part.reshape(-1, 3).mean(axis=0) if part.size else None
