"""A panel on no screen, as large as a kiosk's, with the product's typeface and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.flow.events import Intent
from screens import environment
from screens.panel import Panel
from tests.screens.glass import Glass
from tests.support.gallery import stage

MakeGlass = Callable[..., Glass]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture(scope="session")
def typeface(qapp: QGuiApplication) -> QGuiApplication:
    return environment.application("tests")


@pytest.fixture
def make_glass(typeface: QGuiApplication) -> Iterator[MakeGlass]:
    panels: list[Panel] = []

    def make(width_mm: float = 336.0, shield_ms: int = 0, bottom_mm: float = 0.0) -> Glass:
        sent: list[Intent] = []
        panel = Panel(replace(stage(width_mm, sent.append), bottom_mm=bottom_mm), animated=False, shield_ms=shield_ms)
        panel.open(fullscreen=False)
        panels.append(panel)
        return Glass(panel, sent)

    yield make
    for panel in panels:
        panel.close()


@pytest.fixture
def glass(make_glass: MakeGlass) -> Glass:
    return make_glass()
