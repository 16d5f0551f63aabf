"""A frame as the array that OpenCV works on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.ports.camera import BYTES_A_PIXEL, Frame

Pixels = NDArray[np.uint8]
"""Height × width × (blue, green, red), or height × width of grey."""


def pixels_of(frame: Frame) -> Pixels:
    """The frame's own memory, not to be written to."""
    return np.frombuffer(frame.reveal(), np.uint8).reshape(frame.height, frame.width, BYTES_A_PIXEL)


def grey(pixels: Pixels, width: int) -> Pixels:
    """Brightness, shrunk to `width` by averaging; a picture that is smaller stays as it is."""
    small = pixels
    if pixels.shape[1] > width:
        height = max(1, round(pixels.shape[0] * width / pixels.shape[1]))
        small = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
