"""The sheet that finance signs at the end of a day: a line for each virtual cashier, then what does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk import fonts
from kiosk.domain import money
from kiosk.domain.money import ZERO, Money, total
from kiosk.messages import Texts
from kiosk.ports.documents import CashierLine, DayClose, Site
from printing import names
from printing.statement import sheet
from printing.statement.blocks import Block, Column, Row, Table, pages, paragraph, space, stacked
from printing.statement.pen import Pen
from printing.statement.sheet import CONTENT, FOOT, FOOT_GAP, LEFT, TOP, TOP_AGAIN

_NOT_TOLD = "—"
_FIGURE, _SMALLER = 23.0, 18.5
"""Wide enough for millions of yuan in bold, and for hundreds of thousands, without their unit: it stands above."""
_COUNT = 9.0
_TERMINAL = 11.0


def day_close(close: DayClose, site: Site, texts: Texts) -> bytes:
    """An A4 PDF; equal days give equal bytes."""
    lang = "zh-CN" if texts.lang == "zh" else texts.lang
    parts = _Parts(close, site, texts)
    pen = Pen(texts.say("day_close.title"), fonts.drawable(site.hospital), lang)
    bottom = FOOT - sheet.SMALL.line * 2 - FOOT_GAP
    sheets = pages(parts.blocks(), bottom - TOP, bottom - TOP_AGAIN)
    for number, blocks in enumerate(sheets, start=1):
        if site.simulated:
            pen.watermark(texts.say("statement.watermark"))
        stacked(blocks).paint(pen, TOP if number == 1 else TOP_AGAIN)
        count = texts.say("statement.page", at=str(number), of=str(len(sheets)))
        pen.text(LEFT, FOOT - sheet.SMALL.line, parts.printed, sheet.SMALL)
        pen.text_right(LEFT + CONTENT, FOOT - sheet.SMALL.line, count, sheet.SMALL)
        pen.end_page()
    return pen.finish()


@dataclass(frozen=True, slots=True)
class _Parts:
    close: DayClose
    site: Site
    texts: Texts

    def blocks(self) -> Iterator[Block]:
        yield paragraph(LEFT, CONTENT, fonts.drawable(self.site.hospital), sheet.HOSPITAL)
        yield paragraph(LEFT, CONTENT, self._say("title"), sheet.TITLE)
        yield paragraph(LEFT, CONTENT, self._say("day", day=f"{self.close.day:%Y-%m-%d}"), sheet.NUMBER)
        yield space(2)
        yield paragraph(LEFT, CONTENT, self._verdict(), sheet.SECTION)
        yield paragraph(LEFT, CONTENT, f"{self._counted()}　{self._say('unit')}", sheet.BODY)
        yield space(3)
        yield self._heading("cashiers")
        yield from self._table().blocks([*map(self._row, self.close.lines), self._sum()])
        yield space(3)
        yield from self._remarks()
        yield space(8)
        yield paragraph(LEFT, CONTENT, self._say("signed"), sheet.BODY)

    @property
    def printed(self) -> str:
        return self._say("printed", time=self.close.printed_at.strftime("%Y-%m-%d %H:%M:%S"))

    def _verdict(self) -> str:
        return self._say("balanced") if self.close.balanced else self._say("open", count=str(len(self.close.remarks)))

    def _counted(self) -> str:
        return self._say("counted", kiosks=str(self.close.kiosks), settlements=str(self.close.settlements))

    def _table(self) -> Table:
        columns = (
            Column(self._say("terminal"), _TERMINAL),
            Column(self._say("channel"), CONTENT - _TERMINAL - 2 * (_COUNT + _SMALLER) - 4 * _FIGURE),
            Column(self._say("takings"), _COUNT, right=True),
            Column(self._say("taken"), _FIGURE, right=True),
            Column(self._say("refunds"), _COUNT, right=True),
            Column(self._say("refunded"), _SMALLER, right=True),
            Column(self._say("net"), _FIGURE, right=True),
            Column(self._say("at_payment"), _FIGURE, right=True),
            Column(self._say("at_hospital"), _FIGURE, right=True),
            Column(self._say("difference"), _SMALLER, right=True),
        )
        return Table(LEFT, columns, sheet.BODY, sheet.STRONG, sheet.HEAD)

    def _row(self, line: CashierLine) -> Row:
        channel = names.channel(line.channel, self.texts)
        return Row((line.terminal, fonts.drawable(channel), *self._figures(line)))

    def _figures(self, line: CashierLine) -> tuple[str, ...]:
        return (
            str(line.takings),
            self._yuan(line.taken),
            str(line.refunds),
            self._yuan(line.refunded),
            self._yuan(line.net),
            _NOT_TOLD if line.at_payment is None else self._yuan(line.at_payment),
            self._yuan(line.at_hospital),
            self._yuan(line.difference),
        )

    def _sum(self) -> Row:
        lines = self.close.lines
        apart = total(line.difference for line in lines)
        figures = (
            str(sum(line.takings for line in lines)),
            self._yuan(total(line.taken for line in lines)),
            str(sum(line.refunds for line in lines)),
            self._yuan(total(line.refunded for line in lines)),
            self._yuan(total(line.net for line in lines)),
            self._yuan(total(line.at_payment or ZERO for line in lines)),
            self._yuan(total(line.at_hospital for line in lines)),
            self._yuan(apart) if lines else self._yuan(ZERO),
        )
        return Row((self._say("sum"), "", *figures), strong=True)

    def _remarks(self) -> Iterator[Block]:
        if not self.close.remarks:
            return
        yield self._heading("remarks")
        for at, remark in enumerate(self.close.remarks, start=1):
            yield paragraph(LEFT, CONTENT, f"{at}. {fonts.drawable(remark)}", sheet.BODY)
            yield space(1)

    def _heading(self, name: str) -> Block:
        title = paragraph(LEFT, CONTENT, self._say(name), sheet.SECTION)
        return Block(title.height + 0.6, title.paint, joined=True)

    def _yuan(self, amount: Money) -> str:
        """Without its unit: the table says it once."""
        return money.text(amount, self.texts.lang).replace("¥", "").removesuffix(" 元")

    def _say(self, message: str, **values: str) -> str:
        return self.texts.say(f"day_close.{message}", **values)
