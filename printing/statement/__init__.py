"""The A4 statement: every line of the bill and every payer, explained, in the manner of a bank's statement."""

from __future__ import annotations

from kiosk import fonts
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Site
from printing.statement import sheet
from printing.statement.blocks import Block, pages, paragraph, stacked
from printing.statement.pen import Ink, Pen
from printing.statement.sections import Sections
from printing.statement.sheet import CONTENT, FOOT, FOOT_GAP, LEFT, TOP, TOP_AGAIN

__all__ = ["statement"]

_PAGE_NUMBER = 34.0
_WHITE = (3.5, 2.4, 1.6)
"""Millimetres above each part of a statement, as wished, as it may be, and as it must not be undercut."""


def statement(bill: PaidBill, site: Site, texts: Texts) -> bytes:
    """The PDF of a paid bill. It shows the full name, because it goes into the owner's files; the metadata do not."""
    lang = "zh-CN" if texts.lang == "zh" else texts.lang
    title = "statement.title_stay" if bill.batch.stay else "statement.title"
    pen = Pen(texts.say(title), fonts.drawable(site.hospital), lang)
    foot = _foot(bill, site, texts)
    bottom = FOOT - foot.height - FOOT_GAP
    sheets = _fewest(Sections(bill, site, texts), bottom)
    for number, blocks in enumerate(sheets, start=1):
        if site.simulated:
            pen.watermark(texts.say("statement.watermark"))
        if number > 1:
            _head_again(pen, bill, texts)
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


def _head_again(pen: Pen, bill: PaidBill, texts: Texts) -> None:
    again = "statement.title_stay_again" if bill.batch.stay else "statement.title_again"
    pen.text(LEFT, 12, texts.say(again), sheet.SMALL)
    pen.text_right(LEFT + CONTENT, 12, bill.number, sheet.SMALL)
    pen.rule(LEFT, 17, CONTENT)


def _foot(bill: PaidBill, site: Site, texts: Texts) -> Block:
    place = " ".join(fonts.drawable(part) for part in (site.hospital, site.place, site.terminal) if part)
    printed = bill.printed_at.strftime("%Y-%m-%d %H:%M:%S")
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
