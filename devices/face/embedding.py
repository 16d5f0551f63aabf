"""Whose face it is: SFace turns an aligned face into 128 numbers, and two faces are as alike as their directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, final

import cv2
import numpy as np

from devices.face.models import embedder

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from devices.face.detection import Face
    from devices.face.pictures import Picture

_SIDE = (112, 112)
_BLACK = (0.0, 0.0, 0.0)
_IDENTITY = bytes.fromhex(
    "08084202100d3a370a100a016112016222084964656e746974791201675a0f0a0161120a0a08080112040a020801"
    "620f0a0162120a0a08080112040a020801"
)
"""The smallest ONNX model there is: one value in, the same value out."""


@final
class Template:
    """A face as numbers, from which it can be recognised: personal data as the picture is. It hides, and is wiped."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: NDArray[np.float32]) -> None:
        self._numbers = numbers

    def likeness(self, other: Template) -> float:
        """The cosine of the angle between two of SFace's: 1 for the same picture, about 0 for strangers."""
        return float(self._numbers @ other._numbers)

    def distance(self, other: Template) -> float:
        """How far apart two of dlib's are: 0 for the same picture, about 0.8 for strangers."""
        return float(np.linalg.norm(self._numbers - other._numbers))

    def wipe(self) -> None:
        """Overwrite the numbers; what is compared with afterwards is like nobody."""
        self._numbers[:] = 0.0

    def __repr__(self) -> str:
        return "Template(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Template is not pickled")


class Embedder:
    """For one thread.

    OpenCV's own FaceRecognizerSF aligns, but its `feature` runs the quantised net on some versions only; the same file
    read as a plain net, its input given by name, runs on 4.12 to 5.0 with the same numbers. To align it asks no net
    anything, and wants one all the same: it is given one that does nothing.
    """

    def __init__(self, folder: Path) -> None:
        nothing = np.frombuffer(_IDENTITY, np.uint8)
        self._aligner = cv2.FaceRecognizerSF.create("onnx", nothing, np.zeros(0, np.uint8))
        self._net = cv2.dnn.readNetFromONNX(str(embedder(folder)))
        self._net.enableWinograd(False)  # no face is found sooner by it here, and the first one waits for its tables

    def template(self, picture: Picture, face: Face) -> Template:
        aligned = self._aligner.alignCrop(picture, face.row)
        self._net.setInput(cv2.dnn.blobFromImage(aligned, 1.0, _SIDE, _BLACK, swapRB=True, crop=False), "data")
        numbers = np.asarray(self._net.forward(), np.float32)[0]
        template = Template(numbers / max(float(np.linalg.norm(numbers)), 1e-9))
        numbers[:] = 0.0  # small blocks are not overwritten when they are freed
        return template

    def forget(self) -> None:
        """The net keeps what it said last: let it look at nothing."""
        self._net.setInput(np.zeros((1, 3, *_SIDE), np.float32), "data")
        self._net.forward()
