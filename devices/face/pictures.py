"""Pictures as arrays: height x width x (blue, green, red), 8 bits each."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.personal import Portrait
from kiosk.ports.camera import Frame

Picture = NDArray[np.uint8]
Points = NDArray[np.float32]
"""n x 2 or n x 3 coordinates in pixels of a picture."""

_SMALLEST_SIDE = 112
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"BM", b"RIFF")


def picture_of(frame: Frame) -> Picture:
    """The frame's pixels as they are, not copied; nobody may write into them."""
    return np.frombuffer(frame.reveal(), np.uint8).reshape(frame.height, frame.width, 3)


def portrait_of(portrait: Portrait) -> Picture | None:
    """A reference as a picture; None where it is in a form that only its maker's library opens.

    The chip of a resident ID card holds 102 x 126 pixels in such a form (GA/T 467, WLT); some readers decode it. Faces
    as small as these are doubled, because the detector looks for larger ones.
    """
    content = portrait.reveal()
    if not content.startswith(_MAGIC):
        return None
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        return None
    small = min(decoded.shape[:2]) < 2 * _SMALLEST_SIDE
    if not small:
        return np.asarray(decoded, np.uint8)
    doubled = cv2.resize(decoded, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    decoded.fill(0)
    return np.asarray(doubled, np.uint8)


def cut(picture: Picture, centre: tuple[float, float], side: float, angle: float, out: int) -> tuple[Picture, Points]:
    """A square round `centre`, turned upright by `angle` degrees and scaled to `out` pixels, and the way back.

    The second value is the 2 x 3 matrix that brings points of the square back into the picture.
    """
    forth = np.asarray(cv2.getRotationMatrix2D(centre, angle, out / side), np.float64)
    forth[:, 2] += (out / 2 - centre[0], out / 2 - centre[1])
    square = cv2.warpAffine(picture, forth, (out, out), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(square, np.uint8), np.asarray(cv2.invertAffineTransform(forth), np.float32)
