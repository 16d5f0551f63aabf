"""What the hospital tells of paid bills: how far back, and which approvals to take something back are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kiosk.ports.answers import Unknown
from kiosk.ports.hospital import PaidBefore, PaidBills, Refundable
from tests.settlement.direct.scripted import setlinfo
from tests.settlement.hostile import deposit, hospital, paid, refunded, stay, stayed
from tests.settlement.sample_bill import wire_bill, wire_fee, wire_line
from tests.support.parties import PERSON
from tests.support.people import EMPLOYEE

SINCE = date(2026, 6, 1)


def told(bill: dict[str, Any], since: date = SINCE) -> tuple[PaidBefore, ...] | Unknown:
    answer = hospital(lambda _asked: {"bills": [bill]}).paid(PERSON, since)
    assert isinstance(answer, PaidBills | Unknown)
    return answer.bills if isinstance(answer, PaidBills) else answer


def approved(bill: dict[str, Any]) -> Refundable:
    bills = told(bill)
    assert not isinstance(bills, Unknown)
    assert bills[0].refund is not None
    return bills[0].refund


@pytest.mark.parametrize(
    ("settled", "since", "there"),
    [
        ("2026-06-01 00:00:00", date(2026, 6, 1), True),
        ("2026-05-31 23:59:59", date(2026, 6, 1), True),
        ("2026-05-31 00:00:00", date(2026, 6, 1), True),
        ("2026-05-30 23:59:59", date(2026, 6, 1), False),
        ("2028-02-29 23:59:59", date(2028, 3, 1), True),
        ("2026-12-31 23:59:59", date(2027, 1, 1), True),
        ("2026-12-30 23:59:59", date(2027, 1, 1), False),
    ],
)
def test_what_was_booked_after_midnight_may_be_settled_the_day_before(settled: str, since: date, there: bool) -> None:
    made = setlinfo(setl_id="S0001", mdtrt_id="M1", setl_time=settled, acct_pay="0.00", psn_cash_pay="4.52")
    bills = told(paid(settled={"setlinfo": made, "setldetail": []}), since)
    assert not isinstance(bills, Unknown)
    assert bool(bills) is there


NONE_AT_A_WINDOW_EITHER: dict[str, dict[str, Any]] = {
    "of more than its lines": {"total": "1.53"},
    "of less than its lines": {"total": "1.51"},
    "of one line twice": {"lines": ["MZ1002", "MZ1002"], "total": "3.04"},
    "of a line of another bill": {"lines": ["MZ1002", "MZ9"], "total": "1.52"},
}


@pytest.mark.parametrize("changes", NONE_AT_A_WINDOW_EITHER.values(), ids=NONE_AT_A_WINDOW_EITHER)
def test_the_windows_slip_says_no_other_sum_than_its_lines(changes: dict[str, Any]) -> None:
    window = {"at_kiosk": None, "window": ["已开具纸质票据"]}
    assert approved(refunded(**window)).total.fen == 152
    assert isinstance(told(refunded(**window, **changes)), Unknown)


@pytest.mark.parametrize("lines", [["MZ1002"], ["MZ1001", "MZ1002"]], ids=["less than nothing", "nothing"])
def test_nobody_takes_back_nothing_or_less(lines: list[str]) -> None:
    """A bill may have a line that takes another one back; to take that back would be to pay for it again."""
    three, back, rest = Decimal("3.00"), Decimal("-3.00"), Decimal("4.52")
    rows = (three, back, rest)
    bill = wire_bill(
        lines=[wire_line(n, amount) for n, amount in enumerate(rows, 1)],
        feedetail=[wire_fee(n, amount) for n, amount in enumerate(rows, 1)],
    )
    sum_ = sum(({"MZ1001": three, "MZ1002": back}[sn] for sn in lines), start=Decimal("0.00"))
    refund = {"approval_no": "TF1", "lines": lines, "total": str(sum_), "window": ["已开具纸质票据"]}
    assert isinstance(told(paid(bill=bill, refund=refund)), Unknown)


HERE, THREE = refunded()["refund"]["at_kiosk"], [wire_line(1, Decimal("3.00"))]


@pytest.mark.parametrize(
    "changes",
    [
        {"payments": [deposit("P1", amount="2.00"), deposit("P2", amount="2.52", order=deposit("P1")["order"])]},
        {"rest": HERE["rest"] | {"total": "2.99", "lines": [wire_line(1, Decimal("2.99"))]}},
        {"rest": None},
        {
            "rest": wire_bill(
                batch_no="B2", total="3.00", lines=[], deposit={"ward": "内科", "bed": "1", "basis": "预交金"}
            )
        },
        {"rest": stayed(batch_no="B2", total="3.00", lines=THREE, stay=stay(inscp_scp_amt="3.00", deposits=[]))},
    ],
    ids=["one order twice", "a rest that is less", "no rest of a part", "a deposit for a rest", "a stay for a rest"],
)
def test_what_a_kiosk_could_not_give_back_to_the_fen_it_does_not_begin(changes: dict[str, Any]) -> None:
    assert approved(refunded()).again is not None
    assert isinstance(told(refunded(at_kiosk=HERE | changes)), Unknown)


def test_what_only_a_window_can_do_is_left_to_it_without_a_word() -> None:
    assert approved(refunded(window=["已开具纸质票据"])).again is None
    policy = {"insurer": "模拟财产保险", "product": "模拟惠民保", "number": "****0053"}
    insured = refunded()
    insured = insured | {"bill": insured["bill"] | {"policy": policy}, "insurer": {"amount_fen": 100, "end": "paid"}}
    assert approved(insured).again is None


@pytest.mark.parametrize("area", ["000000", "990100", "990200"])
def test_a_bill_stands_under_the_insurance_of_the_pool_that_paid_it(area: str) -> None:
    """Who moved has two of the same kind; what is undone in another pool's name is undone nowhere."""
    here, away = (replace(EMPLOYEE, insuplc_admdvs=code) for code in ("000000", "990100"))
    bill = paid(insuplc_admdvs=area) | {"bill": wire_bill(insutype="310")}
    answer = hospital(lambda _asked: {"bills": [bill]}).paid(replace(PERSON, insurances=(away, here)), SINCE)
    assert isinstance(answer, PaidBills)
    row = answer.bills[0].insurance
    assert row.insuplc_admdvs == area
    assert (row in {here, away}) is (area != "990200")
