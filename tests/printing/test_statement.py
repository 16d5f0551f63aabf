from __future__ import annotations

import io
import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import money
from kiosk.domain.money import Money, Ratio, total
from kiosk.domain.personal import PersonName
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts
from kiosk.domain.visit import Booking, NextStep
from kiosk.messages import Catalogue, Texts
from kiosk.ports.documents import PaidBill, Site
from printing.statement import statement
from printing.statement.chart import shades
from tests.support.amounts import lawful_amounts
from tests.support.fifty import fifty
from tests.support.paid_bills import (
    AMOUNTS,
    BATCH,
    BILL,
    BOOKING,
    INSURED_BILL,
    LINES,
    MANY_FUNDS,
    REFUSED_BILL,
    SITE,
    STAY_BILL,
    line,
    with_amounts,
)

SIMULATED = replace(SITE, simulated=True)
LONG = replace(
    with_amounts(replace(MANY_FUNDS, pool_prop_selfpay=Ratio(Decimal("0.7000")))),
    name=PersonName("李𬭎·阿卜杜热合曼·吐尔逊尼亚孜"),
    batch=replace(
        BATCH,
        disease="高血压",
        med_type="14",
        lines=tuple(replace(row, sn=str(at)) for at, row in enumerate(LINES * 12)),
    ),
)
EVERYTHING = replace(with_amounts(MANY_FUNDS, INSURED_BILL), name=LONG.name)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def texts_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in read(pdf).pages]


def fonts_of(pdf: bytes) -> Iterator[Any]:
    for page in read(pdf).pages:
        resources: Any = page["/Resources"]
        yield from (font.get_object() for font in resources["/Font"].values())


def amounts_in(text: str) -> list[Money]:
    return [Money(int(re.sub(r"[,.]", "", figure))) for figure in re.findall(r"(-?[\d,]+\.\d\d) 元", text)]


def test_typical_bill_is_one_page_that_tells_everything(zh: Texts) -> None:
    (page,) = texts_of(statement(BILL, SITE, zh))
    for wanted in (
        "张三",
        "职工医保",
        "呼吸内科门诊 周明",
        BILL.number,
        BILL.settlement.setl_id,
        "西药房 3 号窗口，门诊楼一层",
        "99.40 元",
        "人民币壹拾叁元肆角伍分",
        "微信支付，单号尾号 0iz2d7",
        "0012345678",
        "本说明不作报销凭证",
        "第 1 页，共 1 页",
        "2026-11-23 09:41:05",
        *(row.name[:12] for row in LINES),
    ):
        assert wanted in page, wanted


def test_long_bill_repeats_the_head_of_its_table_and_counts_its_pages(zh: Texts) -> None:
    pages = texts_of(statement(LONG, SITE, zh))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 3 页" in page
        assert "先自付" in page
        assert "本说明不作报销凭证" in page
    assert sum(page.count("阿莫西林胶囊") for page in pages) == 12
    assert LONG.number in pages[1]


def test_an_insurers_part_leaves_the_statement_on_one_page(zh: Texts) -> None:
    assert len(texts_of(statement(INSURED_BILL, SITE, zh))) == 1


def test_a_short_list_is_not_parted_and_a_code_does_not_stand_alone(zh: Texts) -> None:
    first, second = texts_of(statement(EVERYTHING, SITE, zh))
    assert LINES[0].name not in first
    assert all(row.name[:12] in second for row in LINES)
    assert "0012345678" in second


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nine_payers_have_room_beside_one_another(catalogue: Catalogue, lang: str) -> None:
    document = pypdfium2.PdfDocument(statement(EVERYTHING, SITE, catalogue.of(lang)))
    try:
        found = [item.get_bounds() for item in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    finally:
        document.close()
    assert max(right for _, _, right, _ in found) <= (210 - 18 + 0.5) * 72 / 25.4


def test_rare_names_can_be_read_from_the_file(zh: Texts) -> None:
    assert "李𬭎·阿卜杜热合曼·吐尔逊尼亚孜" in texts_of(statement(LONG, SITE, zh))[0]


def test_english(en: Texts) -> None:
    (page,) = texts_of(statement(BILL, SITE, en))
    assert "Who pays this bill" in page
    assert "¥13.45" in page
    assert "人民币" not in page


def test_simulation_is_watermarked_on_every_page_and_the_real_thing_on_none(zh: Texts) -> None:
    assert all("模 拟" in page for page in texts_of(statement(LONG, SIMULATED, zh)))
    assert not any("模 拟" in page for page in texts_of(statement(LONG, SITE, zh)))


def test_reprint_is_marked(zh: Texts) -> None:
    assert "补打" in texts_of(statement(replace(BILL, reprint=True), SITE, zh))[0]
    assert "补打" not in texts_of(statement(BILL, SITE, zh))[0]


def test_hospital_that_does_not_know_yet_and_bill_without_own_part(zh: Texts) -> None:
    nothing = with_amounts(replace(AMOUNTS, psn_cash_pay=Money(0), acct_pay=AMOUNTS.psn_part_amt))
    (page,) = texts_of(statement(replace(nothing, booking=None), SITE, zh))
    assert "正在通知科室" in page
    assert "没有需要患者支付的部分" in page
    assert "电子票据号码" not in page


def test_only_our_typeface_and_embedded_once(zh: Texts) -> None:
    found = {font["/BaseFont"]: font["/DescendantFonts"][0] for font in fonts_of(statement(LONG, SIMULATED, zh))}
    assert [name.split("+")[1] for name in found] == ["NotoSansSC-Paper"]
    assert all("/FontFile3" in font["/FontDescriptor"] for font in found.values())


def test_equal_bills_give_equal_bytes(zh: Texts) -> None:
    assert statement(LONG, SIMULATED, zh) == statement(LONG, SIMULATED, zh)


@pytest.mark.parametrize("site", [SITE, SIMULATED])
@pytest.mark.parametrize("things", [4, 10, 30, 50])
def test_fifty_lines_take_no_more_than_sixty_kilobytes(zh: Texts, things: int, site: Site) -> None:
    """The more different things, the more hanzi: fifty have 390 of them. Of them a hospital, a stay, an insurer."""
    for bill in (BILL, STAY_BILL, INSURED_BILL, REFUSED_BILL, EVERYTHING):
        assert len(statement(fifty(things, bill), site, zh)) <= 60_000


def test_metadata_name_the_document_and_nobody(zh: Texts) -> None:
    reader = read(statement(BILL, SITE, zh))
    assert reader.metadata is not None
    assert reader.metadata.title == "门诊费用医保结算说明"
    assert reader.metadata.author == SITE.hospital
    assert "张三" not in str(reader.metadata)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"


def test_codes_on_the_page_read_back(zh: Texts) -> None:
    page = pypdfium2.PdfDocument(statement(BILL, SITE, zh))[0].render(scale=3).to_pil()
    assert BILL.booking is not None
    assert BILL.booking.receipt is not None
    assert {code.text for code in zxingcpp.read_barcodes(page)} == {BILL.number, BILL.booking.receipt.url}


def test_line_longer_than_a_page_is_parted_and_complete(zh: Texts) -> None:
    endless = line(1, "灵芝孢子粉" * 400, "", "1", "盒", "1", "1.00", "中药费")
    pages = texts_of(statement(replace(BILL, batch=replace(BATCH, lines=(endless,))), SITE, zh))
    assert len(pages) > 2
    assert len(re.findall("[灵芝孢粉]", "".join(pages))) == 1600


@settings(max_examples=25)
@given(drawn=lawful_amounts())
def test_amounts_are_the_settlements(zh: Texts, drawn: tuple[Amounts, SettlementProfile]) -> None:
    amounts, _ = drawn
    page = "".join(texts_of(statement(with_amounts(amounts), SITE, zh)))
    printed = amounts_in(page[page.index("这笔费用由谁支付") : page.index("这笔费用怎样计入医保")])
    # the account's row also tells what is left in it
    assert {amounts.funds.hifp_pay, amounts.acct_pay, amounts.balc, amounts.psn_cash_pay} <= set(printed)
    assert printed[-1] == amounts.medfee_sumamt
    scope = amounts_in(page[page.index("这笔费用怎样计入医保") : page.index("费用明细")])
    assert scope == [
        amounts.act_pay_dedc,
        amounts.inscp_scp_amt,
        amounts.preselfpay_amt,
        amounts.overlmt_selfpay,
        amounts.fulamt_ownpay_amt,
        amounts.medfee_sumamt,
    ]
    assert total(scope[1:-1]) == scope[-1]
    assert money.in_capitals(amounts.psn_cash_pay) in "".join(page.split())


anything = st.text(min_size=1, max_size=60) | st.text("张三䶮𬭎𠀀·￥—≒abc （），。", min_size=1, max_size=60)


@st.composite
def strange_bills(draw: st.DrawFn) -> tuple[PaidBill, Site]:
    rows = tuple(replace(row, name=draw(anything), spec=draw(anything), unit=draw(anything)) for row in LINES[:2])
    batch = replace(BATCH, department=draw(anything), doctor=draw(anything), disease=draw(anything), lines=rows)
    booking: Booking = replace(BOOKING, steps=(NextStep(*(draw(anything) for _ in range(5))),))
    bill = replace(BILL, name=PersonName(draw(anything)), batch=batch, booking=booking)
    return bill, replace(SITE, hospital=draw(anything), place=draw(anything))


@settings(max_examples=25)
@given(drawn=strange_bills(), lang=st.sampled_from(["zh", "en"]))
def test_no_text_leads_to_a_missing_glyph(catalogue: Catalogue, drawn: tuple[PaidBill, Site], lang: str) -> None:
    """The empty box stands at code 0; a code is two bytes."""
    bill, site = drawn
    for page in read(statement(bill, site, catalogue.of(lang))).pages:
        content = page.get_contents()
        assert content is not None
        shown = [operands[0] for operands, operator in content.operations if operator == b"Tj"]
        assert shown
        codes = [code for text in shown for (code,) in struct.iter_unpack(">H", text.original_bytes)]
        assert 0 not in codes


def test_a_stays_statement_says_what_became_of_each_deposit(zh: Texts, en: Texts) -> None:
    said = "".join(texts_of(statement(STAY_BILL, SITE, zh)))
    for words in ("住院费用医保结算说明", "住院号", "2026-11-17 – 2026-11-23", "预交金和退还", "3,500.00 元"):
        assert words in said
    assert "门诊费用" not in said
    assert "1,000.00 元 已退款" in said
    assert "500.00 元 窗口领取" in said
    assert "Inpatient settlement statement" in texts_of(statement(STAY_BILL, SITE, en))[0]


def test_what_an_agent_may_not_see_is_on_no_statement(zh: Texts) -> None:
    [said] = texts_of(statement(replace(STAY_BILL, batch=replace(STAY_BILL.batch, lines=())), SITE, zh))
    assert "费用明细只给患者本人" in said
    assert "项目名称" not in said


def test_no_two_payers_have_the_same_shade() -> None:
    """On a drum that prints black only the order and the shade tell them apart."""
    each = shades(9)
    assert len(set(each)) == 9
    assert each[-1] == max(each) == 1.0
    assert min(abs(one - other) for one, other in itertools.pairwise(each)) >= 0.16 - 1e-9
