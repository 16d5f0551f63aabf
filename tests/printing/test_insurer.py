"""One bill for all payers on paper: a number for each, words for each, and a sum that is the bill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Claim, Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill
from printing.claim import claim_slip
from printing.deposit import deposit_slip
from printing.payers import shares
from printing.receipt import receipt
from tests.printing.test_stay import WIDE, rows
from tests.support.paid_bills import BILL, INSURED_BILL, OWED_PAID, PLEDGE, REFUSED_BILL, SITE


@pytest.mark.parametrize("bill", [BILL, INSURED_BILL, REFUSED_BILL])
def test_the_payers_of_one_bill_add_up_to_it(bill: PaidBill) -> None:
    each = shares(bill.settlement.amounts, bill.cover, bill.claim)
    assert total(one.amount for one in each if not one.within) == bill.settlement.amounts.medfee_sumamt
    assert bill.cover.whole == bill.settlement.amounts.psn_cash_pay
    assert each[-1].amount == bill.cover.used + bill.cover.due


def test_a_receipt_names_insurer_and_what_waits_beside_the_own_part(zh: Texts) -> None:
    said = " ".join(rows(receipt(INSURED_BILL, SITE, WIDE, zh)))
    for words in ("商业保险支付 8.00 元 保险公司 模拟财产保险", "缓缴 5.00", "本人支付"):
        assert words in said, said


def test_a_refused_part_is_told_as_unpaid_and_never_as_paid(zh: Texts) -> None:
    said = " ".join(rows(receipt(REFUSED_BILL, SITE, WIDE, zh)))
    assert "商业保险未付 8.00 元 保险公司 模拟财产保险" in said
    assert "商业保险支付" not in said


def test_the_claim_slip_says_with_what_it_is_claimed(zh: Texts) -> None:
    said = " ".join(rows(claim_slip(REFUSED_BILL, SITE, WIDE, zh)))
    for words in (
        "商业保险没有付这一部分",
        "模拟惠民保（2026）",
        "还在等待期内",
        "8.00",
        BILL.settlement.setl_id,
        BILL.number,
    ):
        assert words in said, words
    assert BILL.name.reveal() not in said


def test_a_slip_for_an_open_claim_says_that_it_waits(zh: Texts) -> None:
    waiting = replace(INSURED_BILL, claim=Claim(PLEDGE, Outcome.OPEN))
    said = " ".join(rows(claim_slip(waiting, SITE, WIDE, zh)))
    assert "商业保险还没有答复" in said
    assert "没有付这一部分" not in said


def test_what_was_paid_after_all_has_a_slip_of_its_own(zh: Texts) -> None:
    said = " ".join(rows(deposit_slip(OWED_PAID, SITE, WIDE, zh)))
    assert "补缴凭条" in said
    assert "预交金" not in said


def test_nothing_changes_where_nobody_else_pays() -> None:
    assert shares(BILL.settlement.amounts, BILL.cover, None) == shares(BILL.settlement.amounts)
    assert (BILL.cover.insurer, BILL.cover.deferred) == (ZERO, Money(0))
