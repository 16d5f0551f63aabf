"""Paper as values: what a receipt printer is asked to put on paper, before anybody thinks of bytes.

`printing` fits a document to one printer's `PaperShape`; a driver's encoder turns it into that printer's language. A
row of text is already broken to the printer's columns; a character outside the printer's character set arrives as a
raster.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CharacterSet(StrEnum):
    """What the printer's own fonts hold: GBK only, or all four-byte GB18030."""

    GBK = "gbk"
    GB18030 = "gb18030"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PaperShape:
    """What a printer says of its paper: 58 mm is 384 dots and 32 columns, 80 mm is 576 dots and 48 columns at 203 dpi.

    A column is half as wide as a hanzi. `dots_per_mm` is 8 at 203 dpi. `large` is not the printer's but the reader's:
    who reads large letters on the screen gets them on paper.
    """

    width_mm: int
    dots: int
    columns: int
    characters: CharacterSet = CharacterSet.GBK
    native_qr: bool = True
    cutter: bool = True
    dots_per_mm: int = 8
    large: bool = False


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of text within the printer's columns; `scale` 2 doubles width and height and so halves the columns."""

    text: str
    bold: bool = False
    scale: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code; `module` is its dot size. The content is never personal."""

    content: str
    module: int = 6


@dataclass(frozen=True, slots=True)
class Raster:
    """A black-and-white picture: rows of `width` dots, eight to a byte, most significant first, 1 is black."""

    width: int
    height: int
    bits: bytes

    def __post_init__(self) -> None:
        if self.width % 8 or len(self.bits) != self.width // 8 * self.height:
            raise ValueError("raster bits do not match its size")


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, in text lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Part the paper; on a printer without a cutter the driver feeds to the tear bar instead."""


PaperItem = Line | Rule | Qr | Raster | Feed | Cut


@dataclass(frozen=True, slots=True)
class Slip:
    """One document for the receipt printer, already fitted to its `shape`."""

    shape: PaperShape
    items: tuple[PaperItem, ...]
