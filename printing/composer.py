"""Fits the parts of a slip to one printer: columns, characters, QR."""

from __future__ import annotations

from kiosk import fonts
from kiosk.domain.paper import Align, Cut, Feed, Line, PaperItem, PaperShape, Qr, Rule, Slip
from printing.breaking import columns, rows
from printing.characters import fit, holds

_INSET = 2
"""Columns by which a value of several rows stands in under its label."""
_LARGE = 2
"""Times the printer's own letters: 6 mm high, as the most important rows are on every slip."""


class Composer:
    """Collects one slip from top to bottom. Every text may be of any length and hold any character."""

    def __init__(self, shape: PaperShape, footnote: str) -> None:
        """`footnote` is printed by `slip` when a character had to be replaced by the reference mark."""
        self.shape = shape
        self._footnote = footnote
        self._items: list[PaperItem] = []
        self._substituted = False

    def text(self, text: str, *, bold: bool = False, scale: int = 1, align: Align = Align.LEFT) -> None:
        """A paragraph, broken into rows."""
        text = self._fit(text)
        scale = self._enlarged(scale, text)
        for row in rows(text, self.shape.columns // scale):
            self._row(Line(row, bold, scale, align))

    def pair(self, label: str, value: str, *, bold: bool = False, scale: int = 1) -> None:
        """A label at the left margin and its value at the right one, beside the label's last row or else below it. A
        value of several rows is prose: it begins under its label, as prose is read.
        """
        label, value = self._fit(label).strip(), self._fit(value).strip()
        wished, scale = scale, self._enlarged(scale, label)
        if self._enlarged(wished, value) < scale:  # a long number is read out: small and whole, not large and cut
            self.text(label, bold=bold, scale=scale)
            label, scale = "", wished
        limit = self.shape.columns // scale
        *above, last = rows(label, limit) or ("",)
        for row in above:
            self._row(Line(row, bold, scale))
        gap = limit - columns(last) - columns(value)
        if gap >= 1:
            self._row(Line(f"{last}{' ' * gap}{value}", bold, scale))
            return
        if last:
            self._row(Line(last, bold, scale))
        if columns(value) <= limit:
            self._row(Line(f"{' ' * (limit - columns(value))}{value}", bold, scale))
            return
        for row in rows(value, limit - _INSET):
            self._row(Line(f"{' ' * _INSET}{row}", bold, scale))

    def rule(self, *, heavy: bool = False) -> None:
        self._items.append(Rule(heavy))

    def gap(self) -> None:
        """A blank row; one where several meet."""
        if not self._items or not isinstance(self._items[-1], Feed):
            self._items.append(Feed())

    def qr(self, content: str) -> None:
        """A code about a third of the paper wide: 16 mm at 58 mm, 24 mm at 80 mm for the shortest contents.

        A blank row above and below is, with the leading of the text, the four modules of white that ISO/IEC 18004
        wants around it: a telephone finds no code that touches a row of text.
        """
        module = self.shape.dots // 64
        self.gap()
        if self.shape.native_qr:
            self._items.append(Qr(content, module))
        else:
            from printing import raster  # Pillow, which most receipts do without

            self._items.append(raster.qr(content, self.shape, module))
        self.gap()

    def barcode(self, content: str) -> None:
        """A Code 128, which every till's scanner reads, from a phone's screen or a slip alike."""
        from printing import barcode

        self._items.append(barcode.code128(content, self.shape))

    def part(self) -> None:
        """What follows is a slip of its own, printed with this one."""
        self.gap()
        self._items.append(Cut())

    def slip(self) -> Slip:
        """The finished slip, parted from the next."""
        if self._substituted:
            self.text(self._footnote)
        self.part()
        return Slip(self.shape, tuple(self._items))

    def _enlarged(self, scale: int, text: str) -> int:
        """Twice as large for who wants it so, unless that would cut a word or number in two."""
        if not self.shape.large or scale >= _LARGE:
            return scale
        limit = self.shape.columns // _LARGE
        return scale if any(columns(word) > limit for word in text.split() if word.isascii()) else _LARGE

    def _fit(self, text: str) -> str:
        fitted = fit(text, self.shape.characters)
        self._substituted |= fitted.count(fonts.SUBSTITUTE) > text.count(fonts.SUBSTITUTE)
        return fitted

    def _row(self, line: Line) -> None:
        if holds(line.text, self.shape.characters):
            self._items.append(line)
        else:
            from printing import raster

            self._items.append(raster.row(line, self.shape))
