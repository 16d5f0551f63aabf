"""Rows of text and QR codes as pictures, for what a receipt printer cannot draw by itself.

A picture keeps to the printer's columns, so that a drawn row stands among printed ones as one of them: a hanzi fills
two columns, a Latin letter is squeezed into one, as in the 12 × 24 dot letters of the printers themselves.
"""

from __future__ import annotations

from functools import cache

import segno
from PIL import Image, ImageDraw, ImageFont

from kiosk import fonts
from kiosk.domain.paper import Align, Line, PaperShape, Raster
from printing.breaking import columns

_LEADING = 0.25  # of a hanzi, half above and half below, near the line spacing printers use for text
_BASELINE = 0.88  # of a hanzi from the top of its box to the baseline, as drawn in Noto Sans SC
_INK = 255 - 150  # coverage from which a dot is black: strokes of 24-dot hanzi stay open and whole (looked at)
_QUIET_MODULES = 2


def row(line: Line, shape: PaperShape) -> Raster:
    """One row of text, drawn. ValueError when it is wider than the paper or holds a character without a glyph."""
    size = 2 * shape.dots // shape.columns * line.scale
    taken = columns(line.text) * size // 2
    missing = [character for character in line.text if not fonts.draws(character)]
    if taken > shape.dots or missing:
        raise ValueError("the row does not fit the paper or the font")
    canvas = Image.new("L", (_usable(shape), size + _leading(size)))
    draw = ImageDraw.Draw(canvas)
    font = _font(size, 700 if line.bold else 400)
    baseline = _leading(size) // 2 + round(size * _BASELINE)
    x = (canvas.width - taken) // 2 if line.align is Align.CENTRE else 0
    for character in line.text:
        width, natural = size // 2 * columns(character), round(font.getlength(character))
        if natural <= width:
            draw.text((x + (width - natural) // 2, baseline), character, fill=255, font=font, anchor="ls")
        else:
            alone = _alone(character, font, (natural, canvas.height), baseline)
            canvas.paste(alone.resize((width, canvas.height)), (x, 0))
        x += width
    return in_dots(canvas)


def qr(content: str, shape: PaperShape, module: int) -> Raster:
    """A QR code (error correction M) in the middle of the paper, `module` dots a module, fewer if it does not fit."""
    code = segno.make_qr(content, error="m")
    side = int(code.symbol_size(border=_QUIET_MODULES)[0])
    module = max(1, min(module, _usable(shape) // side))
    canvas = Image.new("L", (_usable(shape), side * module))
    left = (canvas.width - side * module) // 2
    draw = ImageDraw.Draw(canvas)
    for y, modules in enumerate(code.matrix_iter(border=_QUIET_MODULES)):
        for x, dark in enumerate(modules):
            if dark:
                corner = (left + x * module, y * module)
                draw.rectangle((corner, (corner[0] + module - 1, corner[1] + module - 1)), fill=255)
    return in_dots(canvas)


def _alone(character: str, font: ImageFont.FreeTypeFont, size: tuple[int, int], baseline: int) -> Image.Image:
    """One character in a picture of its own, to be squeezed into its columns."""
    picture = Image.new("L", size)
    ImageDraw.Draw(picture).text((0, baseline), character, fill=255, font=font, anchor="ls")
    return picture


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    # Raqm is used by Pillow only where FriBiDi is installed: pictures would differ from machine to machine
    return ImageFont.truetype(fonts.path(weight), size, layout_engine=ImageFont.Layout.BASIC)


def _leading(size: int) -> int:
    return round(size * _LEADING)


def _usable(shape: PaperShape) -> int:
    return shape.dots // 8 * 8


def in_dots(canvas: Image.Image) -> Raster:
    """A grey picture, white on black as drawn, as the printer's dots."""
    dots = canvas.point([255 if level >= _INK else 0 for level in range(256)]).convert("1", dither=Image.Dither.NONE)
    return Raster(canvas.width, canvas.height, dots.tobytes())
