"""What a process needs that compares two files and nothing else: `python -m tests.bench.face_pair A B`."""

from __future__ import annotations

import sys

import cv2
import numpy as np

from devices.face.detection import Detector
from devices.face.embedding import Embedder
from devices.face.models import models_folder


def compare(first: str, second: str) -> float:
    folder = models_folder()
    detector, embedder = Detector(folder), Embedder(folder)
    pictures = (np.asarray(cv2.imread(name), np.uint8) for name in (first, second))
    one, other = (embedder.template(picture, detector.faces(picture)[0]) for picture in pictures)
    return one.likeness(other)


if __name__ == "__main__":
    sys.stdout.write(f"{compare(*sys.argv[1:]):.3f}\n")
