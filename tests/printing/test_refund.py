"""The slip for a refund at a window: what is taken back under which number, and that nothing has gone back yet."""

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp

from kiosk.domain.paper import PaperShape
from kiosk.domain.personal import PersonName
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.documents import RefundSlip
from printing.refund import refund_slip
from tests.support.paid_bills import CLONE, MM58, MM80, MORNING, REFUNDED, SITE
from tests.support.slip_pictures import picture, readable, unbroken

ZH = Catalogue.read(Path(config_dir() / "texts")).of("zh")
assert REFUNDED.refund is not None
SLIP = RefundSlip(PersonName("张三"), REFUNDED, REFUNDED.refund, MORNING)


@pytest.mark.parametrize("shape", [MM58, MM80, CLONE], ids=["58", "80", "clone"])
def test_the_window_scans_the_approval(shape: PaperShape) -> None:
    codes = zxingcpp.read_barcodes(picture(refund_slip(SLIP, SITE, shape, ZH)))
    assert [code.text for code in codes] == [SLIP.refund.number]


def test_it_tells_the_items_their_sum_in_capitals_and_why_it_is_the_window() -> None:
    said = readable(refund_slip(SLIP, SITE, MM80, ZH))
    for line in SLIP.refund.lines:
        assert line.name in unbroken(said)
    assert "人民币" in said
    assert "已经打印过纸质票据" in said
    assert "这张小票不是退款凭证" in said
    assert REFUNDED.booking.receipt is not None
    assert REFUNDED.booking.receipt.number in said
    assert "张三" not in said


def test_a_payment_past_its_channels_age_is_the_reason() -> None:
    old = replace(SLIP, refund=replace(SLIP.refund, reasons=(), too_old=True))
    said = readable(refund_slip(old, SITE, MM58, ZH))
    assert "付款已超过可以原路退回的期限" in unbroken(said)
    assert "按当时的付款方式退回" not in unbroken(said)
    assert SLIP.refund.number in said


def test_without_a_reason_or_a_payment_nothing_is_left_empty() -> None:
    bare = replace(SLIP, paid=replace(REFUNDED, parts=()), refund=replace(SLIP.refund, reasons=()))
    said = readable(refund_slip(bare, SITE, MM58, ZH))
    assert "支付方式" not in said
