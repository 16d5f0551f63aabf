"""How far the eyes are open, from MediaPipe's contour of one eye: 71 points, the first sixteen of them the lids."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.face.mesh import LEFT_EYE, RIGHT_EYE, Mesh
from devices.face.models import IRIS, checked
from devices.face.pictures import Picture, cut

_SIDE, _CONTOUR = 64, 71
_ROOM = 2.3
_OUTPUT = "output_eyes_contours_and_brows"
_LOWER, _UPPER, _CORNERS = slice(3, 6), slice(11, 14), (0, 8)


class EyeReader:
    """For one thread. The mesh's own lids hardly move when an eye shuts; this model's do."""

    def __init__(self, folder: Path) -> None:
        self._net = cv2.dnn.readNetFromTFLite(str(checked(folder, IRIS)))

    def openness(self, picture: Picture, mesh: Mesh) -> float:
        """The opening over the width, mean of both eyes: 0.25 to 0.4 when open, near 0 shut, and each person's own.

        Mean, not least: a head that turns hides one eye behind the nose, and the far lid is read badly.
        """
        right = self._one(picture, mesh, RIGHT_EYE, mirrored=False)
        left = self._one(picture, mesh, LEFT_EYE, mirrored=True)
        return (right + left) / 2

    def _one(self, picture: Picture, mesh: Mesh, corners: tuple[int, int], *, mirrored: bool) -> float:
        outer, inner = (mesh.points[corner, :2] for corner in corners)
        across = outer - inner if mirrored else inner - outer
        angle = float(np.degrees(np.arctan2(across[1], across[0])))
        middle = (outer + inner) / 2
        side = max(8.0, _ROOM * float(np.linalg.norm(across)))
        square, _ = cut(picture, (float(middle[0]), float(middle[1])), side, angle, _SIDE)
        seen = np.ascontiguousarray(square[:, ::-1]) if mirrored else square  # the model knows right eyes
        opened = _openness(self._contour(seen))
        square.fill(0)
        seen.fill(0)
        return opened

    def _contour(self, square: Picture) -> NDArray[np.float32]:
        self._net.setInput(cv2.dnn.blobFromImage(square, 1 / 255, (_SIDE, _SIDE), swapRB=True))
        return np.asarray(self._net.forward(_OUTPUT), np.float32).reshape(_CONTOUR, 3)


def _openness(contour: NDArray[np.float32]) -> float:
    first, last = (contour[corner, :2] for corner in _CORNERS)
    width = max(1.0, float(np.linalg.norm(last - first)))
    return float(contour[_LOWER, 1].mean() - contour[_UPPER, 1].mean()) / width
