"""Whatever a hospital, a payment service or an insurer may answer: never a defect, and what is believed goes through.

A bill that is believed can be paid, booked and given back to the last fen without a message of ours being refused by
its own shape: found out after the family has paid, that would be nobody's money.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.insurer import Pledge
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.settlement import Amounts, Funds
from kiosk.domain.stay import returns_of
from kiosk.domain.visit import FeeBatch, FiscalReceipt
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.hospital import Bills, Orders, PaidBills
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, Reviewing
from kiosk.ports.payment import Closed, Collected, PaidBack, Pending
from kiosk.ports.settlement import SettledWrong
from settlement.bills import MOST_SENTENCES
from settlement.reading import read_settlement
from settlement.wire import payment as pay_wire
from settlement.wire.values import LARGEST_FEN, LONGEST_SHOWN
from tests.settlement.direct.scripted import account_detail, setlinfo
from tests.settlement.hostile import (
    JUNK,
    deposit,
    hospital,
    insurer,
    paid,
    payments,
    places,
    refunded,
    spoiled,
    stay,
    stayed,
)
from tests.settlement.sample_bill import wire_bill, wire_line
from tests.settlement.test_hospital import SETTLEMENT
from tests.support.parties import PERSON, PROFILE
from tests.support.people import MORNING, POLICY, ZHANG, amounts

ORDER, REFUND, KEY = "a" * 26, "b" * 26, "01J0000000-claim"
SINCE = date(2026, 6, 1)
TOO_MUCH = LARGEST_FEN + 1
_STAY_PLACES = places({"bills": [stayed()]})
_PAID_PLACES = places({"bills": [refunded()]})


def goes_through(batch: FeeBatch) -> None:
    """With any own part up to the whole of it, every deposit's surplus can be asked for."""
    for cash in (ZERO, batch.total):
        cover = batch.cover(cash)
        assert cover.whole == (batch.total if batch.deposit else cash)
        returns = returns_of(cover.surplus, batch.prepaid, "0" * 26)
        assert total(one.amount for one in returns) == cover.surplus
        for one in returns:
            if one.deposit.order:
                pay_wire.Refund(order=one.deposit.order, refund_order=one.key, amount_fen=one.amount.fen)


@given(st.sampled_from(_STAY_PLACES), JUNK)
def test_a_bill_that_is_believed_goes_through(place: tuple[str | int, ...], junk: object) -> None:
    told = spoiled({"bills": [stayed()]}, place, junk)
    answer = hospital(lambda _asked: told).unpaid(PERSON)
    assert isinstance(answer, Bills | Unknown)
    if isinstance(answer, Bills):
        for batch in answer.batches:
            goes_through(batch)


@given(st.sampled_from(_PAID_PLACES), JUNK)
def test_any_paid_bill_is_one_or_none(place: tuple[str | int, ...], junk: object) -> None:
    """And what of one can be given back here was collected for it."""
    told = spoiled({"bills": [refunded()]}, place, junk)
    answer = hospital(lambda _asked: told).paid(PERSON, SINCE)
    assert isinstance(answer, PaidBills | Unknown)
    for one in answer.bills if isinstance(answer, PaidBills) else ():
        if one.refund is not None and one.refund.again is not None:
            goes_through(one.refund.again)
            collected = total(part.amount for part in one.refund.again.prepaid)
            assert collected == one.settlement.amounts.psn_cash_pay
            assert all(part.order for part in one.refund.again.prepaid)


@given(st.sampled_from(("orders", "admission_no", "ward", "doctor_name", "ordered_at", "obstacles")), JUNK)
def test_any_order_for_a_stay_is_one_or_none(name: str, junk: object) -> None:
    order = {
        "admission_no": "ZYZ00000001",
        "ward": "呼吸内科",
        "doctor_name": "周明",
        "ordered_at": "2026-11-22 08:00:00",
    }
    told = {"orders": junk} if name == "orders" else {"orders": [order | {name: junk}]}
    assert isinstance(hospital(lambda _asked: told).admission_orders(PERSON), Orders | Unknown)


@given(st.sampled_from(("order", "status", "amount_fen", "channel", "trade_no", "error", "reason", "code")), JUNK)
def test_any_answer_about_a_payment_is_one_of_the_ports(name: str, junk: object) -> None:
    told = {"order": ORDER, "status": "paid", "amount_fen": 452, "channel": "wechat"} | {name: junk}
    service = payments(lambda _asked: told)
    assert isinstance(service.query(ORDER), Collected | Pending | Refused | Unknown)
    assert isinstance(service.close(ORDER), Collected | Closed | Unknown)


@given(st.sampled_from(("refund_order", "status", "amount_fen", "reason")), JUNK)
def test_any_answer_about_a_refund_is_one_of_the_ports(name: str, junk: object) -> None:
    told = {"refund_order": REFUND, "status": "refunded", "amount_fen": 452} | {name: junk}
    answer = payments(lambda _asked: told).refund(ORDER, REFUND, Money(452))
    assert isinstance(answer, PaidBack | Pending | Refused | Unknown)


@given(st.sampled_from(("key", "quote_no", "amount_fen", "refused", "status", "claim_no", "reason")), JUNK)
def test_any_answer_of_an_insurer_is_one_of_the_ports(name: str, junk: object) -> None:
    quoted = {"key": KEY, "quote_no": "Q1", "amount_fen": 500} | {name: junk}
    request = ClaimRequest(ZHANG, POLICY, "B1", "11", amounts(Money(1000)), "1 zh words")
    assert isinstance(insurer(lambda _asked: quoted).quote(KEY, request), Pledge | Refused | Unknown)
    settled = {"key": KEY, "status": "paid", "amount_fen": 500, "claim_no": "C1"} | {name: junk}
    answer = insurer(lambda _asked: settled).settle(KEY, Pledge(POLICY, "Q1", Money(500)), "B1", SETTLEMENT)
    assert isinstance(answer, ClaimPaid | Reviewing | Refused | Unknown)


# --- what no bill is ---


def believed(bill: dict[str, Any]) -> FeeBatch:
    answer = hospital(lambda _asked: {"bills": [bill]}).unpaid(PERSON)
    assert isinstance(answer, Bills), answer
    return answer.batches[0]


NO_BILLS: dict[str, list[dict[str, Any]]] = {
    "less than nothing": [wire_bill(total="-4.52", lines=[wire_line(1) | {"amount": "-4.52"}], fees_uploaded=True)],
    "told twice": [stayed(), stayed()],
    "without a number": [stayed(batch_no="")],
    "lines that do not add up": [stayed(total="4.53")],
    "a split that is negative": [stayed(stay=stay(fulamt_ownpay_amt="-1.00", inscp_scp_amt="5.52"))],
    "a deposit of nothing": [stayed(stay=stay(deposits=[deposit("D1", amount="0.00")]))],
    "a deposit taken back": [stayed(stay=stay(deposits=[deposit("D1", amount="-4.00")]))],
    "one order for two deposits": [
        stayed(stay=stay(deposits=[deposit("D1", order=ORDER), deposit("D2", order=ORDER)]))
    ],
    "deposits beyond any sum": [stayed(stay=stay(deposits=[deposit(no, amount="99999999999999.99") for no in "AB"]))],
    "a deposit of 1e9": [stayed(stay=stay(deposits=[deposit("D1", amount="1e9")]))],
}


@pytest.mark.parametrize("bills", NO_BILLS.values(), ids=NO_BILLS)
def test_what_no_bill_is_is_the_hospitals_fault(bills: list[dict[str, Any]]) -> None:
    assert isinstance(hospital(lambda _asked: {"bills": bills}).unpaid(PERSON), Unknown)


@pytest.mark.parametrize("order", ["WX-123", "ORDER00000000000000000D1", "\x00\n", "a" * 33, "a" * 26 + "\n"])
def test_a_deposit_by_an_order_that_none_can_be_goes_back_at_the_window(order: str) -> None:
    """Asked for under it, no service would answer, and its family would wait for staff after the settlement."""
    batch = believed(stayed(stay=stay(deposits=[deposit("D1", order=order)])))
    assert [one.order for one in batch.prepaid] == [""]


def test_what_is_shown_has_an_end() -> None:
    """A sentence without one would take the roll of paper and push the buttons off the page."""
    long = "长" * 100_000
    batch = believed(stayed(dept_name=long, stay=stay(ward=long, obstacles=[long[:1000]] * 1000)))
    assert batch.stay is not None
    assert len(batch.stay.obstacles) == MOST_SENTENCES
    shown = (batch.department, batch.stay.ward, *batch.stay.obstacles)
    assert {len(text) for text in shown} == {LONGEST_SHOWN}
    refused = hospital(lambda asked: {"hold_key": asked["hold_key"], "refused": long}).hold("0" * 8, "B1", 900)
    assert isinstance(refused, Refused)
    assert len(refused.reason) == LONGEST_SHOWN


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://x/" + "a" * 5000, "https://x/ \n", "票据"])
def test_a_receipt_whose_address_no_code_can_hold_is_told_by_its_numbers(url: str) -> None:
    told = {"code": "00060126", "number": "0000000001", "check": "0a1b2c", "url": url}
    answer = hospital(lambda _asked: {"bills": [paid(einvoice=told)]}).paid(PERSON, SINCE)
    assert isinstance(answer, PaidBills)
    assert answer.bills[0].booking.receipt == FiscalReceipt("00060126", "0000000001", "0a1b2c", "")


# --- amounts of the others ---


def test_more_than_any_message_carries_is_no_amount() -> None:
    told = {"order": ORDER, "status": "paid", "amount_fen": TOO_MUCH}
    assert isinstance(payments(lambda _asked: told).query(ORDER), Unknown)
    request = ClaimRequest(ZHANG, POLICY, "B1", "11", amounts(Money(1000)), "1 zh words")
    quoted = {"key": KEY, "quote_no": "Q1", "amount_fen": TOO_MUCH}
    assert isinstance(insurer(lambda _asked: quoted).quote(KEY, request), Unknown)


_PARTS = [field.name for field in (*fields(Amounts), *fields(Funds)) if field.name not in {"funds", "balc"}]


@pytest.mark.parametrize("name", [name for name in _PARTS if name not in {"pool_prop_selfpay", "act_pay_dedc"}])
def test_a_settlement_of_parts_beyond_any_sum_is_wrong(name: str) -> None:
    told = {"setlinfo": setlinfo(setl_id="S0001") | {name: "99999999999999.99"}, "setldetail": [account_detail()]}
    answer = read_settlement(told, "H" + "0" * 29, Decimal("4.52"), PROFILE, MORNING)
    assert isinstance(answer, SettledWrong)
    assert answer.setl_id == "S0001"


# --- what is too old for a paper ---


def test_papers_are_made_again_for_as_long_as_was_asked_for() -> None:
    """A hospital that tells of everything it has makes no paper of years ago at a kiosk."""
    old = paid(bill=wire_bill(batch_no="B0"))
    old["settled"]["setlinfo"]["setl_time"] = "2025-01-01 09:00:00"
    answer = hospital(lambda _asked: {"bills": [paid(), old]}).paid(PERSON, SINCE)
    assert isinstance(answer, PaidBills)
    assert [one.batch.batch_no for one in answer.bills] == ["B1"]


# --- refunds ---


NO_REFUNDS: dict[str, dict[str, Any]] = {
    "of more than its lines": {"total": "1.53"},
    "of a line of another bill": {"lines": ["MZ9"], "total": "1.52"},
    "of one line twice": {"lines": ["MZ1002", "MZ1002"], "total": "3.04"},
    "of less than nothing": {"total": "-1.52"},
}


@pytest.mark.parametrize("changes", NO_REFUNDS.values(), ids=NO_REFUNDS)
def test_what_no_refund_is_is_the_hospitals_fault(changes: dict[str, Any]) -> None:
    assert isinstance(hospital(lambda _asked: {"bills": [refunded(**changes)]}).paid(PERSON, SINCE), Unknown)


@pytest.mark.parametrize(
    "payments_told",
    [[deposit("P1", amount="4.53")], [deposit("P1", amount="4.51")], [deposit("P1", amount="4.52", order="WX-1")]],
    ids=["more than was collected", "less", "by no order"],
)
def test_nothing_is_given_back_of_what_was_not_collected(payments_told: list[dict[str, Any]]) -> None:
    here = refunded()["refund"]["at_kiosk"] | {"payments": payments_told}
    told = {"bills": [refunded(at_kiosk=here)]}
    assert isinstance(hospital(lambda _asked: told).paid(PERSON, SINCE), Unknown)
