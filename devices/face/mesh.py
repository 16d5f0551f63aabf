"""The face as 468 points in space, numbered as in MediaPipe's face_mesh_connections, and how it is turned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from devices.face.detection import Face
from devices.face.models import MESH, checked
from devices.face.pictures import Picture, Points, cut

_SIDE, _POINTS = 192, 468
_ROOM = 1.5
"""The square that is looked at is so much larger than the detector's box, as the model was trained."""
FOREHEAD, CHIN, CHEEK_RIGHT, CHEEK_LEFT = 10, 152, 234, 454
RIGHT_EYE, LEFT_EYE = (33, 133), (263, 362)
"""Outer and inner corner; right and left are the person's."""


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """`points` are 468 x 3 in pixels of the picture; the third grows away from the camera."""

    points: Points

    @property
    def yaw(self) -> float:
        """Degrees; positive towards the person's left."""
        across = self.points[CHEEK_LEFT] - self.points[CHEEK_RIGHT]
        return float(np.degrees(np.arctan2(across[2], across[0])))

    @property
    def pitch(self) -> float:
        """Degrees; greater when the chin goes down. Not zero for a person who looks ahead: faces are not flat."""
        down = self.points[CHIN] - self.points[FOREHEAD]
        return float(np.degrees(np.arctan2(down[2], down[1])))

    @property
    def between_eyes(self) -> float:
        """Pixels between the middles of the eyes: how near the person is, while they look ahead."""
        right, left = (self.points[list(eye), :2].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
        return float(np.linalg.norm(left - right))


class Mesher:
    """For one thread."""

    def __init__(self, folder: Path) -> None:
        self._net = cv2.dnn.readNetFromTFLite(str(checked(folder, MESH)))

    def mesh(self, picture: Picture, face: Face) -> Mesh:
        left, top, width, height = face.box
        side = _ROOM * max(width, height)
        square, back = cut(picture, (left + width / 2, top + height / 2), side, face.tilt, _SIDE)
        self._net.setInput(cv2.dnn.blobFromImage(square, 1 / 255, (_SIDE, _SIDE), swapRB=True))
        points = np.asarray(self._net.forward(), np.float32).reshape(_POINTS, 3)
        flat = points[:, :2] @ back[:, :2].T + back[:, 2]
        return Mesh(np.column_stack((flat, points[:, 2] * side / _SIDE)).astype(np.float32))
