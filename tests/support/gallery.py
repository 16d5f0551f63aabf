"""Paints every sample state to a folder, to be looked at.

`python -m tests.support.gallery DIR [LANG [LOOK [WIDTH_MM]]]`
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.flow.events import Intent
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from screens import environment
from screens.album import settle
from screens.panel import Panel
from tests.support import paid_bills, states


def stage(width_mm: float = 336.0, send: Callable[[Intent], None] = lambda _intent: None) -> Stage:
    return Stage(
        site=paid_bills.SITE,
        texts=Catalogue.read(config_dir() / "texts"),
        send=send,
        width_mm=width_mm,
        scaled=False,
        alive=lambda: None,
        now=lambda: states.NOW,
    )


def main(folder: str, lang: str = "zh", look: str = "standard", width_mm: str = "336") -> int:
    environment.prepare(offscreen=True)
    application = environment.application("gallery")
    panel = Panel(stage(float(width_mm)), animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, kiosk in states.samples().items():
        panel.show(replace(kiosk, lang=lang, look=Look(look)))
        settle(panel.window).save(str(target / f"{name}.png"))
    panel.close()
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
