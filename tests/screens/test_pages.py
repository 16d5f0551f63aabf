"""Every page in every sample state and language on panels of other sizes: whole, on the glass, named, large enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication

from kiosk import fonts
from kiosk.flow.rules import Look
from screens.panel import Panel
from tests.screens.conftest import MakeGlass
from tests.screens.glass import Glass, Piece, ancestors, piece, scrolled
from tests.support import services, states
from tests.support.gallery import stage

SAMPLES = states.samples() | states.aided() | services.samples()
PANELS = {"21-inch": (268.0, Look.STANDARD), "21-inch-elder": (268.0, Look.ELDER), "43-inch": (530.0, Look.STANDARD)}
"""The panels beside the usual one, which test_measures looks at in every look."""
HOTLINES = ("12393", "12345")
"""On every page, so on each that tells of an error too."""
SLACK = 1.5  # pixels that rounding may take
SCANNED_MM = 45
"""A phone held at arm's length finds a code of this side: one tenth of the distance, and a quarter more."""


@pytest.fixture(scope="module")
def panels(typeface: QGuiApplication) -> Iterator[dict[float, Glass]]:
    """One of each width for all pages: that a page leaves nothing behind on it is test_memory's to say."""
    opened = {width_mm: Panel(stage(width_mm), animated=False, shield_ms=0) for width_mm, _ in PANELS.values()}
    for panel in opened.values():
        panel.open(fullscreen=False)
    yield {width_mm: Glass(panel, []) for width_mm, panel in opened.items()}
    for panel in opened.values():
        panel.close()


@pytest.mark.parametrize("sample", SAMPLES)  # varies first: another look or language is laid out anew
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width_mm", "look"), PANELS.values(), ids=list(PANELS))
def test_a_page_is_whole(panels: dict[float, Glass], sample: str, lang: str, width_mm: float, look: Look) -> None:
    glass = panels[width_mm]
    glass.show(replace(SAMPLES[sample], look=look), lang)
    glass.picture()
    assert list(flaws(glass, 1080 / width_mm)) == []


def flaws(glass: Glass, px_per_mm: float) -> Iterator[str]:
    """What a designer would send back."""
    texts, buttons = glass.texts(), glass.buttons()
    yield from (f"cut off: {text.words}" for text in texts if not fits_its_place(text))
    yield from (f"off the glass: {text.words}" for text in texts if not on_the_glass(glass, text))
    yield from (f"one over the other: {pair}" for pair in overlaps(texts))
    yield from (f"a value is missing: {text.words}" for text in texts if set("{}") & set(text.words))
    yield from (f"no glyph: {text.words}" for text in texts if not drawn(text.words))
    yield from (f"too small to read: {text.words}" for text in texts if pixels(text) < 7.1 * px_per_mm)
    yield from (f"over the edge of its button: {text.words}" for text in texts if not inside_its_button(text))
    yield from (f"no name: {button.words}" for button in buttons if not button.name.strip())
    yield from (f"too small to hit: {button.name}" for button in buttons if not large_enough(button, px_per_mm))
    yield from (f"off the glass: {button.name}" for button in buttons if not on_the_glass(glass, button))
    yield from (f"names no {line}" for line in HOTLINES if not any(line in text.words for text in texts))
    yield from (f"too near: {pair}" for pair in crowded(buttons, 2.5 * px_per_mm))


def inside_its_button(text: Piece) -> bool:
    """What is written on a button stays on it."""
    holder = next((above for above in ancestors(text.item) if above.inherits("QQuickAbstractButton")), None)
    return holder is None or piece(holder).place.adjusted(-1, -1, 1, 1).contains(ink(text))


def drawn(words: str) -> bool:
    return all(fonts.draws(character) for character in words if character != "\n")


def fits_its_place(text: Piece) -> bool:
    item = text.item
    wide, tall = float(item.property("contentWidth")), float(item.property("contentHeight"))
    return (
        not item.property("truncated")
        and wide <= item.width() + SLACK
        and tall <= item.height() + SLACK + pixels(text) / 4
    )


def pixels(text: Piece) -> float:
    return float(text.item.property("font").pixelSize())


def on_the_glass(glass: Glass, piece: Piece) -> bool:
    """Inside the window; what can be scrolled to need only be inside its sides."""
    place, window = piece.place, glass.window
    sides = place.left() >= -SLACK and place.right() <= window.width() + SLACK
    ends = place.top() >= -SLACK and place.bottom() <= window.height() + SLACK
    return sides and (ends or scrolled(piece.item))


def overlaps(texts: list[Piece]) -> list[tuple[str, str]]:
    """Pairs of texts that are painted over one another; what scrolls is compared only among itself."""
    painted = [(text.words, scrolled(text.item), ink(text)) for text in texts]
    return [
        (one, other)
        for (one, moves, place), (other, also, where) in combinations(painted, 2)
        if moves == also and place.intersects(where)
    ]


def ink(text: Piece) -> QRectF:
    """Where the letters are: the line's own leading around them may overlap."""
    return text.place.adjusted(2, pixels(text) * 0.28, -2, -pixels(text) * 0.28)


def large_enough(button: Piece, px_per_mm: float) -> bool:
    place = button.place
    return place.width() >= 20 * px_per_mm - SLACK and place.height() >= 12.7 * px_per_mm - SLACK


def crowded(buttons: list[Piece], gap: float) -> list[tuple[str, str]]:
    return [
        (one.name, other.name)
        for one, other in combinations(buttons, 2)
        if one.item not in ancestors(other.item)
        and scrolled(one.item) == scrolled(other.item)
        and one.place.adjusted(0, 0, gap - SLACK, gap - SLACK).intersects(other.place)
    ]


@pytest.mark.parametrize(("width_mm", "looks"), {268.0: (Look.STANDARD, Look.ELDER), 336.0: tuple(Look)}.items())
def test_a_code_to_be_scanned_is_there_however_large_the_words(
    make_glass: MakeGlass, width_mm: float, looks: tuple[Look, ...]
) -> None:
    glass = make_glass(width_mm)
    for look in looks:
        for lang in ("zh", "en"):
            glass.show(replace(SAMPLES["showing-code"], look=look), lang)
            glass.picture()
            side_mm = min(code.place.width() for code in codes(glass)) * width_mm / 1080
            assert side_mm >= SCANNED_MM, (look, lang)


def codes(glass: Glass) -> list[Piece]:
    """The pictures of codes that are seen."""
    pictures = (item for item in glass.items() if item.inherits("QQuickImage"))
    return [piece(item) for item in pictures if item.property("source").toString().startswith("image://code/")]


def test_who_lies_in_hospital_is_sent_to_the_inpatients_window(make_glass: MakeGlass) -> None:
    glass = make_glass(268.0)
    glass.show(SAMPLES["at-window--taken"], "zh")
    assert "住院收费窗口" in glass.written()
    glass.show(SAMPLES["at-window"], "zh")
    assert "住院收费窗口" not in glass.written()
