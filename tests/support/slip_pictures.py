"""Slips as people read them: as rows of text for comparing, as a picture for looking at."""

from __future__ import annotations

from typing import assert_never

from PIL import Image

from kiosk.domain.paper import Align, Cut, Feed, Line, PaperItem, PaperShape, Qr, Raster, Rule, Slip
from printing import raster
from printing.breaking import columns

_MARGIN = 24


def readable(slip: Slip) -> str:
    """The slip as text of the paper's width: scale is marked by ×, bold by *, pictures by their size."""
    return "\n".join(_row(item, slip.shape) for item in slip.items) + "\n"


def unbroken(said: str) -> str:
    """What `readable` gave, on one row and without blanks at its breaks: where a long name breaks is another's test."""
    return "".join(row[4:].strip() for row in said.splitlines())


def _row(item: PaperItem, shape: PaperShape) -> str:
    match item:
        case Line():
            free = shape.columns - columns(item.text) * item.scale
            text = " " * (free // 2 if item.align is Align.CENTRE else 0) + item.text
            mark = ("*" if item.bold else " ") + (f"×{item.scale}" if item.scale > 1 else "  ")
            return f"{mark}|{text}"
        case Rule():
            return "   |" + ("=" if item.heavy else "-") * shape.columns
        case Qr():
            return f"   |<qr {item.content} {item.module}>"
        case Raster():
            return f"   |<raster {item.width}x{item.height}>"
        case Feed():
            return f"   |<feed {item.lines}>"
        case Cut():
            return "   |<cut>"
        case _ as never:
            assert_never(never)


def picture(slip: Slip) -> Image.Image:
    """Black dots on white paper, at one pixel a dot."""
    parts = [_picture(item, slip.shape) for item in slip.items]
    paper = Image.new("L", (slip.shape.dots + 2 * _MARGIN, sum(part.height for part in parts) + 2 * _MARGIN), 255)
    y = _MARGIN
    for part in parts:
        paper.paste(part, (_MARGIN, y))
        y += part.height
    return paper


def _picture(item: PaperItem, shape: PaperShape) -> Image.Image:
    match item:
        case Line():
            return _dots(raster.row(item, shape))
        case Rule():
            bar = Image.new("L", (shape.dots, 16), 255)
            bar.paste(0, (0, 6, shape.dots, 10 if item.heavy else 8))
            return bar
        case Qr():
            return _dots(raster.qr(item.content, shape, item.module))
        case Raster():
            return _dots(item)
        case Feed():
            return Image.new("L", (shape.dots, 30 * item.lines), 255)
        case Cut():
            return Image.new("L", (shape.dots, 8), 200)
        case _ as never:
            assert_never(never)


def _dots(dots: Raster) -> Image.Image:
    return Image.frombytes("1", (dots.width, dots.height), bytes(byte ^ 0xFF for byte in dots.bits)).convert("L")
