"""Each page looks as it did when somebody last looked at it."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.screens import golden
from tests.screens.glass import Glass

SAMPLES = golden.samples()
TOLERANCE = 0.001
"""The share of pixels that may differ."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_looks_as_it_did(glass: Glass, name: str) -> None:
    """Wanted so? `.venv/bin/python -m tests.screens.golden` paints it anew: look at it before you commit it."""
    glass.show(SAMPLES[name])
    kept = Image.open(golden.FOLDER / f"{name}.png")
    assert golden.differing(kept, golden.halved(glass.picture())) <= TOLERANCE


def test_pictures_are_small_and_none_is_left_over() -> None:
    sizes = {path.stem: path.stat().st_size for path in golden.FOLDER.glob("*.png")}
    assert set(sizes) == set(SAMPLES)
    assert {name: size for name, size in sizes.items() if size > golden.LARGEST} == {}


def test_a_change_that_people_see_is_seen(glass: Glass) -> None:
    glass.show(SAMPLES["home-page-home"])
    before = golden.painted(glass.picture())
    glass.show(SAMPLES["home-page-home"], "en")
    assert golden.differing(before, golden.halved(glass.picture())) > TOLERANCE
