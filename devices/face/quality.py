"""Whether a picture does: one large, sharp, lit, uncovered face near the middle; else what to change about it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.face.detection import Face
from devices.face.mesh import Mesh
from devices.face.pictures import Picture
from kiosk.ports.face import Hint


@dataclass(frozen=True, slots=True)
class Gate:
    """Limits. Distances are shares of the picture's width, light is 0 to 255, colour in units of CIE Lab.

    `whole` is how sure the detector is of a face of which nothing is hidden: 0.90 or more for 99 of 100 photographs of
    LFW, less for each of 24 drawn faces with a cloth over one half.
    """

    second_face: float = 0.25
    nearest: float = 0.30
    farthest: float = 0.06
    aside: float = 0.22
    darkest: float = 45.0
    brightest: float = 225.0
    sharpness: float = 18.0
    cover: float = 17.0
    whole: float = 0.9


_SAMPLE = 112
_BRIDGE = (8, 9)
"""Between the brows and between the eyes: what no mask and seldom hair covers."""
_RIGHT_CHEEK, _LEFT_CHEEK, _MIDDLE = (50, 205), (280, 425), (4, 205, 425)


def hint_of(picture: Picture, faces: tuple[Face, ...], mesh: Mesh | None, gate: Gate) -> Hint | None:
    """What is in the way, the most helpful thing first; None when the picture does."""
    nearest = next(iter(faces), None)
    if nearest is None or mesh is None:
        return Hint.NOBODY
    if any(_area(other) > gate.second_face * _area(nearest) for other in faces[1:]):
        return Hint.SEVERAL
    return _placed(picture, nearest, mesh, gate) or _lit(picture, nearest, mesh, gate)


def _area(face: Face) -> float:
    return face.box[2] * face.box[3]


def _placed(picture: Picture, face: Face, mesh: Mesh, gate: Gate) -> Hint | None:
    width, (left, _, across, _) = picture.shape[1], face.box
    if abs((left + across / 2) / width - 0.5) > gate.aside:
        return Hint.TO_THE_MIDDLE
    if mesh.between_eyes / width < gate.farthest:
        return Hint.CLOSER
    return Hint.BACK if mesh.between_eyes / width > gate.nearest else None


def _lit(picture: Picture, face: Face, mesh: Mesh, gate: Gate) -> Hint | None:
    sample = face_sample(picture, face)
    grey = cv2.cvtColor(sample, cv2.COLOR_BGR2GRAY)
    light = float(grey.mean())
    if light < gate.darkest:
        return Hint.DARK
    if light > gate.brightest:
        return Hint.BRIGHT
    if float(cv2.Laplacian(grey, cv2.CV_64F).var()) < gate.sharpness:
        return Hint.BLURRED
    return Hint.COVERED if face.score < gate.whole or covered(picture, mesh, gate.cover) else None


def face_sample(picture: Picture, face: Face) -> Picture:
    """The detector's box, as a small picture of always the same size."""
    left, top, across, down = (int(value) for value in face.box)
    part = picture[max(0, top) : max(1, top + down), max(0, left) : max(1, left + across)]
    if part.size == 0:
        return np.zeros((_SAMPLE, _SAMPLE, 3), np.uint8)
    return np.asarray(cv2.resize(part, (_SAMPLE, _SAMPLE), interpolation=cv2.INTER_AREA), np.uint8)


def covered(picture: Picture, mesh: Mesh, limit: float) -> bool:
    """A mask, a scarf, a hand with something in it: parts of the face that are not of the colour between the brows.

    Nose and one cheek, or all of one side. What is of the colour of skin is not found this way.
    """
    skin = np.mean([_colour(picture, mesh, point) for point in _BRIDGE], axis=0)

    def strange(points: tuple[int, ...]) -> list[bool]:
        return [float(np.linalg.norm(_colour(picture, mesh, point) - skin)) > limit for point in points]

    return sum(strange(_MIDDLE)) >= 2 or all(strange(_RIGHT_CHEEK)) or all(strange(_LEFT_CHEEK))


def _colour(picture: Picture, mesh: Mesh, point: int) -> NDArray[np.float32]:
    """Hue and saturation round a point, without lightness: shadows are no cover."""
    x, y = (round(float(value)) for value in mesh.points[point, :2])
    size = max(2, int(mesh.between_eyes / 16))
    patch = picture[max(0, y - size) : max(1, y + size), max(0, x - size) : max(1, x + size)]
    if patch.size == 0:
        return np.zeros(2, np.float32)
    mean = np.asarray(patch.reshape(-1, 3).mean(axis=0) / 255, np.float32).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(mean, cv2.COLOR_BGR2LAB)[0, 0, 1:], np.float32)
