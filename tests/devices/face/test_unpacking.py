"""The embedder's weights unpacked once are the embedder's: the same numbers, and a file that is pinned as well."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.face.models import EMBEDDER, UNPACKED, embedder, missing, models_folder
from devices.face.unpacking import unpacked


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = models_folder()
    if missing(folder):
        pytest.skip("no face models: make setup fetches them")
    place = tmp_path_factory.mktemp("models") / UNPACKED.name
    place.write_bytes(unpacked((folder / EMBEDDER.name).read_bytes()))
    return place


def test_it_comes_out_as_the_very_file_that_is_pinned(halves: Path) -> None:
    assert hashlib.sha256(halves.read_bytes()).hexdigest() == UNPACKED.sha256


def test_it_says_the_same_of_a_face_as_the_packed_file(halves: Path) -> None:
    blob = np.random.default_rng(1).uniform(0, 255, (1, 3, 112, 112)).astype(np.float32)
    found = []
    for path in (models_folder() / EMBEDDER.name, halves):
        net = cv2.dnn.readNetFromONNX(str(path))
        net.setInput(blob, "data")
        numbers = np.asarray(net.forward(), np.float64)[0]
        found.append(numbers / np.linalg.norm(numbers))
    assert float(found[0] @ found[1]) > 0.99999


def test_where_it_is_absent_the_packed_file_serves(halves: Path, tmp_path: Path) -> None:
    (tmp_path / EMBEDDER.name).symlink_to(models_folder().resolve() / EMBEDDER.name)
    assert embedder(tmp_path).name == EMBEDDER.name
    (tmp_path / UNPACKED.name).symlink_to(halves)
    assert embedder(tmp_path).name == UNPACKED.name


@given(st.binary(max_size=200))
def test_what_is_no_model_is_said_to_be_none_or_left_as_it_is(content: bytes) -> None:
    try:
        unpacked(content)
    except (ValueError, UnicodeDecodeError):
        return
