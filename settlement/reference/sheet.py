"""The sheet that a platform calls its 医保结算单: a page of its own making, with nothing of ours on it.

Its layout is invented, as everything of the reference backend is, and the page says so.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kiosk.fonts import embedded
from kiosk.fonts.embedded import Type

_TITLE = "基本医疗保险费用结算单（模拟）"
_NOTE = "本单由模拟医保平台开具，供演练使用"
_HEAD = (("setl_id", "结算编号"), ("mdtrt_id", "就诊编号"), ("psn_name", "姓名"), ("certno", "证件号码"))
_AMOUNTS = (
    ("medfee_sumamt", "医疗费总额"),
    ("fulamt_ownpay_amt", "全自费金额"),
    ("overlmt_selfpay", "超限价自费"),
    ("preselfpay_amt", "先行自付"),
    ("inscp_scp_amt", "符合政策范围"),
    ("act_pay_dedc", "实际支付起付线"),
    ("hifp_pay", "统筹基金支付"),
    ("hifmi_pay", "大病保险支付"),
    ("hifob_pay", "大额补助支付"),
    ("cvlserv_pay", "公务员补助支付"),
    ("maf_pay", "医疗救助支付"),
    ("fund_pay_sumamt", "基金支付总额"),
    ("acct_pay", "个人账户支付"),
    ("acct_mulaid_pay", "账户共济支付"),
    ("psn_cash_pay", "个人现金支付"),
)
_LEFT, _MIDDLE, _RIGHT = 22 * mm, 105 * mm, 188 * mm
_ROW = 8.6 * mm
_BODY = Type(10.5)


def draw(info: Mapping[str, object], hospital: str, settled_at: datetime) -> bytes:
    """One page of A4; the figures as the settlement's reply told them."""
    embedded.load()
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4, pageCompression=1, invariant=1)
    page.setTitle(_TITLE)
    embedded.write(page, A4[0] / 2, A4[1] - 28 * mm, _TITLE, Type(17, bold=True), before=0.5)
    at = _head(page, info, hospital, settled_at)
    _amounts(page, info, at - 4 * mm)
    embedded.write(page, A4[0] / 2, 16 * mm, _NOTE, Type(9), before=0.5)
    page.save()
    return file.getvalue()


def _head(page: Canvas, info: Mapping[str, object], hospital: str, settled_at: datetime) -> float:
    rows = [("医疗机构", hospital), ("结算时间", f"{settled_at:%Y-%m-%d %H:%M:%S}")]
    rows += [(label, str(info[name])) for name, label in _HEAD if info.get(name)]
    at = A4[1] - 44 * mm
    for label, told in rows:
        embedded.write(page, _LEFT, at, f"{label}：{told}", _BODY)
        at -= 7 * mm
    return at


def _amounts(page: Canvas, info: Mapping[str, object], at: float) -> None:
    page.setLineWidth(0.4)
    for name, label in _AMOUNTS:
        page.rect(_LEFT, at - _ROW, _RIGHT - _LEFT, _ROW)
        page.line(_MIDDLE, at, _MIDDLE, at - _ROW)
        embedded.write(page, _LEFT + 3 * mm, at - _ROW + 2.9 * mm, label, _BODY)
        amount = f"{Decimal(str(info.get(name) or 0)):.2f}"
        embedded.write(page, _RIGHT - 3 * mm, at - _ROW + 2.9 * mm, amount, _BODY, before=1)
        at -= _ROW
