"""A stay of twelve days and 140 lines, as its papers and its pages get it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate

from kiosk.domain.money import ZERO, Money, UnitPrice, total
from kiosk.domain.stay import FeeDay
from kiosk.domain.terms import LineTerms
from kiosk.domain.visit import FeeLine
from kiosk.ports.clock import BEIJING
from tests.support import paid_bills
from tests.support.paid_bills import line

_FIRST = date(2026, 11, 12)
_DAYS = 12
_DAILY = (
    ("普通病房床位费（三人间）", "每床日", "1", "日", "42.000000", "42.00", "床位费"),
    ("二级护理", "每日", "1", "日", "28.000000", "28.00", "护理费"),
    ("住院诊察费", "每日", "1", "日", "30.000000", "30.00", "诊察费"),
    ("缬沙坦胶囊", "80mg×28粒", "1", "盒", "15.490000", "15.49", "西药费"),
    ("盐酸二甲双胍缓释片", "0.5g×30片", "1", "盒", "9.860000", "9.86", "西药费"),
    ("奥美拉唑肠溶胶囊", "20mg×14粒", "1", "盒", "11.270000", "11.27", "西药费"),
    ("苯磺酸氨氯地平片", "5mg×28片", "1", "盒", "4.520000", "4.52", "西药费"),
    ("盐酸氨溴索片", "30mg×20片", "1", "盒", "12.360000", "12.36", "西药费"),
    ("甘精胰岛素注射液（预填充笔芯）", "3ml:300单位", "1", "支", "69.900000", "69.90", "西药费"),
    ("静脉输液", "组", "1", "组", "12.500000", "12.50", "治疗费"),
    ("一次性使用输液器（精密过滤，带针）", "套", "1", "套", "6.800000", "6.80", "卫生材料费"),
)
_ONCE = (
    (0, ("血常规（五分类）", "次", "1", "次", "18.000000", "18.00", "化验费")),
    (1, ("糖化血红蛋白测定", "次", "1", "次", "55.000000", "55.00", "化验费")),
    (1, ("胸部CT平扫", "次", "1", "次", "230.000000", "230.00", "检查费")),
    (3, ("冠状动脉造影术", "次", "1", "次", "3280.000000", "3280.00", "手术费")),
    (4, ("C-反应蛋白测定", "次", "1", "次", "25.000000", "25.00", "化验费")),
    (7, ("血常规（五分类）", "次", "1", "次", "18.000000", "18.00", "化验费")),
    (10, ("C-反应蛋白测定", "次", "1", "次", "25.000000", "25.00", "化验费")),
    (11, ("维生素C泡腾片", "1g×20片", "2", "支", "28.600000", "57.20", "西药费")),
)
_FIRST_OWN = {"胸部CT平扫", "冠状动脉造影术", "甘精胰岛素注射液（预填充笔芯）", "盐酸氨溴索片", "C-反应蛋白测定"}


def _lines() -> tuple[FeeLine, ...]:
    made: list[FeeLine] = []
    for at in range(_DAYS):
        told = (*_DAILY, *(one for day, one in _ONCE if day == at))
        day = _FIRST + timedelta(days=at)
        lines = (line(len(made) + n, *one) for n, one in enumerate(told, 1))
        made += [replace(one, day=day, terms=_terms(one)) for one in lines]
    return tuple(made)


def _terms(charged: FeeLine) -> LineTerms:
    """甲 but for what the catalogue of the invented hospital has otherwise."""
    whole, rest = charged.amount, ZERO
    if charged.name == "维生素C泡腾片":
        return LineTerms("03", None, None, whole, ZERO, ZERO, ZERO)
    if charged.name == "胸部CT平扫":
        rest = Money(3000)
    if charged.name in _FIRST_OWN:
        first = Money((whole - rest).fen // 10)
        limit = UnitPrice(Decimal(200)) if rest else None
        return LineTerms("02", limit, None, ZERO, rest, first, whole - rest - first)
    return LineTerms("01", None, None, ZERO, ZERO, ZERO, whole)


LINES = _lines()
_SUMS = [total(row.amount for row in LINES if row.day == _FIRST + timedelta(days=at)) for at in range(_DAYS)]
DAYS = tuple(
    FeeDay(_FIRST + timedelta(days=at), sum_, so_far)
    for at, (sum_, so_far) in enumerate(zip(_SUMS, accumulate(_SUMS), strict=True))
)
_TOTAL = DAYS[-1].so_far
STAY = replace(
    paid_bills.STAY,
    admitted=datetime(2026, 11, 12, 9, tzinfo=BEIJING),
    discharged=datetime(2026, 11, 23, 8, 30, tzinfo=BEIJING),
    days=DAYS,
)
BATCH = replace(paid_bills.STAYED, total=_TOTAL, lines=LINES, stay=STAY)
_AMOUNTS = replace(
    paid_bills.STAY_AMOUNTS,
    medfee_sumamt=_TOTAL,
    inscp_scp_amt=_TOTAL - paid_bills.STAY_AMOUNTS.preselfpay_amt,
    fund_pay_sumamt=_TOTAL - paid_bills.STAY_AMOUNTS.psn_part_amt,
    funds=replace(paid_bills.STAY_AMOUNTS.funds, hifp_pay=_TOTAL - paid_bills.STAY_AMOUNTS.psn_part_amt),
)
BILL = replace(paid_bills.STAY_BILL, batch=BATCH, settlement=replace(paid_bills.STAY_BILL.settlement, amounts=_AMOUNTS))
WRONG = replace(BILL, batch=replace(BATCH, stay=replace(STAY, days=(), days_wrong=True)))
"""The same, of a hospital whose day list is a cent off."""
WITHHELD = replace(BILL, batch=replace(BATCH, lines=(), disease=""))
"""The same, for a relative who may see days and sums, and no lines."""

assert len(LINES) == 140, "the stay that speed and pictures are measured on"
assert Money(0) < _TOTAL
