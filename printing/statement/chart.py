"""Who pays how much, as lengths, with a legend that also reads in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from printing.statement import sheet
from printing.statement.blocks import Block
from printing.statement.pen import Pen

_HEIGHT = 3.2
_GAP = 0.4
_SWATCH = 2.4
_LIGHTEST, _STEP, _STEPS = 0.18, 0.16, 4


def bar(x: float, width: float, parts: Sequence[tuple[str, int]]) -> Block:
    """Names and amounts above zero from left to right; the last, the reader's own part, has the full accent."""
    whole = sum(amount for _, amount in parts)
    darkness = shades(len(parts))
    places = _places([name for name, _ in parts], width)

    def paint(pen: Pen, y: float) -> None:
        left = x
        for (name, amount), dark, (across, down) in zip(parts, darkness, places, strict=False):
            length = width * amount / whole
            pen.shade(left, y, max(_GAP, length - _GAP), _HEIGHT, dark)
            pen.shade(x + across, y + down + _HEIGHT + 1.8, _SWATCH, _SWATCH, dark)
            pen.text(x + across + _SWATCH + 1, y + down + _HEIGHT + 1.1, name, sheet.SMALL)
            left += length

    lowest = places[-1][1] if places else 0.0
    return Block(_HEIGHT + 1.1 + lowest + sheet.SMALL.line, paint)


def shades(count: int) -> list[float]:
    """One for each part: no two are the same, and of two neighbours one is a whole step darker."""
    return [_LIGHTEST + _STEP * (at % _STEPS + at // _STEPS / 2) for at in range(count - 1)] + [1.0]


def _places(names: Sequence[str], width: float) -> list[tuple[float, float]]:
    """Of each name in the legend, how far right and how far down; a row that is full goes on below."""
    places: list[tuple[float, float]] = []
    across = down = 0.0
    for name in names:
        needed = _SWATCH + 1 + sheet.SMALL.width(name)
        if across and across + needed > width:
            across, down = 0.0, down + sheet.SMALL.line
        places.append((across, down))
        across += needed + 3.5
    return places
