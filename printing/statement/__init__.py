"""The A4 statement: every line of the bill and every payer, explained, in the manner of a bank's statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk import fonts
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Site
from printing.statement import sheet
from printing.statement.blocks import Block, pages, paragraph, stacked
from printing.statement.pen import Ink, Pen
from printing.statement.sections import Sections
from printing.statement.sheet import CONTENT, FOOT, FOOT_GAP, LEFT, TOP, TOP_AGAIN

__all__ = ["foot_of", "painted", "statement"]

_PAGE_NUMBER = 34.0
_WHITE = (3.5, 2.4, 1.6)
"""Millimetres above each part of a statement, as wished, as it may be, and as it must not be undercut."""


def statement(bill: PaidBill, site: Site, texts: Texts) -> bytes:
    """The PDF of a paid bill. It shows the full name, because it goes into the owner's files; the metadata do not."""
    lang = "zh-CN" if texts.lang == "zh" else texts.lang
    title = "statement.title_stay" if bill.batch.stay else "statement.title"
    pen = Pen(texts.say(title), fonts.drawable(site.hospital), lang)
    foot = foot_of(bill.printed_at, site, texts)
    bottom = FOOT - foot.height - FOOT_GAP
    sheets = _fewest(Sections(bill, site, texts), bottom)
    again = texts.say("statement.title_stay_again" if bill.batch.stay else "statement.title_again")
    return painted(pen, sheets, foot, (again, bill.number), site, texts)


def painted(
    pen: Pen, sheets: Sequence[Sequence[Block]], foot: Block, again: tuple[str, str], site: Site, texts: Texts
) -> bytes:
    """Sheets with their foot and number; from the second on they begin with `again`: what this is, and its number."""
    for number, blocks in enumerate(sheets, start=1):
        if site.simulated:
            pen.watermark(texts.say("statement.watermark"))
        if number > 1:
            _head_again(pen, *again)
        stacked(blocks).paint(pen, TOP if number == 1 else TOP_AGAIN)
        foot.paint(pen, FOOT - foot.height)
        count = texts.say("statement.page", at=str(number), of=str(len(sheets)))
        pen.text_right(LEFT + CONTENT, FOOT - foot.height + 1, count, sheet.NOTICE)
        pen.end_page()
    return pen.finish()


def _fewest(sections: Sections, bottom: float) -> tuple[tuple[Block, ...], ...]:
    """With as much white as there may be; less of it where that saves a sheet with little on it."""
    laid = [pages(sections.blocks(between), bottom - TOP, bottom - TOP_AGAIN) for between in _WHITE]
    return min(laid, key=len)


def _head_again(pen: Pen, title: str, number: str) -> None:
    pen.text(LEFT, 12, title, sheet.SMALL)
    pen.text_right(LEFT + CONTENT, 12, number, sheet.SMALL)
    pen.rule(LEFT, 17, CONTENT)


def foot_of(printed_at: datetime, site: Site, texts: Texts) -> Block:
    """What stands at the foot of every sheet: that it is no voucher, where and when it was printed, whom to call."""
    place = " ".join(fonts.drawable(part) for part in (site.hospital, site.place, site.terminal) if part)
    printed = printed_at.strftime("%Y-%m-%d %H:%M:%S")
    phones = texts.say("statement.phones", help=fonts.drawable(site.help_phone), hotline="12393 / 12345")
    lines = stacked(
        (
            paragraph(LEFT, CONTENT - _PAGE_NUMBER, texts.say("statement.no_voucher"), sheet.NOTICE),
            paragraph(LEFT, CONTENT, texts.say("statement.printed", place=place, time=printed), sheet.SMALL),
            paragraph(LEFT, CONTENT, phones, sheet.SMALL),
        )
    )

    def paint(pen: Pen, y: float) -> None:
        pen.rule(LEFT, y, CONTENT, Ink.ACCENT, 0.9)
        lines.paint(pen, y + 1)

    return Block(lines.height + 1, paint)
