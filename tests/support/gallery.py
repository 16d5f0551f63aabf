"""Paints every sample state to be looked at: a folder and a contact sheet for each look and language.

`python -m tests.support.gallery DIR [LANG [LOOK [WIDTH_MM]]]`
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from devices.sim.camera import drawing
from devices.sim.camera.drawing import Scene
from kiosk.engine.clock import SystemClock
from kiosk.flow.events import Intent
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.camera import Frame, FrameSlot
from screens import environment
from screens.album import settle
from screens.panel import Panel
from tests.support import paid_bills, services, states

_ACROSS = 8
_SMALL, _BETWEEN = QSize(278, 490), QSize(8, 10)


def stage(
    width_mm: float = 336.0,
    send: Callable[[Intent], None] = lambda _intent: None,
    frames: FrameSlot | None = None,
) -> Stage:
    return Stage(
        site=paid_bills.SITE,
        texts=Catalogue.read(config_dir() / "texts"),
        send=send,
        width_mm=width_mm,
        scaled=False,
        alive=lambda: None,
        now=lambda: states.NOW,
        frames=frames,
        papers=frames,
    )


class Lens:
    """A camera that has its picture ready for whoever begins to look; `scene` is what stands before it."""

    def __init__(self) -> None:
        self.scene = Scene.PERSON
        self.slot = FrameSlot(SystemClock())
        self.slot.wake_by(self.see)

    def see(self) -> None:
        drawn = next(iter(drawing.frames(self.scene))).resize((1280, 720))
        blue_first = drawn.convert("RGB").tobytes("raw", "BGR")
        self.slot.put(Frame(blue_first, drawn.width, drawn.height, 0, SystemClock().monotonic()))


def main(folder: str, lang: str = "", look: str = "", width_mm: str = "336") -> int:
    """All languages and looks, or the one that is named."""
    environment.prepare(offscreen=True)
    application = environment.application("gallery")
    lens = Lens()
    shown = stage(float(width_mm), frames=lens.slot)
    panel = Panel(shown, animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    for each in [Look(look)] if look else Look:
        for spoken in [lang] if lang else shown.texts.languages:
            _paint(panel, lens, Path(folder), each, spoken)
    panel.close()
    del application
    return 0


def _paint(panel: Panel, lens: Lens, folder: Path, look: Look, lang: str) -> None:
    """One picture a sample in a folder of its own, and all of them small on one sheet beside it."""
    target = folder / f"{look.value}-{lang}"
    target.mkdir(parents=True, exist_ok=True)
    samples = states.samples() | states.aided() | services.samples()
    sheet = QImage(_ACROSS * _SMALL.width(), -(-len(samples) // _ACROSS) * _SMALL.height(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    for at, (name, kiosk) in enumerate(samples.items()):
        lens.scene = Scene.PERSON if "face" in name else Scene.PAPER
        panel.show(replace(kiosk, lang=lang, look=look))
        lens.see()
        picture = settle(panel.window)
        picture.save(str(target / f"{name}.png"))
        small = picture.scaled(_SMALL - _BETWEEN, mode=Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(at % _ACROSS * _SMALL.width(), at // _ACROSS * _SMALL.height(), small)
    painter.end()
    sheet.save(str(target.with_suffix(".png")))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
