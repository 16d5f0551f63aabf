"""The slip of a bill that is paid on the phone: where, until when, and that the kiosk took nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.paper import PaperShape, Qr
from kiosk.messages import Texts
from kiosk.ports.documents import PhoneSlip
from printing.phone import phone_slip
from tests.printing.test_stay import WIDE, rows
from tests.support.paid_bills import BATCH, BILL, CLONE, MM58, MM80, MORNING, SITE
from tests.support.people import HANDED

SLIP = PhoneSlip(BILL.number, BATCH, HANDED, MORNING)


def test_the_slip_says_where_until_when_and_that_nothing_was_taken(zh: Texts) -> None:
    said = " ".join(rows(phone_slip(SLIP, SITE, WIDE, zh)))
    for words in ("医院公众号", "2026-11-24 08:50", "自助机没有扣钱", "不是付款凭证", HANDED.number, BILL.number):
        assert words in said, words
    assert BILL.name.reveal() not in said


@pytest.mark.parametrize("shape", [MM58, MM80])
def test_a_phone_scans_its_way_to_the_bill(shape: PaperShape, zh: Texts) -> None:
    codes = [item.content for item in phone_slip(SLIP, SITE, shape, zh).items if isinstance(item, Qr)]
    assert codes == [HANDED.link]


@pytest.mark.parametrize("shape", [MM58, CLONE])
def test_without_a_link_there_is_no_code_and_the_words_are_enough(shape: PaperShape, zh: Texts) -> None:
    slip = phone_slip(replace(SLIP, handed=replace(HANDED, link="")), SITE, shape, zh)
    assert not [item for item in slip.items if isinstance(item, Qr)]
    assert "扫码" not in " ".join(rows(slip))
