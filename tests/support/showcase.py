"""Paints the pages that the README shows, as a demo shows them: simulated, in both languages, at half size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.flow.rules import Look
from kiosk.flow.states import Kiosk
from kiosk.ports.health import DeviceState, Health
from screens.album import settle
from screens.panel import Panel
from tests.screens import golden
from tests.support import states
from tests.support.gallery import stage

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
NAMES = ("home", "explaining", "next-steps", "care")
LANGUAGES = {"zh": "", "en": "-en"}


def pages() -> Iterator[tuple[str, Kiosk]]:
    """Each page under the name of its file."""
    samples = states.samples()
    samples["care"] = replace(samples["home"], look=Look.ELDER)
    for name in NAMES:
        kiosk = samples[name]
        speaker = {"speaker": Health(DeviceState.ONLINE)}
        fixtures = replace(kiosk.fixtures, simulated=True, health={**kiosk.fixtures.health, **speaker})
        simulated = replace(kiosk, fixtures=fixtures)
        for lang, suffix in LANGUAGES.items():
            yield f"{name}{suffix}", replace(simulated, lang=lang)


def write(folder: Path = FOLDER) -> None:
    """Only what somebody would see the difference of; needs an application."""
    panel = Panel(stage(), animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    for name, kiosk in pages():
        panel.show(kiosk)
        golden.keep(settle(panel.window), folder / f"{name}.png")
    panel.close()
