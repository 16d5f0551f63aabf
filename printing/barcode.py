"""Code 128 as a picture: tills read it from any receipt printer, whatever its own barcodes look like."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageDraw
from reportlab.graphics.barcode.code128 import Code128

from kiosk.domain.paper import PaperShape, Raster
from printing.raster import in_dots

_QUIET_MODULES = 10
"""White at each side, ISO/IEC 15417 4.5.1."""

_HEIGHT_MM = 12
_LARGEST_MODULE = 3


def code128(content: str, shape: PaperShape) -> Raster:
    """The code in the middle of the paper, bars of one to three dots a module, as wide as fits.

    Raises:
        ValueError: it does not fit the paper, or holds a character that Code 128 does not have.
    """
    widths = _widths(content)
    modules = sum(widths) + 2 * _QUIET_MODULES
    usable = shape.dots // 8 * 8
    module = min(_LARGEST_MODULE, usable // modules)
    if module < 1:
        raise ValueError("the code does not fit the paper")
    canvas = Image.new("L", (usable, _HEIGHT_MM * shape.dots_per_mm))
    draw = ImageDraw.Draw(canvas)
    x = (usable - modules * module) // 2 + _QUIET_MODULES * module
    for place, width in enumerate(widths):
        if place % 2 == 0:  # bars and spaces in turn, a bar first
            draw.rectangle((x, 0, x + width * module - 1, canvas.height), fill=255)
        x += width * module
    return in_dots(canvas)


def _widths(content: str) -> list[int]:
    code: Any = Code128(content)  # its methods are untyped
    code.validate()
    if not code.valid:
        raise ValueError("a character that Code 128 does not have")
    code.encode()
    code.decompose()
    # bars are written a, b, c, …, spaces A, B, C, …: one module, two, three
    return [ord(letter.lower()) - ord("a") + 1 for letter in code.decomposed]
