"""Draws on an A4 page in millimetres from its top left corner."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.fonts import embedded
from kiosk.fonts.embedded import Type

WIDTH, HEIGHT = 210.0, 297.0


class Ink(Enum):
    """Dark enough for a worn monochrome drum; the accent is the kiosk's blue."""

    BLACK = HexColor("#16202B")
    GREY = HexColor("#4A5663")
    ACCENT = HexColor("#0B4F8A")
    HAIR = HexColor("#C3CCD5")
    TINT = HexColor("#EEF3F8")
    WATERMARK = HexColor("#E3E7EB")
    WHITE = HexColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size and line distance in points."""

    size: float
    leading: float
    bold: bool = False
    ink: Ink = Ink.BLACK

    @property
    def line(self) -> float:
        """Millimetres from one baseline to the next."""
        return self.leading / mm

    def width(self, text: str) -> float:
        return embedded.width(text, self.size)

    @property
    def type(self) -> Type:
        return Type(self.size, self.bold, self.ink.value)


class Pen:
    """One document. Equal drawing gives equal bytes: no date, no chance, no font that is not embedded."""

    def __init__(self, title: str, author: str, lang: str) -> None:
        embedded.load()
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(WIDTH * mm, HEIGHT * mm),
            invariant=1,
            pageCompression=1,
            # the stubs say float
            initialFontName=embedded.NAME,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            initialFontSize=9,
            lang=lang,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("yibao-kiosk")

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """`y` is the top of the row of text, not its baseline."""
        embedded.write(self._canvas, x * mm, self._baseline(y, style), text, style.type)

    def text_right(self, x: float, y: float, text: str, style: Style) -> None:
        """Ends at `x`."""
        embedded.write(self._canvas, x * mm, self._baseline(y, style), text, style.type, before=1)

    def rule(self, x: float, y: float, length: float, ink: Ink = Ink.HAIR, points: float = 0.5) -> None:
        self._canvas.setStrokeColor(ink.value)
        self._canvas.setLineWidth(points)
        self._canvas.line(x * mm, (HEIGHT - y) * mm, (x + length) * mm, (HEIGHT - y) * mm)

    def box(self, x: float, y: float, width: float, height: float, ink: Ink, radius: float = 0.0) -> None:
        self._canvas.setFillColor(ink.value)
        self._canvas.roundRect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, radius * mm, 0, 1)

    def shade(self, x: float, y: float, width: float, height: float, darkness: float) -> None:
        """A box between the accent (1) and white (0), for charts that must also read in black and white."""
        red, green, blue = (1 - (1 - part) * darkness for part in Ink.ACCENT.value.rgb())
        self._canvas.setFillColorRGB(red, green, blue)
        self._canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, 0, 1)

    def qr(self, x: float, y: float, side: float, content: str) -> None:
        """A code of error correction M without quiet zone: the caller leaves white around it."""
        modules = list(segno.make_qr(content, error="m").matrix_iter(border=0))
        step = side / len(modules)
        self._canvas.setFillColor(Ink.BLACK.value)
        for row, line in enumerate(modules):
            for start, length in _runs(line):
                corner = ((x + start * step) * mm, (HEIGHT - y - (row + 1) * step) * mm)
                self._canvas.rect(*corner, length * step * mm, step * mm, 0, 1)

    def watermark(self, text: str) -> None:
        """Across the whole page, under what is drawn after it."""
        self._canvas.saveState()
        self._canvas.translate(WIDTH * mm / 2, HEIGHT * mm / 2)
        self._canvas.rotate(52)
        embedded.write(self._canvas, 0, -40, text, Type(132, bold=True, colour=Ink.WATERMARK.value), before=0.5)
        self._canvas.restoreState()

    def end_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def _baseline(self, y: float, style: Style) -> float:
        # hanzi fill 0.88 em above the baseline and 0.12 below it: centred in the row's leading
        return (HEIGHT - y) * mm - (style.leading - style.size) / 2 - 0.88 * style.size


def _runs(line: Iterable[int]) -> list[tuple[int, int]]:
    """Starts and lengths of the dark stretches: one box for each, so that no hair of white shows between modules."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(line):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs


Paint = Callable[[Pen, float], None]
"""Draws something whose top is at the given millimetre of the page."""
