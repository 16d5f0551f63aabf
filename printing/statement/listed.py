"""A stay's day list on A4 (住院费用一日清单), before anything is settled."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import fonts
from kiosk.domain import money
from kiosk.messages import Texts
from kiosk.ports.documents import DayList, Site
from printing.statement import foot_of, painted, sheet
from printing.statement.blocks import Block, beside, pages, panel, paragraph, space, stacked
from printing.statement.items import Items
from printing.statement.pen import Pen, Style
from printing.statement.sheet import CONTENT, FOOT, FOOT_GAP, LEFT, TOP, TOP_AGAIN

_LABEL = 22.0


def day_list(told: DayList, site: Site, texts: Texts) -> bytes:
    """The PDF. It shows the full name, as the statement of the discharge will; the metadata do not."""
    lang = "zh-CN" if texts.lang == "zh" else texts.lang
    title = texts.say("statement.title_days")
    pen = Pen(title, fonts.drawable(site.hospital), lang)
    foot = foot_of(told.printed_at, site, texts)
    bottom = FOOT - foot.height - FOOT_GAP
    sheets = pages(_blocks(told, site, texts), bottom - TOP, bottom - TOP_AGAIN)
    return painted(pen, sheets, foot, (title, told.batch.visit_no), site, texts)


def _blocks(told: DayList, site: Site, texts: Texts) -> Iterator[Block]:
    yield paragraph(LEFT, CONTENT, fonts.drawable(site.hospital), sheet.HOSPITAL)
    yield paragraph(LEFT, CONTENT, texts.say("statement.title_days"), sheet.TITLE)
    yield space(2)
    yield _person(told, texts)
    yield space(3)
    yield _so_far(told, texts)
    yield space(3)
    yield from Items(told.batch, texts).blocks()


def _person(told: DayList, texts: Texts) -> Block:
    batch, stay = told.batch, told.batch.stay
    ward = " ".join(part for part in (stay.ward, stay.bed) if part) if stay else batch.department
    admitted = f"{stay.admitted:%Y-%m-%d}" if stay else ""
    facts = (
        (("name", told.name.reveal()), ("stay_no", batch.visit_no)),
        (("ward", ward), ("admitted", admitted)),
    )
    return stacked(
        beside(*(_fact(LEFT + column * CONTENT / 2, *fact, texts) for column, fact in enumerate(row))) for row in facts
    )


def _fact(x: float, name: str, value: str, texts: Texts) -> Block:
    width = CONTENT / 2 - _LABEL - 3
    return beside(
        paragraph(x, _LABEL, texts.say(f"statement.{name}"), sheet.LABEL),
        paragraph(x + _LABEL, width, fonts.drawable(value), sheet.BODY),
    )


def _so_far(told: DayList, texts: Texts) -> Block:
    """What it comes to until now, and that this is no settlement."""
    x, width = LEFT + 5, CONTENT - 10
    parts: tuple[tuple[str, Style], ...] = (
        (texts.say("statement.total"), sheet.LABEL),
        (money.text(told.batch.total, texts.lang), sheet.FIGURE),
        (texts.say("statement.unsettled"), sheet.LABEL),
    )
    return panel(LEFT, CONTENT, stacked(paragraph(x, width, text, style) for text, style in parts), 3.0)
