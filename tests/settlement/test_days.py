"""A stay's day list: what the hospital adds up is read as it is, and one that does not add up is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money, total
from kiosk.domain.stay import Stay
from kiosk.domain.visit import FeeBatch
from settlement.bills import read_batch
from settlement.wire import codec, hospital
from tests.settlement.sample_bill import wire_bill, wire_line

_ADMITTED = date(2026, 11, 12)
_SPLIT = {"fulamt_ownpay_amt": "0.00", "overlmt_selfpay": "0.00", "preselfpay_amt": "0.00"}


def told(charges: list[tuple[int, Decimal]]) -> dict[str, Any]:
    """A discharge whose lines were given so many days after the admission, with the day list of an honest hospital."""
    lines = [
        wire_line(n, amount) | {"fee_ocur_time": f"{_ADMITTED + timedelta(days=day)} 09:00:00"}
        for n, (day, amount) in enumerate(sorted(charges), 1)
    ]
    sums = [(day, sum(a for _, a in of_day)) for day, of_day in groupby(sorted(charges), key=lambda one: one[0])]
    days = [
        {"day": str(_ADMITTED + timedelta(days=day)), "amount": str(amount), "so_far": str(so_far)}
        for (day, amount), so_far in zip(sums, accumulate(amount for _, amount in sums), strict=True)
    ]
    bill = str(sum((amount for _, amount in charges), start=Decimal("0.00")))
    stay = _SPLIT | {"inscp_scp_amt": bill, "ward": "心内科病区", "admitted_at": f"{_ADMITTED} 09:00:00", "days": days}
    return wire_bill(mdtrt_id="M1", fees_uploaded=True, total=bill, lines=lines, stay=stay)


def read(bill: dict[str, Any]) -> FeeBatch:
    return read_batch(codec.read(hospital.FeeBatch, bill), "bill")


def stay_of(bill: dict[str, Any]) -> Stay:
    stay = read(bill).stay
    assert stay is not None
    return stay


yuan = st.decimals(min_value=-500, max_value=5000, places=2)
given_charges = st.lists(st.tuples(st.integers(0, 40), yuan), min_size=1, max_size=25).filter(
    lambda charges: sum(amount for _, amount in charges) >= 0  # a bill of less than nothing is none
)


@given(given_charges)
def test_days_are_read_as_the_hospital_adds_them_up_returned_drugs_too(charges: list[tuple[int, Decimal]]) -> None:
    batch = read(told(charges))
    assert batch.stay is not None
    assert not batch.stay.days_wrong
    assert [one.day for one in batch.stay.days] == sorted({_ADMITTED + timedelta(days=day) for day, _ in charges})
    for one in batch.stay.days:
        assert one.total == total(line.amount for line in batch.lines_on(one.day))
    assert batch.stay.days[-1].so_far == total(one.total for one in batch.stay.days) == batch.total


@given(given_charges, st.integers(0, 100), st.sampled_from(["amount", "so_far"]), st.integers(1, 99))
def test_cent_that_is_wrong_anywhere_shows_no_day_at_all(
    charges: list[tuple[int, Decimal]], place: int, field: str, cents: int
) -> None:
    bill = told(charges)
    day = bill["stay"]["days"][place % len(bill["stay"]["days"])]
    day[field] = str(Decimal(day[field]) + Decimal(cents) / 100)
    stay = stay_of(bill)
    assert stay.days_wrong
    assert stay.days == ()


def _line_without_a_day(bill: dict[str, Any]) -> None:
    del bill["lines"][0]["fee_ocur_time"]


def _line_on_a_day_not_told(bill: dict[str, Any]) -> None:
    bill["lines"][0]["fee_ocur_time"] = "2026-11-30 09:00:00"


def _day_left_out(bill: dict[str, Any]) -> None:
    del bill["stay"]["days"][0]


def _days_backwards(bill: dict[str, Any]) -> None:
    bill["stay"]["days"].reverse()


def _day_that_no_calendar_has(bill: dict[str, Any]) -> None:
    bill["stay"]["days"][0]["day"] = "2026-11-31"


def _day_twice(bill: dict[str, Any]) -> None:
    bill["stay"]["days"].append(dict(bill["stay"]["days"][-1], amount="0.00"))


@pytest.mark.parametrize(
    "spoil",
    [
        _line_without_a_day,
        _line_on_a_day_not_told,
        _day_left_out,
        _days_backwards,
        _day_that_no_calendar_has,
        _day_twice,
    ],
)
def test_list_that_contradicts_its_bill_costs_nothing_but_the_list(spoil: Callable[[dict[str, Any]], None]) -> None:
    bill = told([(0, Decimal("42.00")), (1, Decimal("28.00"))])
    spoil(bill)
    batch = read(bill)
    assert batch.total == Money(7000)
    assert batch.stay is not None
    assert batch.stay.settleable
    assert batch.stay.days_wrong
    assert batch.stay.days == ()


def test_hospital_that_tells_no_days_is_no_fault() -> None:
    bill = told([(0, Decimal("42.00"))])
    bill["stay"]["days"] = []
    stay = stay_of(bill)
    assert (stay.days, stay.days_wrong) == ((), False)


def test_days_that_are_told_out_of_order_or_twice_are_none() -> None:
    """Each sum agrees with the lines of its day and with the days told before it; a day is looked for by its date."""
    bill = told([(0, Decimal("1.00")), (1, Decimal("2.00"))])
    first, second = ({"day": str(_ADMITTED + timedelta(days=day)), "amount": f"{day + 1}.00"} for day in (0, 1))
    bill["stay"]["days"] = [second | {"so_far": "2.00"}, first | {"so_far": "3.00"}]
    assert stay_of(bill).days_wrong
    nothing = {"amount": "0.00", "so_far": "1.00"}
    bill["stay"]["days"] = [first | {"so_far": "1.00"}, first | nothing, second | {"so_far": "3.00"}]
    assert stay_of(bill).days_wrong


def test_what_was_given_and_taken_back_on_a_day_that_is_not_told_is_missed() -> None:
    bill = told([(0, Decimal("1.00")), (3, Decimal("5.00")), (3, Decimal("-5.00"))])
    assert not stay_of(bill).days_wrong
    bill["stay"]["days"].pop()
    assert stay_of(bill).days_wrong
