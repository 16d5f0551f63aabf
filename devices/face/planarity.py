"""Whether what turned is flat: a print or a screen turns as one plane, a nose moves before its cheeks."""

from __future__ import annotations

import cv2
import numpy as np

from devices.face.mesh import CHEEK_LEFT, CHEEK_RIGHT, CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE, Mesh

_OUTLINE = (FOREHEAD, CHIN, CHEEK_RIGHT, CHEEK_LEFT, *RIGHT_EYE, *LEFT_EYE, 61, 291, 17, 0)
"""Points round the face that a plane is laid through: brow, chin, cheeks, corners of eyes and mouth, lips."""
_STANDING_OUT = (1, 4, 5, 195)
"""The nose."""


def depth(rest: Mesh, turned: Mesh) -> float:
    """How far the nose ends up from where a flat picture would bring it, in distances between the eyes.

    The plane through brow, cheeks, eyes, mouth and chin is followed from one mesh to the other by a homography
    (Hartley & Zisserman, 13.1); what stands out of the plane moves by its own parallax.
    """
    outline = list(_OUTLINE)
    found: object = cv2.findHomography(rest.points[outline, :2], turned.points[outline, :2], 0)[0]
    if found is None:  # points in a line; the stubs know no such answer
        return 0.0
    plane = np.asarray(found, np.float64)
    nose = rest.points[list(_STANDING_OUT), :2].reshape(-1, 1, 2)
    flat = cv2.perspectiveTransform(nose, plane).reshape(-1, 2)
    moved = np.linalg.norm(turned.points[list(_STANDING_OUT), :2] - flat, axis=1)
    return float(moved.mean()) / max(rest.between_eyes, 1.0)
