"""How much paper a slip takes, in millimetres: what a roll loses by it, blank feed and the way to the blade too."""

from __future__ import annotations

from typing import Final, assert_never

from kiosk.domain.paper import Cut, Feed, Line, PaperItem, PaperShape, Qr, Raster, Rule, Slip

# Dot rows. Text is 24 rows high and 30 apart (the default spacing, ESC 2); a larger row grows by its letters alone.
_ROW, _LETTER, _RULE = 30, 24, 8
# From the head down to the blade or the tear bar: 12 mm in most mechanisms.
_TO_BLADE_MM: Final = 12
# Bytes that a QR code of model 2 holds at level M, by version from 1 (ISO/IEC 18004, table 7).
_QR_BYTES: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)


def slip_millimetres(slip: Slip) -> float:
    """The whole slip; right to the millimetre for text and pictures, to a version for native QR codes."""
    return sum(_millimetres(item, slip.shape) for item in slip.items)


def _millimetres(item: PaperItem, shape: PaperShape) -> float:
    return _TO_BLADE_MM if isinstance(item, Cut) else _rows(item) / shape.dots_per_mm


def _rows(item: Line | Rule | Qr | Raster | Feed) -> int:
    match item:
        case Line():
            return _ROW + _LETTER * (item.scale - 1)
        case Rule():
            return _RULE
        case Raster():
            return item.height
        case Feed():
            return _ROW * item.lines
        case Qr():
            return qr_modules(item.content) * item.module
        case _ as never:
            assert_never(never)


def qr_modules(content: str) -> int:
    """Modules along one side of the code that a printer draws."""
    size = len(content.encode())
    version = next((number for number, holds in enumerate(_QR_BYTES, 1) if size <= holds), len(_QR_BYTES))
    return 17 + 4 * version
