"""Who pays how much, as lengths, with a legend that also reads in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from printing.statement import sheet
from printing.statement.blocks import Block
from printing.statement.pen import Pen

_HEIGHT = 3.2
_GAP = 0.4
_SWATCH = 2.4
_LIGHTEST, _STEP = 0.18, 0.16


def bar(x: float, width: float, parts: Sequence[tuple[str, int]]) -> Block:
    """Names and amounts above zero from left to right; the last, the reader's own part, has the full accent."""
    whole = sum(amount for _, amount in parts)
    darkness = [_LIGHTEST + _STEP * (at % 4) for at in range(len(parts) - 1)] + [1.0]

    def paint(pen: Pen, y: float) -> None:
        left, legend = x, x
        for (name, amount), dark in zip(parts, darkness, strict=False):
            length = width * amount / whole
            pen.shade(left, y, max(_GAP, length - _GAP), _HEIGHT, dark)
            pen.shade(legend, y + _HEIGHT + 1.8, _SWATCH, _SWATCH, dark)
            pen.text(legend + _SWATCH + 1, y + _HEIGHT + 1.1, name, sheet.SMALL)
            left += length
            legend += _SWATCH + sheet.SMALL.width(name) + 4.5

    return Block(_HEIGHT + 1.1 + sheet.SMALL.line, paint)
