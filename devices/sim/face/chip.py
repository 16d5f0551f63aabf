"""The picture on a drawn person's chip: as small as a real one, in a form that everybody opens.

Real chips hold 1024 bytes in a form that the makers of readers keep to themselves; a reader that decodes them gives an
ordinary picture. WebP is what fits a face of 102 x 126 pixels into as many bytes.
"""

from __future__ import annotations

import cv2
import numpy as np

from devices.sim.face.bust import Bust, Pose, Scene
from devices.sim.face.look import made_up

_BYTES = 1024
_SIZE = (102, 126)
_TOP, _BOTTOM, _LEFT, _RIGHT = 90, 390, 199, 441


def chip_picture(person: str) -> bytes:
    """1024 bytes, the end filled up with zeros."""
    portrait = Bust(made_up(person)).draw(Pose(), Scene(noise=0.5), np.random.default_rng(1))
    small = cv2.resize(portrait[_TOP:_BOTTOM, _LEFT:_RIGHT], _SIZE, interpolation=cv2.INTER_AREA)
    for quality in range(60, 0, -3):
        content = cv2.imencode(".webp", small, (cv2.IMWRITE_WEBP_QUALITY, quality))[1].tobytes()
        if len(content) <= _BYTES:
            return content.ljust(_BYTES, b"\0")
    raise ValueError("no quality is low enough")
