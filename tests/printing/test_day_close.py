"""The sheet that finance signs: every virtual cashier, every difference, and whether the day is closed."""

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest

from kiosk.domain.money import Money
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.clock import BEIJING
from kiosk.ports.documents import CashierLine, CloseSide, DayClose, Payers
from printing.day_close import day_close
from tests.support.paid_bills import SITE

TEXTS = Catalogue.read(config_dir() / "texts")
LINE = CashierLine("003", "wechat", 12, Money(123_456), 1, Money(2_000), Money(121_456), Money(121_456))
CLOSED = DayClose(
    day=date(2026, 11, 26),
    kiosks=2,
    settlements=12,
    lines=(LINE, replace(LINE, terminal="017", channel="alipay", at_payment=Money(121_400))),
    remarks=(),
    balanced=True,
    printed_at=datetime(2026, 11, 27, 1, 5, tzinfo=BEIJING),
)


def text(close: DayClose, lang: str = "zh", *, simulated: bool = False) -> str:
    document = pypdf.PdfReader(io.BytesIO(day_close(close, replace(SITE, simulated=simulated), TEXTS.of(lang))))
    return "\n".join(page.extract_text() for page in document.pages)


def test_each_cashier_has_a_line_and_the_sum_is_theirs() -> None:
    told = text(CLOSED)
    assert "微信支付" in told
    assert "支付宝" in told
    assert "金额单位：元" in told
    assert "1,234.56" in told
    assert "2,469.12" in told
    assert "2,429.12" in told, "what the hospital booked"
    assert "-0.56" in told


def test_a_million_yuan_stands_in_one_row() -> None:
    """Of a hospital with many kiosks: a figure broken in two is read as two."""
    large = replace(LINE, taken=Money(123_456_789), at_payment=Money(123_456_789), at_hospital=Money(123_456_789))
    for lang in ("zh", "en"):
        assert text(replace(CLOSED, lines=(large,)), lang).count("1,234,567.89") == 2 * 3


@pytest.mark.parametrize(("lang", "words"), [("zh", "已平"), ("en", "Balanced")])
def test_a_closed_day_says_so(lang: str, words: str) -> None:
    assert words in text(CLOSED, lang)


def test_an_open_day_lists_what_is_to_be_done() -> None:
    remarks = tuple(f"003 K7PM-42XQ-{at}：已结算已付款，医院没有入账。再次入账。" for at in range(2, 9))
    told = text(replace(CLOSED, balanced=False, remarks=remarks))
    assert "7 条差异" in told
    assert all(f"K7PM-42XQ-{at}" in told for at in range(2, 9))


def test_a_large_institution_fills_many_pages_and_loses_no_line() -> None:
    lines = tuple(replace(LINE, terminal=f"{number:03d}") for number in range(200))
    told = text(replace(CLOSED, lines=lines))
    assert all(f"{number:03d}" in told for number in range(200))


def test_what_is_simulated_says_so_and_equal_days_make_equal_bytes() -> None:
    assert "模 拟" in text(CLOSED, simulated=True)
    assert day_close(CLOSED, SITE, TEXTS.of("zh")) == day_close(CLOSED, SITE, TEXTS.of("zh"))


def test_a_day_without_a_taking_is_a_sheet_too() -> None:
    assert "0.00" in text(replace(CLOSED, lines=(), settlements=0))


def test_each_party_has_a_row_and_who_tells_nothing_has_none() -> None:
    sides = (
        CloseSide(
            "kiosk", 12, Money(900_000), Money(500_000), Money(200_000), Money(121_456), Money(30_011), Money(22)
        ),
        CloseSide("payment", received=Money(121_456)),
        CloseSide("insurer"),
    )
    told = text(replace(CLOSED, sides=sides))
    assert "各方合计" in told
    assert "300.11" in told
    assert "支付平台" in told
    assert "—" in told
    assert "保险公司\n" not in told


def test_each_cashiers_bills_say_who_pays_them_and_a_bill_without_a_taking_is_no_drawer() -> None:
    """A clerk adds them up line by line: the sheet has the same figures as the table."""
    paid = Payers(3, Money(123_456), Money(100_000), Money(20_000), Money(3_000), Money(456), Money(1_100))
    bare = replace(
        LINE, channel="", takings=0, taken=Money(0), refunds=0, refunded=Money(0), payers=replace(paid, bills=9)
    )
    bare = replace(bare, at_payment=Money(0), at_hospital=Money(0), payers=replace(paid, bills=9))
    told = text(replace(CLOSED, lines=(replace(LINE, payers=paid), bare)))
    assert "由谁付" in told
    assert told.count("没有收款") == 1, "among the payers alone"
    for figure in ("1,000.00", "200.00", "30.00", "4.56", "11.00"):
        assert figure in told
    assert "2,469.12" in told, "the sum of both"
    assert "由谁付" not in text(CLOSED), "nothing was settled"


def test_bills_on_phones_are_listed_and_no_difference() -> None:
    told = text(replace(CLOSED, handed=("003 K7PM-42XQ-8：转到手机，已在手机上缴清",)))
    assert "不算差异" in told
    assert "K7PM-42XQ-8" in told
    assert "已平" in told


def test_it_has_a_line_for_each_hand_but_not_before_the_day_is_over() -> None:
    told = text(replace(CLOSED, notes=("请把 2026-11-25 再结一次",)))
    assert all(who in told for who in ("收费：", "复核：", "财务：", "另请注意", "2026-11-25"))
    early = text(replace(CLOSED, over=False))
    assert "不能签字" in early
    assert "财务：" not in early
    assert "已平" not in early


def test_a_day_that_is_open_without_a_single_difference_says_so() -> None:
    assert "没有逐笔的差异" in text(replace(CLOSED, balanced=False))
