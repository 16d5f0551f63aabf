"""The sheet that finance signs at the end of a day: a line for each virtual cashier, then what does not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk import fonts
from kiosk.domain import money
from kiosk.domain.money import ZERO, Money, total
from kiosk.messages import Texts
from kiosk.ports.documents import CashierLine, CloseSide, DayClose, Payers, Site
from printing import names
from printing.statement import sheet
from printing.statement.blocks import Block, Column, Row, Table, beside, pages, paragraph, space, stacked
from printing.statement.pen import Ink, Pen
from printing.statement.sheet import CONTENT, FOOT, FOOT_GAP, LEFT, TOP, TOP_AGAIN

_NOT_TOLD = "—"
_FIGURE, _SMALLER = 22.0, 18.0
"""Wide enough for millions of yuan in bold, and for hundreds of thousands, without their unit: it stands above."""
_COUNT = 9.0
_TERMINAL = 11.0
_SIDE_COUNT = 10.0
_SIDES = {
    "medfee_sumamt": 25.0,
    "fund_pay_sumamt": 23.0,
    "acct_pay": 22.0,
    "received": 23.0,
    "insurer": 21.0,
    "deferred": 20.0,
}
_PAYERS = {
    "psn_cash_pay": 22.0,
    "collected": 22.0,
    "used": 22.0,
    "insurer": 22.0,
    "deferred": 21.0,
    "unpaid": 21.0,
}
_SIGNATURE = 5.0
"""Millimetres between two lines to sign on."""
_LABEL, _HAND, _DATE = 17.0, 55.0, 35.0
_SIGNED_AT, _DATED_AT = 0.0, 82.0


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


def _amounts_of(side: CloseSide) -> tuple[Money | None, ...]:
    return (
        side.medfee_sumamt,
        side.fund_pay_sumamt,
        side.acct_pay,
        side.received,
        side.insurer,
        side.deferred,
    )


def _blank(x: float, words: str, length: float) -> Block:
    """Words, and a line to write on behind them."""
    label = paragraph(x, _LABEL, words, sheet.BODY)

    def paint(pen: Pen, y: float) -> None:
        label.paint(pen, y)
        pen.rule(x + _LABEL, y + label.height, length, Ink.GREY)

    return Block(label.height, paint)


def _moved(line: CashierLine) -> bool:
    """Whether anybody has money of it: bills of which nothing was collected are among the payers alone."""
    return bool(line.takings or line.refunds or line.at_payment or line.at_hospital or line.channel)


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
        yield from self._table().blocks([*map(self._row, filter(_moved, self.close.lines)), self._sum()])
        yield space(3)
        yield from self._payers()
        yield from self._parties()
        yield from self._listed("remarks", self.close.remarks)
        yield from self._listed("notes", self.close.notes)
        yield from self._listed("handed", self.close.handed)
        if self.close.over:
            yield space(8)
            yield from self._signatures()

    @property
    def printed(self) -> str:
        return self._say("printed", time=self.close.printed_at.strftime("%Y-%m-%d %H:%M:%S"))

    def _signatures(self) -> Iterator[Block]:
        """On one page, with room for a hand, and every line below the other whatever stands before it."""
        names = ("signed_by_cashier", "signed_by_checker", "signed_by_finance")
        for at, name in enumerate(names):
            told = ((_SIGNED_AT, self._say(name), _HAND), (_DATED_AT, self._say("signed_on"), _DATE))
            line = beside(*(_blank(LEFT + x, words, length) for x, words, length in told))
            yield Block(line.height + _SIGNATURE, line.paint, joined=at < len(names) - 1)

    def _payers(self) -> Iterator[Block]:
        """Who pays the bills of each cashier: the first figure is the sum of the four behind it."""
        told = [line for line in self.close.lines if line.payers.bills]
        if told:
            yield self._heading("payers")
            whole = sum((line.payers for line in told), Payers())
            rows = [Row((*self._cashier(line), *self._paid(line.payers))) for line in told]
            sums = Row((self._say("sum"), "", *self._paid(whole)), strong=True)
            yield from self._payers_table().blocks([*rows, sums])
            yield space(3)

    def _payers_table(self) -> Table:
        columns = (
            Column(self._say("terminal"), _TERMINAL),
            Column(self._say("channel"), CONTENT - _TERMINAL - _SIDE_COUNT - sum(_PAYERS.values())),
            Column(self._say("side_count"), _SIDE_COUNT, right=True),
            *(Column(self._say(f"paid_{name}"), width, right=True) for name, width in _PAYERS.items()),
        )
        return Table(LEFT, columns, sheet.BODY, sheet.STRONG, sheet.HEAD)

    def _paid(self, payers: Payers) -> tuple[str, ...]:
        return (str(payers.bills), *(self._yuan(getattr(payers, name)) for name in _PAYERS))

    def _parties(self) -> Iterator[Block]:
        """The parties' sums side by side. What one does not tell is a dash; whoever tells nothing is left out."""
        told = [
            side for side in self.close.sides if any(figure is not None for figure in (side.count, *_amounts_of(side)))
        ]
        if told:
            yield self._heading("sides")
            yield from self._sides_table().blocks([self._side(side) for side in told])
            yield space(3)

    def _sides_table(self) -> Table:
        figures = [Column(self._say(f"side_{name}"), width, right=True) for name, width in _SIDES.items()]
        party = Column(self._say("side_party"), CONTENT - _SIDE_COUNT - sum(_SIDES.values()))
        columns = (party, Column(self._say("side_count"), _SIDE_COUNT, right=True), *figures)
        return Table(LEFT, columns, sheet.BODY, sheet.STRONG, sheet.HEAD)

    def _side(self, side: CloseSide) -> Row:
        count = _NOT_TOLD if side.count is None else str(side.count)
        figures = (_NOT_TOLD if figure is None else self._yuan(figure) for figure in _amounts_of(side))
        return Row((self._say(f"party_{side.party}"), count, *figures))

    def _verdict(self) -> str:
        if not self.close.over:
            return self._say("not_over")
        if self.close.balanced:
            return self._say("balanced")
        remarks = self.close.remarks
        return self._say("open", count=str(len(remarks))) if remarks else self._say("unanswered")

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
        return Row((*self._cashier(line), *self._figures(line)))

    def _cashier(self, line: CashierLine) -> tuple[str, str]:
        channel = names.channel(line.channel, self.texts) if line.channel else self._say("no_channel")
        return line.terminal, fonts.drawable(channel)

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

    def _listed(self, heading: str, sentences: Sequence[str]) -> Iterator[Block]:
        if not sentences:
            return
        yield self._heading(heading)
        for at, sentence in enumerate(sentences, start=1):
            yield paragraph(LEFT, CONTENT, f"{at}. {fonts.drawable(sentence)}", sheet.BODY)
            yield space(1)
        yield space(2)

    def _heading(self, name: str) -> Block:
        title = paragraph(LEFT, CONTENT, self._say(name), sheet.SECTION)
        return Block(title.height + 0.6, title.paint, joined=True)

    def _yuan(self, amount: Money) -> str:
        """Without its unit: the table says it once."""
        return money.text(amount, self.texts.lang).replace("¥", "").removesuffix(" 元")

    def _say(self, message: str, **values: str) -> str:
        return self.texts.say(f"day_close.{message}", **values)
