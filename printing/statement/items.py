"""The items of a bill on A4; those of a stay under the day on which they were given, with the day's sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from kiosk import fonts
from kiosk.domain import money
from kiosk.domain.money import Money
from kiosk.domain.stay import FeeDay
from kiosk.domain.terms import LineTerms
from kiosk.domain.visit import FeeBatch, FeeLine
from kiosk.messages import Texts
from printing.days import date_of
from printing.statement import sheet
from printing.statement.blocks import Block, Column, Row, Table, paragraph, space, stacked
from printing.statement.pen import Ink, Pen
from printing.statement.sheet import CONTENT, LEFT

_INSET = 2.0
_RUNNING = 40.0
_TOGETHER = 8
"""So many items at most stay on one sheet: a short list is not read in two parts."""
_COLUMNS = (
    ("sn", 7, False),
    ("item", 48, False),
    ("category", 17, False),
    ("terms.level", 10, False),
    ("price", 14, True),
    ("terms.limit", 13, True),
    ("quantity", 14, True),
    ("amount", 18, True),
    ("terms.first", 16, True),
    ("terms.outside", 17, True),
)


@dataclass(frozen=True, slots=True)
class Items:
    """All text of others passes `fonts.drawable`, so that everything has a glyph."""

    batch: FeeBatch
    texts: Texts

    def blocks(self) -> Iterator[Block]:
        stay, lines = self.batch.stay, self.batch.lines
        if stay is not None and stay.days:
            yield self._section("days", count=str(len(lines)), days=str(len(stay.days)))
            yield from self._by_day(stay.days)
        elif lines:
            yield self._section("lines", count=str(len(lines)))
            *rows, last = self._table.blocks([*self._rows(lines, count(1)), self._sum()])
            short = len(lines) <= _TOGETHER
            yield from (replace(row, joined=row.joined or short) for row in rows)
            yield last
        if stay is not None and stay.days_wrong:
            yield space(1)
            yield paragraph(LEFT, CONTENT, self._say("days_wrong"), sheet.BODY)
        if not lines:  # of a stay that a relative settles they are the patient's alone
            yield space(1)
            yield paragraph(LEFT, CONTENT, self._say("withheld"), sheet.BODY)

    def _by_day(self, days: tuple[FeeDay, ...]) -> Iterator[Block]:
        """A day that goes over the page has its date again above the rest of it."""
        numbers = count(1)
        table = self._table
        head, *_ = table.blocks([])
        if self.batch.lines:
            yield head
        for day in days:
            band = self._band(day)
            lines = self.batch.lines_on(day.day)
            yield replace(band, heading=head if lines else None, joined=bool(lines))
            again = stacked((head, self._band(day, again=True)))
            _, *rows = table.blocks(self._rows(lines, numbers))
            yield from (replace(row, heading=again) for row in rows)
        _, total = table.blocks([self._sum()])
        yield replace(total, heading=head if self.batch.lines else None)

    def _band(self, day: FeeDay, *, again: bool = False) -> Block:
        """The date on the left, the day's sum and the stay's so far on the right."""
        said = date_of(day.day, self.texts)
        left = self._say("day_again", day=said) if again else said
        sums = (
            (CONTENT - _RUNNING, self._say("day_sum", amount=self._yuan(day.total))),
            (CONTENT, self._say("day_so_far", amount=self._yuan(day.so_far))),
        )
        height = sheet.STRONG.line + 1.0

        def paint(pen: Pen, y: float) -> None:
            pen.box(LEFT, y + 0.2, CONTENT, height - 0.2, Ink.TINT)
            pen.text(LEFT + _INSET, y + 0.6, left, sheet.STRONG)
            for x, text in () if again else sums:
                pen.text_right(LEFT + x, y + 0.6, text, sheet.STRONG)

        return Block(height, paint)

    @property
    def _table(self) -> Table:
        columns = tuple(Column(self._say(name), width, right) for name, width, right in _COLUMNS)
        return Table(LEFT, columns, sheet.FINE, sheet.FINE_STRONG, sheet.FINE_HEAD)

    def _rows(self, lines: tuple[FeeLine, ...], numbers: Iterator[int]) -> list[Row]:
        return [self._line(next(numbers), line) for line in lines]

    def _line(self, at: int, line: FeeLine) -> Row:
        quantity = f"{line.quantity.text()} {fonts.drawable(line.unit)}".strip()
        texts = (fonts.drawable(text) for text in (f"{line.name} {line.spec}".strip(), line.category))
        level, limit, first, outside = self._terms(line.terms)
        figures = (line.price.text(), limit, quantity, self._yuan(line.amount), first, outside)
        return Row((str(at), *texts, level, *figures))

    def _terms(self, told: LineTerms | None) -> tuple[str, str, str, str]:
        """Class, limit, first own part, and what is outside; nothing is written where there is none of it, or where a
        dash for the class has said that nobody told.
        """
        untold = self._say("terms.untold")
        if told is None:
            return (untold, "", "", "")
        level = f"statement.terms.{told.level}"
        limit = told.limit.text() if told.limit else ""
        first, outside = (self._yuan(amount) if amount else "" for amount in (told.preselfpay_amt, told.outside))
        return (self.texts.say(level) if level in self.texts else untold, limit, first, outside)

    def _sum(self) -> Row:
        return Row(("", self._say("sum"), *[""] * 5, self._yuan(self.batch.total), "", ""), strong=True)

    def _section(self, name: str, **values: str) -> Block:
        """The title; on its right in which unit prices stand and, where there is one below, what a dash means."""
        title = paragraph(LEFT, CONTENT, self._say(f"section.{name}", **values), sheet.SECTION)
        untold = any(line.terms is None for line in self.batch.lines)
        note = self._say("terms.unit") + (self._say("terms.dash") if untold else "")

        def paint(pen: Pen, y: float) -> None:
            title.paint(pen, y)
            pen.text_right(LEFT + CONTENT, y + title.height - sheet.SMALL.line, note, sheet.SMALL)

        return Block(title.height + 0.6, paint, joined=True)

    def _say(self, message: str, **values: str) -> str:
        return self.texts.say(f"statement.{message}", **values)

    def _yuan(self, amount: Money) -> str:
        return money.text(amount, self.texts.lang)
