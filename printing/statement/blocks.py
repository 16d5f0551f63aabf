"""What a statement is made of: blocks one above the other, each of known height and whole on its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from printing.breaking import rows
from printing.statement.pen import Ink, Paint, Pen, Style

_PADDING = 0.75
_GUTTER = 2.0
_TALLEST = 60.0
"""Millimetres above which a table row may be parted: no text of a hospital is too long for the paper."""


@dataclass(frozen=True, slots=True)
class Block:
    """`height` in millimetres; a `joined` block stays with the next one; `heading` is repeated above it on a new
    page.
    """

    height: float
    paint: Paint
    heading: Block | None = None
    joined: bool = False


def space(height: float) -> Block:
    return Block(height, _nothing)


def _nothing(pen: Pen, y: float) -> None:
    del pen, y


def paragraph(x: float, width: float, text: str, style: Style) -> Block:
    lines = rows(text, width, style.width)

    def paint(pen: Pen, y: float) -> None:
        for at, line in enumerate(lines):
            pen.text(x, y + at * style.line, line, style)

    return Block(len(lines) * style.line, paint)


def beside(*blocks: Block) -> Block:
    """Blocks that share their top."""

    def paint(pen: Pen, y: float) -> None:
        for block in blocks:
            block.paint(pen, y)

    return Block(max(block.height for block in blocks), paint)


def stacked(blocks: Iterable[Block]) -> Block:
    """Blocks that are never parted."""
    parts = tuple(blocks)

    def paint(pen: Pen, y: float) -> None:
        for part in parts:
            part.paint(pen, y)
            y += part.height

    return Block(_height(parts), paint)


def panel(x: float, width: float, inner: Block, padding: float) -> Block:
    """A tinted panel around a block."""

    def paint(pen: Pen, y: float) -> None:
        pen.box(x, y, width, inner.height + 2 * padding, Ink.TINT, radius=1.6)
        inner.paint(pen, y + padding)

    return Block(inner.height + 2 * padding, paint)


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres with the gutter to the next; figures stand at the right edge."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`strong` for totals, which get a darker rule and bold figures."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns side by side from `x`; the head is repeated on every page."""

    x: float
    columns: tuple[Column, ...]
    plain: Style
    strong: Style
    head: Style

    def blocks(self, body: Sequence[Row]) -> Iterator[Block]:
        """Head and rows; a total stays with the row above it."""
        head = self._head()
        yield head
        for row, following in zip_longest(body, body[1:]):
            joined = following is not None and following.strong
            for block in self._row(row):
                yield replace(block, heading=head, joined=joined)

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    def _head(self) -> Block:
        inner = self._cells(tuple(column.title for column in self.columns), self.head)

        def paint(pen: Pen, y: float) -> None:
            inner.paint(pen, y + _PADDING)
            pen.rule(self.x, y + inner.height + 2 * _PADDING, self.width, Ink.ACCENT, 0.9)

        return Block(inner.height + 2 * _PADDING, paint, joined=True)

    def _row(self, row: Row) -> Iterator[Block]:
        style = self.strong if row.strong else self.plain
        inner = self._cells(row.cells, style)
        if inner.height <= _TALLEST:
            yield self._ruled(inner)
        else:
            yield from self._lines(row.cells, style)

    def _ruled(self, inner: Block) -> Block:
        def paint(pen: Pen, y: float) -> None:
            inner.paint(pen, y + _PADDING)
            pen.rule(self.x, y + inner.height + 2 * _PADDING, self.width)

        return Block(inner.height + 2 * _PADDING, paint)

    def _lines(self, cells: tuple[str, ...], style: Style) -> Iterator[Block]:
        """A row taller than a page may hold, line by line."""
        columns = [self._broken(cell, column, style) for cell, column in zip(cells, self.columns, strict=True)]
        for at in range(max(map(len, columns))):
            line = tuple(rows_[at] if at < len(rows_) else "" for rows_ in columns)
            yield self._cells(line, style)

    def _cells(self, cells: tuple[str, ...], style: Style) -> Block:
        broken = [self._broken(cell, column, style) for cell, column in zip(cells, self.columns, strict=True)]

        def paint(pen: Pen, y: float) -> None:
            x = self.x
            for column, lines in zip(self.columns, broken, strict=True):
                for at, line in enumerate(lines):
                    top = y + at * style.line
                    if column.right:
                        pen.text_right(x + column.width, top, line, style)
                    else:
                        pen.text(x, top, line, style)
                x += column.width

        return Block(max(len(lines) for lines in broken) * style.line, paint)

    def _broken(self, cell: str, column: Column, style: Style) -> tuple[str, ...]:
        return rows(cell, column.width - _GUTTER, style.width)


def pages(blocks: Iterable[Block], first: float, following: float) -> tuple[tuple[Block, ...], ...]:
    """The blocks of each page; `first` and `following` are the heights there is on the first page and on the others.

    A block that is joined to its next moves with it; a page that begins inside a table begins with the table's head.
    """
    done: list[list[Block]] = [[]]
    left = first
    for group in _groups(blocks):
        if _height(group) > left and done[-1]:
            heading = group[0].heading
            done.append([heading] if heading else [])
            left = following - _height(done[-1])
        done[-1].extend(group)
        left -= _height(group)
    return tuple(tuple(page) for page in done)


def _height(blocks: Iterable[Block]) -> float:
    return sum(block.height for block in blocks)


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.joined:
            yield group
            group = []
    if group:
        yield group
