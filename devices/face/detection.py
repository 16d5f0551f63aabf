"""Finds faces: YuNet, on a picture made smaller, because a person before a kiosk is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from devices.face.models import DETECTOR, checked

if TYPE_CHECKING:  # a process that compares two files begins in the time that imports take
    from pathlib import Path

    from numpy.typing import NDArray

    from devices.face.pictures import Picture, Points

_LOOKED_AT = 320
"""Pixels of the longer side that are looked at: a fifth of the time of 640, and a face of 40 pixels is still found."""
_SURE_ENOUGH = 0.6
"""Masks lower the score: at OpenCV's own 0.9 two of three masked faces are missed, at 0.6 one of five."""
_OVERLAP, _MOST = 0.3, 20


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face in pixels of the picture. `points`: the person's right and left eye, nose tip, corners of the mouth."""

    row: NDArray[np.float32]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width, height."""
        left, top, width, height = (float(value) for value in self.row[:4])
        return left, top, width, height

    @property
    def points(self) -> Points:
        return np.asarray(self.row[4:14].reshape(5, 2), np.float32)

    @property
    def score(self) -> float:
        return float(self.row[14])

    @property
    def tilt(self) -> float:
        """Degrees by which the line of the eyes falls to the right."""
        right, left = self.points[0], self.points[1]
        return float(np.degrees(np.arctan2(left[1] - right[1], left[0] - right[0])))


class Detector:
    """For one thread."""

    def __init__(self, folder: Path) -> None:
        path = str(checked(folder, DETECTOR))
        self._net = cv2.FaceDetectorYN.create(path, "", (_LOOKED_AT, _LOOKED_AT), _SURE_ENOUGH, _OVERLAP, _MOST)

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        """All faces, the largest first."""
        scale = min(1.0, _LOOKED_AT / max(picture.shape[:2]))
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        self._net.setInputSize((small.shape[1], small.shape[0]))
        rows: object = self._net.detect(small)[1]  # None where there is no face, whatever the stubs say
        if rows is None:
            return ()
        found = np.asarray(rows, np.float32)
        found[:, :14] /= scale
        return tuple(Face(row) for row in sorted(found, key=lambda row: -float(row[2] * row[3])))
