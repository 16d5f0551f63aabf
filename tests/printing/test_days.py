"""What a stay cost day by day, on A4 and, short, on the receipt."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pypdf
import pytest

from kiosk.domain import money
from kiosk.domain.paper import Line, PaperShape
from kiosk.domain.personal import PersonName
from kiosk.domain.stay import FeeDay
from kiosk.messages import Texts
from kiosk.ports.documents import DayList, PaidBill
from printing.days import date_of, day_slip
from printing.receipt import receipt
from printing.statement import statement
from printing.statement.listed import day_list
from tests.support import long_stay
from tests.support.paid_bills import MM58, MM80, MORNING, SITE


def pages_of(bill: PaidBill, texts: Texts) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(statement(bill, SITE, texts))).pages]


def rows_of(bill: PaidBill, shape: PaperShape, texts: Texts) -> list[str]:
    return [item.text for item in receipt(bill, SITE, shape, texts).items if isinstance(item, Line)]


def test_a4_has_every_line_under_its_day_with_the_hospitals_sums(zh: Texts) -> None:
    pages = pages_of(long_stay.BILL, zh)
    whole = "\n".join(pages)
    assert "住院费用按日清单（12 天，140 项" in whole
    at = -1
    for day in long_stay.DAYS:
        said = date_of(day.day, zh)
        at = whole.index(said, at + 1)
        assert f"当日 {money.text(day.total)}" in whole[at:]
        assert f"累计 {money.text(day.so_far)}" in whole[at:]
    assert sum(whole.count(name) for name in ("普通病房床位费（三人间）",)) == len(long_stay.DAYS)


def test_day_that_goes_over_the_page_has_its_date_again(zh: Texts) -> None:
    pages = pages_of(long_stay.BILL, zh)
    assert len(pages) == 6
    for before, page in pairwise(pages):
        again = re.search(r"(\d+月\d+日 星期.)（续）", page)
        assert again is None or again[1] in before
        assert "先自付" in page
    assert any("（续）" in page for page in pages[1:])


@pytest.mark.parametrize("shape", [MM58, MM80], ids=["58", "80"])
def test_receipt_has_a_row_a_day_and_no_line_of_any(zh: Texts, shape: PaperShape) -> None:
    rows = rows_of(long_stay.BILL, shape, zh)
    for day in long_stay.DAYS:
        (row,) = [row for row in rows if row.startswith(date_of(day.day, zh))]
        assert row.endswith(money.text(day.total))
    assert not any(line.name in row for line in long_stay.LINES for row in rows)
    assert any(row.startswith("合计 12 天") and row.endswith(money.text(long_stay.BATCH.total)) for row in rows)


def test_longer_than_a_month_is_told_as_a_number_of_days(zh: Texts) -> None:
    first = long_stay.DAYS[0]
    days = tuple(replace(first, day=first.day + timedelta(days=at)) for at in range(40))
    rows = rows_of(_with_days(days), MM80, zh)
    assert any("共 40 天" in row for row in rows)
    assert not any(row.startswith(date_of(first.day, zh)) for row in rows)


def _with_days(days: tuple[FeeDay, ...]) -> PaidBill:
    stay = replace(long_stay.STAY, days=days)
    return replace(long_stay.BILL, batch=replace(long_stay.BATCH, stay=stay))


def test_list_that_does_not_add_up_is_printed_nowhere_and_said_to_be_missing(zh: Texts) -> None:
    whole = "".join(pages_of(long_stay.WRONG, zh)).replace("\n", "")
    assert "每日清单和账单对不上" in whole
    assert "当日" not in whole
    assert "费用明细（140 项" in whole
    rows = "".join(rows_of(long_stay.WRONG, MM80, zh))
    assert "对不上" in rows
    assert date_of(long_stay.DAYS[0].day, zh) not in rows


def test_relative_with_limited_sight_gets_days_and_sums_and_no_line(zh: Texts) -> None:
    whole = "\n".join(pages_of(long_stay.WITHHELD, zh))
    for day in long_stay.DAYS:
        assert date_of(day.day, zh) in whole
        assert f"当日 {money.text(day.total)}" in whole
    assert "费用明细只给患者本人" in whole
    assert not any(line.name in whole for line in long_stay.LINES)


def test_each_item_has_its_class_its_limit_and_what_is_the_persons_own(zh: Texts) -> None:
    whole = "\n".join(pages_of(long_stay.BILL, zh))
    scan = whole[whole.index("胸部CT平扫") :].replace("\n", " ")
    assert re.match(r"胸部CT平扫 次 +检查费 +乙 +230.00 +200.00 +1 次 +230.00 元 +20.00 元 +30.00 元", scan)
    pills = whole[whole.index("维生素C泡腾片") :].replace("\n", " ")
    assert re.match(r"维生素C泡腾片 1g×20片 +西药费 +自 +28.60 +2 支 +57.20 元 +57.20 元", pills)
    assert "医院未说明" not in whole


def test_item_of_which_nobody_told_has_a_dash_and_the_page_says_what_that_means(zh: Texts) -> None:
    untold = replace(long_stay.BATCH, lines=tuple(replace(line, terms=None) for line in long_stay.LINES))
    whole = "\n".join(pages_of(replace(long_stay.BILL, batch=untold), zh))
    assert "— 医院未说明" in whole
    assert whole.count("—") > len(long_stay.LINES)


def test_english(en: Texts) -> None:
    whole = "\n".join(pages_of(long_stay.BILL, en))
    assert "The stay day by day (12 days, 140 items)" in whole
    assert "Thu 12 Nov" in whole


IN_BED = replace(long_stay.STAY, discharged=None, obstacles=("病区还没有办理出院",))
TOLD = DayList(PersonName("张三"), replace(long_stay.BATCH, stay=IN_BED), MORNING)


def test_list_of_somebody_still_in_bed_is_no_settlement_and_says_so(zh: Texts) -> None:
    whole = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(day_list(TOLD, SITE, zh))).pages)
    for wanted in ("住院费用按日清单", "张三", "ZY2026110017", "还没有结算", "本说明不作报销凭证", "6,620.60 元"):
        assert wanted in whole, wanted
    assert all(date_of(day.day, zh) in whole for day in long_stay.DAYS)
    assert "结算号" not in whole


def test_list_by_itself_on_a_slip_names_nobody(zh: Texts) -> None:
    rows = [item.text for item in day_slip(TOLD, SITE, MM58, zh).items if isinstance(item, Line)]
    whole = "".join(rows)
    assert "张三" not in whole
    assert "还没有结算" in whole
    assert sum(row.startswith("11月") for row in rows) == len(long_stay.DAYS)


def test_list_of_a_relative_with_limited_sight_has_no_line_either(zh: Texts) -> None:
    told = replace(TOLD, batch=long_stay.WITHHELD.batch)
    whole = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(day_list(told, SITE, zh))).pages)
    assert "费用明细只给患者本人" in whole
    assert not any(line.name in whole for line in long_stay.LINES)
