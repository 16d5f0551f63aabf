"""A slip says that all is done only where it is, and sends nobody to the wrong window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.paper import Cut, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.visit import Booking
from kiosk.messages import Texts
from kiosk.ports.documents import AdmissionSlip, PaidBill, UnpaidBills
from printing.case import case_slip
from printing.claim import claim_slip
from printing.days import day_slip
from printing.deposit import admission_slip, deposit_slip
from printing.receipt import receipt
from printing.window import window_slip
from tests.kiosk.flow.clerk import CERTIFICATE
from tests.printing.test_stay import WIDE, rows
from tests.support.insured_stays import DEFERRED, SILENT
from tests.support.paid_bills import (
    ASKED,
    BILL,
    BOOKING,
    DEPOSIT_PAID,
    MORNING,
    REFUSED_BILL,
    SITE,
    STAY_BILL,
    STAYED,
)
from tests.support.papers import DAY_LIST, SENT, UNKNOWN
from tests.support.people import ADMISSION

DONE, SETTLED = "费用已结清", "医保结算已完成"
NOWHERE = replace(BOOKING, steps=())


def said(slip: Slip) -> list[str]:
    return rows(slip)


@pytest.mark.parametrize("bill", [REFUSED_BILL, SILENT, DEFERRED, STAY_BILL], ids=["refused", "open", "later", "cash"])
def test_a_bill_of_which_something_is_left_is_not_called_paid(bill: PaidBill, zh: Texts) -> None:
    assert said(receipt(replace(bill, booking=NOWHERE), SITE, WIDE, zh))[0] == SETTLED
    assert DONE not in said(receipt(replace(bill, booking=None), SITE, WIDE, zh))


def test_a_bill_of_which_nothing_is_left_is(zh: Texts) -> None:
    assert said(receipt(replace(BILL, booking=NOWHERE), SITE, WIDE, zh))[0] == DONE


def test_what_is_paid_in_advance_is_no_bill(zh: Texts) -> None:
    for booking in (Booking("YJ1", ()), None):
        assert said(deposit_slip(replace(DEPOSIT_PAID, booking=booking), SITE, WIDE, zh))[0] == "预交金已收到"
    registered = AdmissionSlip(PersonName("张三"), replace(ADMISSION, steps=()), MORNING)
    assert said(admission_slip(registered, SITE, WIDE, zh))[0] == "住院已登记"


def test_who_lies_in_hospital_is_sent_to_the_inpatients_window(zh: Texts) -> None:
    stay = said(window_slip(UnpaidBills((STAYED,), MORNING, newborn=False, doctor=False), SITE, WIDE, zh))
    assert "住院收费窗口" in stay
    assert SITE.window not in stay
    deposit = said(window_slip(UnpaidBills((ASKED,), MORNING, newborn=False, doctor=False), SITE, WIDE, zh))
    assert {"住院收费窗口", "到窗口交预交金", "预交金还没有交。这张小票不是付款凭证。"} <= set(deposit)
    assert not any(row.startswith("费用总额") for row in deposit)


def test_while_an_insurer_is_silent_nobody_is_told_to_claim_or_to_expect_a_bill(zh: Texts) -> None:
    """The receipt beside it says that the deposit is kept for that part."""
    assert SILENT.cover.surplus
    silent = " ".join(said(claim_slip(SILENT, SITE, WIDE, zh)))
    assert "先从预交金里付这一部分" in silent
    assert "商业保险待付部分" in silent
    assert "理赔请带" not in silent
    assert "理赔请带" in " ".join(said(claim_slip(REFUSED_BILL, SITE, WIDE, zh)))


def test_the_slip_that_pays_out_cash_is_marked_when_it_is_a_copy(zh: Texts) -> None:
    whole = receipt(replace(STAY_BILL, reprint=True), SITE, WIDE, zh)
    slip = said(Slip(whole.shape, whole.items[whole.items.index(Cut()) :]))
    assert "补打" in slip
    assert slip.count(STAY_BILL.batch.visit_no) == 1, "the characters under the bars are those of the bars"
    assert "此凭条不作报销凭证。" in slip


def test_a_simulated_certificate_says_so_on_the_part_that_is_cut_off(zh: Texts) -> None:
    whole = case_slip(replace(SENT, certificate=CERTIFICATE), replace(SITE, simulated=True), WIDE, zh)
    assert "模拟 非真实交易" in said(Slip(whole.shape, whole.items[whole.items.index(Cut()) :]))


def test_what_nobody_has_confirmed_has_no_case_number(zh: Texts) -> None:
    unknown = " ".join(said(case_slip(UNKNOWN, SITE, WIDE, zh)))
    assert "受理号" not in unknown
    assert "查询编号" in unknown
    assert "受理号" in " ".join(said(case_slip(SENT, SITE, WIDE, zh)))


def test_a_list_with_sums_and_a_name_is_no_voucher(zh: Texts) -> None:
    assert "此凭条不作报销凭证。" in said(day_slip(DAY_LIST, SITE, WIDE, zh))
