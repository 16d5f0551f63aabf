"""A slot for any anti-spoofing model in ONNX form that a site may use: named by file, SHA-256, input and threshold.

None is shipped: no package holds one whose licence and training data could be stood for. Without one nothing here is
said to detect attacks as ISO/IEC 30107-3 means it.
"""

from __future__ import annotations

import hashlib

import cv2
import numpy as np

from devices.face.detection import Face
from devices.face.models import ModelsMissingError
from devices.face.pictures import Picture, cut
from devices.face.settings import PassiveSettings


class PassiveModel:
    """For one thread. ModelsMissingError when the file is absent, not the pinned one, or no network OpenCV reads."""

    def __init__(self, settings: PassiveSettings) -> None:
        self._settings = settings
        try:
            content = settings.file.read_bytes()
        except OSError as problem:
            raise ModelsMissingError(f"{settings.file.name}: {type(problem).__name__}") from problem
        if hashlib.sha256(content).hexdigest() != settings.sha256:
            raise ModelsMissingError(f"{settings.file.name}: not the file that is pinned")
        try:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
        except cv2.error as problem:
            raise ModelsMissingError(f"{settings.file.name}: no network") from problem

    def live(self, picture: Picture, face: Face) -> float:
        """How sure the model is of a living face, 0 to 1; its outputs are made into shares of 1."""
        given, (left, top, across, down) = self._settings, face.box
        side = given.room * max(across, down)
        square, _ = cut(picture, (left + across / 2, top + down / 2), side, 0.0, given.side)
        self._net.setInput(cv2.dnn.blobFromImage(square, given.scale, (given.side, given.side)))
        outputs = np.asarray(self._net.forward(), np.float64).reshape(-1)
        shares = np.exp(outputs - outputs.max())
        return float(shares[given.live] / shares.sum())
