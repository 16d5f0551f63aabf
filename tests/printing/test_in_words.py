"""The sum in capitals is the sum in figures on every receipt, and each slip of a part not paid names what is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO, Money, text
from kiosk.domain.stay import Back
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Pending
from kiosk.ports.hospital import Payment
from printing.claim import claim_slip
from printing.receipt import pending_slip, receipt
from printing.refunded import refunded_slip
from tests.kiosk.domain.capitals import read_capitals
from tests.printing.test_stay import WIDE, rows
from tests.support.paid_bills import BILL, INSURED_BILL, POLICY, REFUSED_BILL, SITE, STAY_BILL, STAY_TOPPED
from tests.support.refunded_bills import REFUNDED_BILL

TOPPED = replace(STAY_BILL, settlement=replace(STAY_BILL.settlement, amounts=STAY_TOPPED), returns=())
LEFT_OVER = replace(
    TOPPED,
    batch=replace(TOPPED.batch, policy=POLICY),
    claim=Claim(Pledge(POLICY, "Q1", Money(100_000)), Outcome.REFUSED, reason="还在等待期内"),
)
"""Of 1,000.00 that an insurer refuses, a stay's deposits pay what they can."""


@pytest.mark.parametrize(
    "bill", [BILL, INSURED_BILL, REFUSED_BILL, STAY_BILL, TOPPED, LEFT_OVER],
    ids=["plain", "insured and deferred", "refused", "stay", "topped up", "stay refused"],
)  # fmt: skip
def test_the_capitals_are_the_own_part(bill: PaidBill, zh: Texts) -> None:
    said = rows(receipt(bill, SITE, WIDE, zh))
    own = bill.cover.used + bill.cover.due
    assert f"本人支付 {text(own)}" in said
    words, *_ = [row.partition(" ")[2] for row in said if "人民币" in row]
    assert read_capitals(words) == own.fen


def test_the_claim_slip_names_what_nobody_has_paid(zh: Texts) -> None:
    left = LEFT_OVER.cover.insurer
    assert left == Money(67_304)
    said = " ".join(rows(claim_slip(LEFT_OVER, SITE, WIDE, zh)))
    assert "673.04 元" in said
    assert "1,000.00" not in said


def test_what_was_collected_beside_deposits_is_told_by_itself(zh: Texts) -> None:
    paid = replace(TOPPED, payment=Payment("w" * 26, TOPPED.cover.due, "wechat"))
    assert "实收金额 673.04 元" in rows(receipt(paid, SITE, WIDE, zh))
    assert BILL.payment is not None
    assert not any(row.startswith("实收金额") for row in rows(receipt(BILL, SITE, WIDE, zh)))


def test_one_part_at_the_window_is_enough_to_send_somebody_there(zh: Texts) -> None:
    assert REFUNDED_BILL.returns
    back = replace(REFUNDED_BILL.returns[0], back=Back.RETURNED)
    window = replace(back, back=Back.WINDOW, amount=Money(1))
    said = " ".join(rows(refunded_slip(replace(REFUNDED_BILL, returns=(back, window)), SITE, WIDE, zh)))
    assert "请拿凭条到收费窗口" in said
    said = " ".join(rows(refunded_slip(replace(REFUNDED_BILL, returns=(back,)), SITE, WIDE, zh)))
    assert "请拿凭条到收费窗口" not in said


def test_a_refund_in_doubt_is_not_said_to_come_to_nothing(zh: Texts) -> None:
    """Nothing is to be paid for it, and a row of 0.00 would read as what comes back."""
    doubtful = Pending("K7PM-42XQ-9", BILL.sid, BILL.batch, ZERO, "正在退款", BILL.printed_at)
    assert not any("0.00" in row.split() for row in rows(pending_slip(doubtful, SITE, WIDE, zh)))
    owing = replace(doubtful, own_part=Money(1000))
    assert "本人应付 10.00 元" in rows(pending_slip(owing, SITE, WIDE, zh))
