"""What one printing row looks like at 203 dpi: characters in cells of 12 by 24 dots, hanzi in two of them, QR codes,
pictures.

Glyphs come from the kiosk's own font, laid out by Pillow's basic engine so that pictures are the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

from devices.sim.printer.grammar import Picture
from kiosk import fonts

CELL_WIDTH: Final = 12
CELL_HEIGHT: Final = 24
ROW_HEIGHT: Final = 30
WHITE: Final = 255
_BLACK_BELOW: Final = 140


@dataclass(frozen=True, slots=True)
class Cell:
    """One character as it will be printed."""

    text: str
    bold: bool
    width: int
    height: int

    @property
    def dots(self) -> int:
        return CELL_WIDTH * self.width * (1 if self.text.isascii() else 2)


def text_row(cells: Sequence[Cell], dots: int, side: int) -> Image.Image:
    """One row of text on paper `dots` wide; `side` 0 left, 1 centre, 2 right."""
    tallest = max((cell.height for cell in cells), default=1)
    row = Image.new("L", (dots, CELL_HEIGHT * tallest + ROW_HEIGHT - CELL_HEIGHT), WHITE)
    x = (dots - sum(cell.dots for cell in cells)) * side // 2
    for cell in cells:
        glyph = _glyph(cell.text, cell.bold).resize((cell.dots, CELL_HEIGHT * cell.height), Image.Resampling.LANCZOS)
        row.paste(glyph, (x, CELL_HEIGHT * (tallest - cell.height)))
        x += cell.dots
    return _burnt(row)


@lru_cache(maxsize=4096)
def _glyph(text: str, bold: bool) -> Image.Image:
    """Drawn at twice the size, because larger sizes are sharp in print; what is too wide for its cell is narrowed."""
    columns = 1 if text.isascii() else 2
    font = _font(44 if columns == 2 else 40, 700 if bold else 400)
    width, height = CELL_WIDTH * columns * 2, CELL_HEIGHT * 2
    drawn = Image.new("L", (max(width, math.ceil(font.getlength(text))), height), WHITE)
    ImageDraw.Draw(drawn).text((drawn.width / 2, 39), text, fill=0, font=font, anchor="ms")
    return drawn.resize((width, height), Image.Resampling.LANCZOS)


@lru_cache(maxsize=8)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path(weight)), size, layout_engine=ImageFont.Layout.BASIC)


def _burnt(image: Image.Image) -> Image.Image:
    """Thermal paper knows black and white only."""
    return image.point([0 if grey < _BLACK_BELOW else WHITE for grey in range(256)])


def blank_rows(dots: int, rows: int) -> Image.Image:
    return Image.new("L", (dots, rows), WHITE)


def picture_rows(sent: Picture, dots: int, side: int) -> Image.Image:
    """A picture as sent: a set bit is a black dot."""
    inverted = bytes(byte ^ 0xFF for byte in sent.dots)
    picture = Image.frombytes("1", (sent.stride * 8, sent.rows), inverted).convert("L")
    size = (picture.width * sent.scale, picture.height * sent.scale)
    return _placed(picture.resize(size, Image.Resampling.NEAREST), dots, side)


def qr_rows(content: bytes, level: str, module: int, dots: int, side: int) -> Image.Image:
    """The code that the printer itself would draw."""
    code = segno.make(content, error=level, mode="byte", micro=False, boost_error=False)
    matrix = [[0 if dark else WHITE for dark in row] for row in code.matrix]
    size = len(matrix)
    drawn = Image.new("L", (size, size))
    drawn.putdata([grey for row in matrix for grey in row])
    return _placed(drawn.resize((size * module, size * module), Image.Resampling.NEAREST), dots, side)


def _placed(image: Image.Image, dots: int, side: int) -> Image.Image:
    row = blank_rows(dots, image.height)
    row.paste(image, (max(0, dots - image.width) * side // 2, 0))
    return row


def stacked(strips: Sequence[Image.Image], dots: int) -> Image.Image:
    """All strips below one another."""
    whole = blank_rows(dots, sum(strip.height for strip in strips))
    y = 0
    for strip in strips:
        whole.paste(strip, (0, y))
        y += strip.height
    return whole


def photograph(paper: Image.Image, paper_dots: int) -> Image.Image:
    """A slip lying on a table, with 模拟 written beside it and never on it."""
    margin, table = (paper_dots - paper.width) // 2, 44
    photo = Image.new("L", (paper_dots + 2 * table, paper.height + table), 214)
    photo.paste(WHITE, (table, table // 2, table + paper_dots, table // 2 + paper.height))
    photo.paste(paper, (table + margin, table // 2))
    draw, font = ImageDraw.Draw(photo), _font(24, 400)
    for top in range(table, max(table + 1, photo.height - table), 180):
        for index, character in enumerate("模拟"):
            draw.text((table / 2, top + index * 28), character, fill=170, font=font, anchor="mm")
    return photo
