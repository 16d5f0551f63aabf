"""What a page says of one item: how the insurance treats it, or a dash."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kiosk.domain.money import ZERO, Money, UnitPrice
from kiosk.domain.terms import LineTerms
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from screens.pay.items import terms
from tests.support.paid_bills import LINES

ZH = Catalogue.read(config_dir() / "texts").of("zh")
LINE = LINES[0]
_WHOLE = LINE.amount
_LIMIT = UnitPrice(Decimal("8.000000"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, "医保类别 —"),
        (LineTerms("01", None, None, ZERO, ZERO, ZERO, _WHOLE), "甲类"),
        (LineTerms("02", None, None, ZERO, ZERO, Money(85), _WHOLE - Money(85)), "乙类　先自付 0.85 元"),
        (
            LineTerms("02", _LIMIT, None, ZERO, Money(104), Money(80), _WHOLE - Money(184)),
            "乙类　限价 8.00 元　先自付 0.80 元　超限价自费 1.04 元",
        ),
        (LineTerms("03", None, None, _WHOLE, ZERO, ZERO, ZERO), "自费　全部自己付 17.04 元"),
        (LineTerms("99", None, None, ZERO, ZERO, ZERO, _WHOLE), "医保类别 —"),
    ],
    ids=["untold", "A", "B", "above its limit", "own", "a class of another year"],
)
def test_item_is_told_as_the_platform_treats_it(told: LineTerms | None, said: str) -> None:
    assert terms(replace(LINE, terms=told), ZH) == said
