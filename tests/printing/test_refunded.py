"""The slip of a refund that was made: what came back by which way, both settlements, the red receipt and the new."""

from dataclasses import replace

import pytest
import zxingcpp

from kiosk.domain.paper import PaperShape
from kiosk.domain.stay import Back
from kiosk.domain.visit import Booking
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from printing.refunded import refunded_slip
from tests.support.paid_bills import CLONE, MM58, MM80, SITE
from tests.support.refunded_bills import RED, REFUNDED_BILL, TAKEN_BACK
from tests.support.slip_pictures import picture, readable, unbroken

ZH = Catalogue.read(config_dir() / "texts").of("zh")
assert TAKEN_BACK.redress is not None
WHOLE = replace(REFUNDED_BILL, batch=TAKEN_BACK, redress=TAKEN_BACK.redress, settlement=None, booking=None)


@pytest.mark.parametrize("shape", [MM58, MM80, CLONE], ids=["58", "80", "clone"])
def test_staff_find_the_visit_by_its_number(shape: PaperShape) -> None:
    codes = zxingcpp.read_barcodes(picture(refunded_slip(REFUNDED_BILL, SITE, shape, ZH)))
    assert codes[0].text == REFUNDED_BILL.number


@pytest.mark.parametrize("shape", [MM58, MM80, CLONE], ids=["58", "80", "clone"])
def test_a_phone_finds_the_red_receipt_and_the_new_one(shape: PaperShape) -> None:
    codes = zxingcpp.read_barcodes(picture(refunded_slip(REFUNDED_BILL, SITE, shape, ZH)))
    red, blue = REFUNDED_BILL.unbooked.receipt, REFUNDED_BILL.booking and REFUNDED_BILL.booking.receipt
    assert red
    assert blue
    assert [code.text for code in codes[1:]] == [red.url, blue.url]
    said = readable(refunded_slip(REFUNDED_BILL, SITE, shape, ZH))
    assert said.index("手机扫码看红字电子票据") < said.index("手机扫码看电子票据")
    for receipt in (red, blue):
        assert all(part in said for part in (receipt.code, receipt.number, receipt.check))


def test_it_tells_the_sum_in_capitals_the_way_it_went_and_both_receipts() -> None:
    said = readable(refunded_slip(REFUNDED_BILL, SITE, MM80, ZH))
    assert "10.00" in said
    assert "人民币壹拾元整" in said
    for line in REFUNDED_BILL.redress.lines:
        assert line.name in unbroken(said)
    assert RED.receipt is not None
    assert RED.receipt.number in said
    assert REFUNDED_BILL.booking is not None
    assert REFUNDED_BILL.booking.receipt is not None
    assert REFUNDED_BILL.booking.receipt.number in said
    assert REFUNDED_BILL.redress.approval_no in said
    assert "张三" not in said


def test_where_nothing_stays_nothing_is_said_to_be_settled() -> None:
    said = readable(refunded_slip(WHOLE, SITE, MM58, ZH))
    assert "没有重新结算" in said
    assert "其余项目已重新结算" not in said


def test_what_a_window_pays_out_and_a_receipt_that_is_still_being_issued_are_said() -> None:
    waiting = tuple(replace(one, back=Back.WINDOW) for one in REFUNDED_BILL.returns)
    later = Booking("T1", (), None, "医院公众号“电子票据”")
    said = readable(refunded_slip(replace(REFUNDED_BILL, returns=waiting, unbooked=later), SITE, MM80, ZH))
    assert "请拿凭条到收费窗口" in said
    assert "医院公众号" in said
