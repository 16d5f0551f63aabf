"""What a process needs that compares two files and nothing else: `python -m tests.bench.face_pair A B`.

The large model is read beside the looking for faces, as the kiosk reads it beside the page of consent.
"""

from __future__ import annotations

import os
import sys
from threading import Thread

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy, which begins threads that nobody here asks

import cv2
import numpy as np

from devices.face.detection import Detector
from devices.face.embedding import Embedder
from devices.face.models import models_folder


def compare(first: str, second: str) -> float:
    cv2.setNumThreads(1)
    folder, read = models_folder(), list[Embedder]()
    reading = Thread(target=lambda: read.append(Embedder(folder)))
    reading.start()
    detector = Detector(folder)
    pictures = [np.asarray(cv2.imread(name), np.uint8) for name in (first, second)]
    faces = [detector.faces(picture)[0] for picture in pictures]
    reading.join()
    one, other = (read[0].template(picture, face) for picture, face in zip(pictures, faces, strict=True))
    return one.likeness(other)


if __name__ == "__main__":
    sys.stdout.write(f"{compare(*sys.argv[1:]):.3f}\n")
    sys.stdout.flush()
    os._exit(0)  # the system takes back what the libraries would tidy up first, one object after another
