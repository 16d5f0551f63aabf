"""Whether a grid shines through: pixels of a screen and dots of a print beat with the sensor's and leave peaks."""

from __future__ import annotations

import cv2
import numpy as np

from devices.face.detection import Face
from devices.face.pictures import Picture

_SIDE = 128
_LOWEST, _HIGHEST = 12, 60
"""Periods a side: below lie the features of a face, above the end of the picture."""


def grid_strength(picture: Picture, face: Face) -> float:
    """The strongest single frequency of the face, in times of what is usual at that distance from the middle.

    Skin gives noise that falls evenly with frequency; a grid stands out of it.
    """
    left, top, across, down = face.box
    centre = (left + across / 2, top + down / 2)
    size = int(min(_SIDE, across, down))
    x, y = int(centre[0] - size / 2), int(centre[1] - size / 2)
    part = picture[max(0, y) : max(0, y) + size, max(0, x) : max(0, x) + size]
    if min(part.shape[:2]) < 48:
        return 0.0
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY).astype(np.float32)
    return _peak(grey - cv2.GaussianBlur(grey, (0, 0), 3))


def _peak(grey: np.ndarray) -> float:
    tall, wide = grey.shape
    window = np.outer(np.hanning(tall), np.hanning(wide))
    power = np.abs(np.fft.fftshift(np.fft.fft2(grey * window)))
    down, across = np.indices(power.shape)
    radius = np.hypot((down - tall // 2) * _SIDE / tall, (across - wide // 2) * _SIDE / wide)
    rings = radius.astype(int)
    strongest = 0.0
    for ring in range(_LOWEST, _HIGHEST, 2):
        values = power[(rings == ring) | (rings == ring + 1)]
        if values.size:
            strongest = max(strongest, float(values.max() / max(float(np.median(values)), 1e-6)))
    return strongest
