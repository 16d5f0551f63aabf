"""The picture of the design system shows every control and is as new as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

import screens
from tests.screens import golden
from tests.support.design import picture

CONTROLS = {path.stem for path in (Path(screens.__file__).parent / "controls").glob("K*.qml")}
FRAMES = {"KPage", "KScroll", "KGuide", "KService", "KDialog"}
"""What pages are built on: the golden pictures show them."""
OF_A_PAGE = {"KSlipArt", "KQr", "KTerminalArt", "KEven", "KTick", "KOffer"}
"""Drawn for a page or two, and seen in their golden pictures."""
INSIDE = {"KFocusRing", "KTool"}
"""Parts of other controls, seen in them."""


def test_the_picture_shows_every_control() -> None:
    shown = set(re.findall(r"\b(K[A-Z]\w+) \{", picture.SAMPLER.read_text(encoding="utf-8")))
    assert CONTROLS - shown == FRAMES | OF_A_PAGE | INSIDE


@pytest.mark.usefixtures("typeface")
def test_the_picture_is_what_the_controls_look_like() -> None:
    """Stale? `.venv/bin/python -m tests.support.documents` paints it anew."""
    assert golden.differing(Image.open(picture.TARGET), picture.picture()) <= 0.001
    assert picture.TARGET.stat().st_size <= picture.LARGEST
