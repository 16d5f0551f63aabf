"""Every page in every look and language, measured from pixels and items: whole, legible, large enough, reached by keys.

The floors are those of docs/design.md. The run's end prints the least that was found of each measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.flow.rules import Look
from screens.panel import Panel
from tests.screens import measured
from tests.screens.glass import MORE, Glass, Piece, ancestors, is_tool, piece
from tests.screens.test_pages import flaws
from tests.support import services, states
from tests.support.gallery import stage
from tests.support.proofs import Least, Proved

SAMPLES = states.samples() | states.aided() | services.samples()
WIDTH_MM = 336.0
PX_PER_MM = 1080 / WIDTH_MM
ROUNDING = 0.35
"""Millimetres that whole pixels may take."""


@dataclass(frozen=True)
class Floors:
    """The least a look may have: millimetres, and the contrast as a ratio."""

    hanzi: float = 6.5
    figures: float = 4.8
    contrast: float = 7.0
    act: float = 20.0
    target: float = 12.7
    gap: float = 2.54


CONTRASTS = frozenset({Look.CONTRAST_DARK, Look.CONTRAST_LIGHT})
FLOORS = {
    Look.STANDARD: Floors(),
    Look.ELDER: Floors(hanzi=9.0, figures=6.4, act=25.0, target=25.0),
    Look.CONTRAST_DARK: Floors(contrast=10.0),
    Look.CONTRAST_LIGHT: Floors(contrast=10.0),
}
WORN = [
    pytest.param(look, lang, marks=pytest.mark.long if lang == "en" and look in CONTRASTS else ())
    for look in Look
    for lang in ("zh", "en")
]
"""Looks and languages. Those of high contrast lay a page out as the standard one does: English is for the long run."""


@pytest.fixture(scope="module")
def panel(typeface: QGuiApplication) -> Iterator[Glass]:
    panel = Panel(stage(WIDTH_MM), animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    panel.window.requestActivate()
    assert QTest.qWaitForWindowActive(panel.window, 30_000)
    yield Glass(panel, [])
    panel.close()


@pytest.mark.parametrize("sample", SAMPLES)  # varies first: another look or language is laid out anew
@pytest.mark.parametrize(("look", "lang"), WORN)
def test_a_page_measures_up(panel: Glass, sample: str, look: Look, lang: str, least: Least, proved: Proved) -> None:
    floors, found = FLOORS[look], Found()
    panel.show(replace(SAMPLES[sample], look=look), lang)
    for picture in views(panel):
        assert list(flaws(panel, PX_PER_MM)) == []
        found.look(panel, picture)
    for what, floor, value, where in found.least(floors):
        least(f"{what}, {look.value} (floor {floor:g})", value)
        assert value >= floor - (ROUNDING if what.endswith("mm") else 0), where
    proved("texts measured on pages", len(found.texts))
    proved("controls measured on pages", len(found.targets))


def views(glass: Glass) -> Iterator[measured.Pixels]:
    """The page as it comes, and as far down as it can be moved."""
    yield measured.pixels(glass.picture())
    for _ in range(12):
        down = [button for button in glass.buttons() if button.name == MORE[glass.lang] and button.item.isEnabled()]
        if not down:
            return
        glass.tap(MORE[glass.lang])
        yield measured.pixels(glass.picture())


class Found:
    """What was measured on one page, at every place of its scrolling part."""

    def __init__(self) -> None:
        self.texts: list[measured.Written] = []
        self.targets: list[tuple[float, str, bool]] = []
        self.gaps: list[tuple[float, str]] = []

    def look(self, glass: Glass, picture: measured.Pixels) -> None:
        controls = glass.controls()
        pale = {control.item for control in controls if not control.item.isEnabled()}
        for text in glass.texts():
            if measured.visible(text) == text.place and not pale & set(ancestors(text.item)):
                seen = measured.written(text, picture, PX_PER_MM)
                self.texts += [seen] if seen is not None else []
        for each in controls:
            size = min(each.place.width(), each.place.height()) / PX_PER_MM
            self.targets.append((size, each.name, measured.primary(each)))
        self.gaps += [(gap / PX_PER_MM, names) for gap, names in measured.nearest(controls)]

    def least(self, floors: Floors) -> Iterator[tuple[str, float, float, str]]:
        """Each measure with its floor, the least that was found, and where."""
        kinds = {
            ("hanzi ink mm", floors.hanzi): [(each.height, each.words) for each in self.texts if each.hanzi],
            ("figures mm", floors.figures): [(each.height, each.words) for each in self.texts if each.figures],
            ("contrast", floors.contrast): [(each.contrast, each.words) for each in self.texts],
            ("main targets mm", floors.act): [(size, name) for size, name, act in self.targets if act],
            ("targets mm", floors.target): [(size, name) for size, name, _ in self.targets],
            ("gaps mm", floors.gap): self.gaps,
        }
        for (what, floor), values in kinds.items():
            if values:
                value, where = min(values)
                yield what, floor, round(value, 2), where


def moves(control: Piece) -> bool:
    """The buttons of a long page come and go with its place; keys need none, they bring into sight what they reach."""
    return bool(control.item.property("controlKind") == "KMove")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("look", [Look.STANDARD, Look.ELDER])
def test_keys_reach_every_control_in_the_order_of_reading(panel: Glass, sample: str, look: Look) -> None:
    panel.show(replace(SAMPLES[sample], look=look), "zh")
    panel.picture()
    wanted = {control.item for control in panel.controls() if control.item.isEnabled() and not moves(control)}
    visited: list[Piece] = []
    panel.window.requestActivate()  # last of all: a panel of another test that closes late may have taken the keys
    assert QTest.qWaitForWindowActive(panel.window, 30_000)
    panel.window.contentItem().forceActiveFocus()
    for _ in range(len(wanted) + 4):
        panel.key(Qt.Key.Key_Tab)
        focused = next((each for each in panel.controls() if each.item.hasActiveFocus()), None)
        if focused is None and not visited:
            continue  # the first key may only leave what the sample before had in its hand
        if focused is None or focused.item in [each.item for each in visited]:
            break
        visited.append(focused)
    assert {each.item for each in visited if not moves(each)} == wanted
    assert measured.in_order([piece(each.item) for each in from_the_top(visited)]) == []


def from_the_top(visited: list[Piece]) -> list[Piece]:
    """Keys go round: the round is read from the page's first control, or from the first tool where there is no other.

    Where it began depends on what had the focus before.
    """
    places = range(len(visited))
    begins = [at for at in places if is_tool(visited[at - 1].item) and not is_tool(visited[at].item)]
    by_sight = sorted(places, key=lambda at: (round(visited[at].place.top()), visited[at].place.left()))
    start = (begins or by_sight)[0]
    return visited[start:] + visited[:start]
