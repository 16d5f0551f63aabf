from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import money
from kiosk.domain.money import ZERO, Money
from kiosk.domain.paper import CharacterSet, Cut, Line, PaperShape, Qr, Raster, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts
from kiosk.domain.visit import Booking, NextStep
from kiosk.messages import Catalogue, Texts
from kiosk.ports.documents import PaidBill, Pending, Site
from printing.breaking import columns
from printing.characters import holds
from printing.receipt import pending_slip, receipt
from tests.support.amounts import lawful_amounts
from tests.support.paid_bills import (
    AMOUNTS,
    BATCH,
    BILL,
    BOOKING,
    CLONE,
    FOUR_BYTE,
    LATER,
    MANY_FUNDS,
    MM58,
    MM80,
    PENDING,
    SITE,
    with_amounts,
)
from tests.support.slip_pictures import picture, readable

GOLDEN = Path(__file__).parent / "golden"
SIMULATED = replace(SITE, simulated=True)
BARE = replace(MM58, characters=CharacterSet.NONE)
SHAPES = (MM58, MM80, CLONE, FOUR_BYTE, BARE)
RARE = replace(
    with_amounts(MANY_FUNDS),
    name=PersonName("𠅤安娜"),
    batch=replace(BATCH, doctor="陈䶮李𠀀", disease="高血压", med_type="14"),
    reprint=True,
)


def golden(name: str, slip: Slip) -> None:
    """Compare with what was looked at and found good; KIOSK_WRITE_GOLDEN=1 writes it anew, to be looked at again."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KIOSK_WRITE_GOLDEN"):
        path.write_text(readable(slip), encoding="utf-8")
    assert readable(slip) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("shape", "name"), [(MM58, "receipt-58"), (MM80, "receipt-80")])
def test_receipt(shape: PaperShape, name: str, zh: Texts) -> None:
    golden(name, receipt(BILL, SITE, shape, zh))


def test_receipt_in_english(en: Texts) -> None:
    golden("receipt-58-en", receipt(BILL, SITE, MM58, en))


def test_reprint_of_many_payers_with_rare_names_on_a_clone(zh: Texts) -> None:
    golden("receipt-58-rare", receipt(RARE, SIMULATED, CLONE, zh))


def test_pending_slip(zh: Texts) -> None:
    golden("pending-58", pending_slip(PENDING, SITE, MM58, zh))


def lines(slip: Slip) -> list[Line]:
    return [item for item in slip.items if isinstance(item, Line)]


def said(slip: Slip) -> str:
    return "".join(line.text for line in lines(slip))


def test_first_thing_said_is_where_to_go(zh: Texts) -> None:
    first, second, third, *_ = lines(receipt(BILL, SITE, MM58, zh))
    assert first.text == "第 1 步：取药"
    assert (second.text, second.scale) == ("西药房 3 号窗口", 2)
    assert (third.text, third.scale) == ("门诊楼一层", 2)


def test_single_step_needs_no_counting(zh: Texts) -> None:
    booking = Booking("K1", (NextStep("取药", "西药房"),))
    assert lines(receipt(replace(BILL, booking=booking), SITE, MM58, zh))[0].text == "接下来请去：取药"


def test_hospital_that_does_not_know_yet_is_told_by_the_slip(zh: Texts) -> None:
    slip = receipt(replace(BILL, booking=None), SITE, MM58, zh)
    assert lines(slip)[0].text == "费用已结清"
    assert "请出示本凭条" in said(slip)


def test_name_is_masked(zh: Texts) -> None:
    slip = receipt(replace(BILL, name=PersonName("欧阳娜娜")), SITE, MM80, zh)
    assert "欧***" in said(slip)
    assert "欧阳" not in said(slip)


def test_simulation_reprint_and_worthlessness_for_claims_are_said(zh: Texts) -> None:
    assert "模拟" in said(receipt(BILL, SIMULATED, MM58, zh))
    assert "模拟 非真实交易" not in said(receipt(BILL, SITE, MM58, zh))
    assert "补打" in said(receipt(replace(BILL, reprint=True), SITE, MM58, zh))
    assert "补打" not in said(receipt(BILL, SITE, MM58, zh))
    assert "此凭条不作报销凭证" in said(receipt(BILL, SITE, MM58, zh))
    assert "模拟" in said(pending_slip(PENDING, SIMULATED, MM58, zh))


def test_bill_without_own_part_says_so(zh: Texts) -> None:
    nothing = replace(AMOUNTS, psn_cash_pay=Money(0), acct_pay=AMOUNTS.psn_part_amt)
    assert "无需支付" in said(receipt(with_amounts(nothing), SITE, MM58, zh))


def test_pending_slip_tells_the_own_part_and_that_it_is_not_paid_twice(zh: Texts) -> None:
    words = said(pending_slip(PENDING, SITE, MM58, zh))
    assert "13.45 元" in words
    assert "不会让您付两次" in words


@pytest.mark.parametrize("shape", [MM58, CLONE, MM80])
def test_number_and_fiscal_receipt_can_be_scanned_from_the_paper(shape: PaperShape, zh: Texts) -> None:
    assert BILL.booking is not None
    assert BILL.booking.receipt is not None
    found = sorted(
        zxingcpp.read_barcodes(picture(receipt(BILL, SITE, shape, zh))), key=lambda code: code.position.top_left.y
    )
    assert [code.text for code in found] == [BILL.number, BILL.booking.receipt.url]


def test_a_fiscal_receipt_that_is_not_issued_yet_says_where_to_look_it_up(zh: Texts) -> None:
    text = said(receipt(replace(BILL, booking=LATER), SITE, MM58, zh))
    assert "正在开具" in text
    assert "查验平台" in text
    assert "校验码" not in text


def test_code_is_native_where_the_printer_has_codes(zh: Texts) -> None:
    native, drawn = (receipt(BILL, SITE, shape, zh) for shape in (MM58, CLONE))
    assert Qr(BILL.number, 6) in native.items
    assert not any(isinstance(item, Qr) for item in drawn.items)


def test_slip_ends_with_its_only_cut(zh: Texts) -> None:
    items = receipt(BILL, SITE, MM80, zh).items
    assert [at for at, item in enumerate(items) if isinstance(item, Cut)] == [len(items) - 1]


anything = st.text(min_size=1, max_size=40) | st.text("张三䶮𬭎𠀀·￥—≒abc 123（），。", min_size=1, max_size=40)


@st.composite
def strange_bills(draw: st.DrawFn) -> tuple[PaidBill, Site, Pending]:
    batch = replace(BATCH, department=draw(anything), doctor=draw(anything), disease=draw(anything))
    steps = tuple(draw(st.lists(st.builds(NextStep, *(anything for _ in range(5))), max_size=3)))
    bill = replace(BILL, name=PersonName(draw(anything)), batch=batch, booking=replace(BOOKING, steps=steps))
    site = replace(SITE, hospital=draw(anything), place=draw(anything))
    return bill, site, replace(PENDING, sentence=draw(anything), batch=batch)


def nobody_asks(bill: PaidBill, site: Site, pending: Pending) -> bool:
    batch, booking = bill.batch, bill.booking
    texts = (batch.department, batch.doctor, batch.disease, site.hospital, site.place, pending.sentence)
    return "?" not in "".join((*texts, bill.name.masked(), repr(booking)))


@settings(max_examples=60)
@given(drawn=strange_bills(), shape=st.sampled_from(SHAPES), lang=st.sampled_from(["zh", "en"]))
def test_whatever_the_names_every_row_fits_and_every_character_comes_out(
    catalogue: Catalogue, drawn: tuple[PaidBill, Site, Pending], shape: PaperShape, lang: str
) -> None:
    bill, site, pending = drawn
    texts = catalogue.of(lang)
    for slip in (receipt(bill, site, shape, texts), pending_slip(pending, site, shape, texts)):
        for line in lines(slip):
            assert columns(line.text) * line.scale <= shape.columns
            assert holds(line.text, shape.characters)
            assert line.text.isprintable()
        assert all(item.width <= shape.dots for item in slip.items if isinstance(item, Raster))
        if nobody_asks(*drawn):
            assert "?" not in said(slip)


@pytest.mark.parametrize(
    ("doctor", "shape", "noted"),
    [("李𠀀", MM58, True), ("李𠀀", FOUR_BYTE, False), ("陈䶮", MM58, False), ("甲※", MM58, False)],
)
def test_footnote_explains_the_reference_mark_where_we_put_it(
    zh: Texts, doctor: str, shape: PaperShape, noted: bool
) -> None:
    slip = receipt(replace(BILL, batch=replace(BATCH, doctor=doctor)), SITE, shape, zh)
    assert ("代表本机字库没有的字" in said(slip)) is noted


@given(drawn=lawful_amounts(), shape=st.sampled_from([MM58, MM80]))
def test_amounts_on_paper_are_the_settlements(
    zh: Texts, drawn: tuple[Amounts, SettlementProfile], shape: PaperShape
) -> None:
    amounts, _ = drawn
    slip = receipt(with_amounts(amounts), SITE, shape, zh)
    printed = paid(slip)
    assert printed["费用总额"] == amounts.medfee_sumamt
    assert printed["本人支付"] == amounts.psn_cash_pay
    assert printed["医保统筹支付"] == amounts.funds.hifp_pay
    assert printed["个人账户支付"] == amounts.acct_pay
    assert printed.get("家庭共济支付", printed.get("其中家庭共济", ZERO)) == amounts.acct_mulaid_pay
    assert printed.get("医院负担", ZERO) == amounts.hosp_part_amt
    assert printed["个人账户余额"] == amounts.balc
    assert money.in_capitals(amounts.psn_cash_pay) in "".join(said(slip).split())


def paid(slip: Slip) -> dict[str, Money]:
    """Label and amount of every pair, also where the amount went below its label."""
    found = re.findall(r"([\u4e00-\u9fff]+)\s*(-?[\d,]+\.\d\d) 元", "\n".join(line.text for line in lines(slip)))
    return {label: Money(int(re.sub(r"[,.]", "", figure))) for label, figure in found}


@pytest.mark.parametrize("shape", [MM58, MM80])
def test_large_print_is_twice_as_large_and_cuts_no_number(shape: PaperShape, zh: Texts) -> None:
    slip = receipt(BILL, SITE, replace(shape, large=True), zh)
    lines = [item for item in slip.items if isinstance(item, Line)]
    small = [line.text.strip() for line in lines if line.scale == 1]
    assert set(small) <= {BILL.settlement.setl_id}
    for number in (BILL.number, BILL.settlement.setl_id, BATCH.chrg_bchno, SITE.help_phone):
        assert sum(number in line.text for line in lines) == 1
    assert all(columns(line.text) * line.scale <= shape.columns for line in lines)


@pytest.mark.parametrize("shape", [MM58, MM80, replace(MM80, large=True)])
def test_a_number_that_is_the_hospitals_own_is_whole_however_long(shape: PaperShape, zh: Texts) -> None:
    """What another till was paid is known by it alone."""
    number = "R202611271640049859273545"
    slip = receipt(replace(BILL, number=number), SITE, shape, zh)
    assert [item.text.strip() for item in slip.items if isinstance(item, Line) and number[:8] in item.text] == [number]
