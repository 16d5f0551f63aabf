"""Golden images: how each page looked when somebody last looked at it.

`.venv/bin/python -m tests.screens.golden` paints them anew, and so does writing the documents. One sample a page,
Chinese, standard look, half size, a palette of 64 colours. What else there is of a page is measured (test_measures),
not stored.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from kiosk.flow.rules import Look
from kiosk.flow.states import Home, Kiosk
from screens import environment
from screens.album import settle
from screens.panel import Panel
from screens.router import AIDS, CARE_HOME, Page, page_of
from tests.screens.measured import pixels
from tests.support import services, states
from tests.support.gallery import stage

FOLDER = Path(__file__).parent / "kept"
LARGEST = 40 * 1024
_COLOURS = 64
_NEAR = 40
"""Parts of 255 that a channel may differ: the palette takes up to 24, and large letters come out a shade apart (17)."""


def samples() -> dict[str, Kiosk]:
    """The first sample of each page, under the name its picture has."""
    found: dict[str, Kiosk] = {}
    every = states.samples() | states.aided() | services.samples()
    for kiosk in (*every.values(), replace(every["home"], look=Look.ELDER)):
        found.setdefault(_name(_seen(kiosk)), kiosk)
    return found


def _seen(kiosk: Kiosk) -> Page:
    """The page on top."""
    if kiosk.aid is not None:
        return AIDS[type(kiosk.aid)]
    return CARE_HOME if isinstance(kiosk.screen, Home) and kiosk.care else page_of(kiosk.screen)


def _name(page: Page) -> str:
    place = page.file.removesuffix(".qml").replace("/", "-").lower()
    return f"{place}-{page.model.__name__.removesuffix('Model').lower()}"


def painted(picture: QImage) -> Image.Image:
    """Half size, in a palette that comes near every colour: what is stored."""
    return halved(picture).quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def keep(picture: QImage, path: Path) -> None:
    """Store it where somebody would see a difference from what is there."""
    if not path.exists() or differing(Image.open(path), halved(picture)) > 0:
        painted(picture).save(path, optimize=True)


def halved(picture: QImage) -> Image.Image:
    rows = pixels(picture)
    channels = np.stack([rows >> np.uint32(shift) & np.uint32(255) for shift in (16, 8, 0)], axis=2).astype(np.uint8)
    whole = Image.fromarray(channels)
    return whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.BOX)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ clearly."""
    if one.size != other.size:
        return 1.0
    first, second = (_channels(each) for each in (one, other))
    return float((np.abs(first - second).max(axis=2) > _NEAR).mean())


def _channels(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image.convert("RGB"), np.int16)


def write(folder: Path = FOLDER) -> None:
    """Needs an application."""
    panel = Panel(stage(), animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = samples()
    for stale in {path.stem for path in folder.glob("*.png")} - set(wanted):
        (folder / f"{stale}.png").unlink()
    for name, kiosk in wanted.items():
        panel.show(kiosk)
        keep(settle(panel.window), folder / f"{name}.png")
    panel.close()


if __name__ == "__main__":
    environment.prepare(offscreen=True)
    running = environment.application("golden")
    write()
    del running
    sys.exit(0)
