"""The benefits hold the platform's identities whatever the bill, and the area's figures do what they say."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference.benefit.payers import Situation, share_out
from settlement.reference.benefit.rounding import rounded
from settlement.reference.benefit.rules import Plan, read_area
from settlement.reference.benefit.split import UNLISTED, Split, Terms, split_line, total_of

AREA = read_area()
FEN = st.integers(0, 5_000_000)
RATIO = st.decimals(0, 1, places=4)
TERMS = st.one_of(
    st.just(UNLISTED),
    st.builds(Terms, st.sampled_from(["01", "02"]), RATIO, st.none() | st.decimals(0, 2_000, places=6)),
)


@st.composite
def lines(draw: st.DrawFn) -> Split:
    count = draw(st.decimals(0, 500, places=4))
    price = draw(st.decimals(0, 3_000, places=6))
    return split_line(rounded(count * price * 100), count, price, draw(TERMS))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    return Situation(
        plan=draw(st.sampled_from(AREA.plans)),
        med_type=draw(st.sampled_from(["11", "12", "14"])),
        deductible_used=draw(FEN),
        pool_used=draw(FEN),
        own_compliant=draw(FEN),
        balance=draw(FEN),
        civil_servant=draw(st.booleans()),
        relief=draw(st.sampled_from([None, "6101", "9999"])),
        account_used=draw(st.booleans()),
    )


@given(lines())
def test_the_four_parts_of_a_line_are_the_line(line: Split) -> None:
    assert line.total == line.full_self + line.over_limit + line.first_self + line.in_scope
    assert min(line.full_self, line.over_limit, line.first_self, line.in_scope) >= 0


@given(st.lists(lines(), min_size=1, max_size=6), situations())
def test_whoever_pays_the_bill_is_paid_once(bill: list[Split], situation: Situation) -> None:
    shares = share_out(total_of(bill), situation, AREA)
    payers = (shares.pool, shares.major, shares.catastrophic, shares.civil_servant, shares.relief, shares.hospital)
    assert min(*payers, shares.account, shares.cash, shares.deductible) >= 0
    assert sum(payers) + shares.account + shares.cash == shares.bill.total
    assert shares.fund <= shares.bill.in_scope
    assert shares.pool <= shares.pool_left
    assert shares.major == 0 or shares.pool == shares.pool_left
    assert shares.account <= situation.balance
    assert shares.account + shares.balance == situation.balance


def plan(name: str) -> Plan:
    return next(plan for plan in AREA.plans if plan.name == name)


WORKER = Situation(plan("职工在职门诊"), "11")


def in_scope(fen: int) -> Split:
    return Split(fen, 0, 0, 0, fen)


def test_a_line_is_split_and_paid_as_a_real_platform_did_it() -> None:
    """A drug of 4.52 yuan, 乙 with 5 %, inside the deductible: the fund pays nothing, the account pays all of it."""
    line = split_line(452, Decimal(1), Decimal("4.52"), Terms("02", Decimal("0.05"), None))
    assert line == Split(452, 0, 0, 23, 429)
    shares = share_out(line, replace(WORKER, balance=137_815), AREA)
    assert (shares.deductible, shares.fund, shares.account, shares.cash, shares.balance) == (429, 0, 452, 0, 137_363)


def test_what_is_over_the_price_limit_is_the_persons() -> None:
    line = split_line(23_000, Decimal(1), Decimal(230), Terms("02", Decimal("0.1"), Decimal(200)))
    assert line == Split(23_000, 0, 3_000, 2_000, 18_000)


def test_the_deductible_is_taken_once_a_year() -> None:
    first = share_out(in_scope(4_000), WORKER, AREA)
    assert (first.deductible, first.pool) == (4_000, 0)
    second = share_out(in_scope(4_000), replace(WORKER, deductible_used=4_000), AREA)
    assert (second.deductible, second.pool) == (1_000, 1_800)


def test_above_the_years_limit_the_supplementary_fund_pays() -> None:
    used = replace(WORKER, deductible_used=5_000, pool_used=338_000)
    shares = share_out(in_scope(100_000), used, AREA)
    assert shares.pool == 12_000  # what is left of 3,500.00
    assert shares.major == 64_000  # 80 % of the 800.00 that the pool's 120.00 did not cover


def test_the_supplementary_fund_does_not_pay_roundings() -> None:
    shares = share_out(in_scope(4), replace(WORKER, deductible_used=5_000), AREA)
    assert (shares.pool, shares.major, shares.cash) == (2, 0, 2)


def test_residents_get_catastrophic_cover_above_the_threshold_and_relief_last() -> None:
    resident = Situation(plan("居民门诊"), "11", deductible_used=2_000, pool_used=120_000, own_compliant=490_000)
    shares = share_out(in_scope(30_000), resident, AREA)
    assert (shares.pool, shares.catastrophic) == (0, 12_000)  # 60 % of the 200.00 above 5,000.00
    poor = share_out(in_scope(30_000), replace(resident, relief="6101"), AREA)
    assert poor.relief == 12_600  # 70 % of the 180.00 left


def test_civil_servants_get_half_of_what_is_left_in_scope() -> None:
    shares = share_out(in_scope(10_000), replace(WORKER, deductible_used=5_000, civil_servant=True), AREA)
    assert (shares.pool, shares.civil_servant, shares.cash) == (6_000, 2_000, 2_000)


def test_the_account_does_not_pay_what_the_insurance_does_not_list() -> None:
    bill = Split(5_000, 2_000, 0, 0, 3_000)
    shares = share_out(bill, replace(WORKER, balance=100_000), AREA)
    assert (shares.account, shares.cash) == (3_000, 2_000)
    untouched = share_out(bill, replace(WORKER, balance=100_000, account_used=False), AREA)
    assert (untouched.account, untouched.cash) == (0, 5_000)


def test_the_hospital_bears_a_part_of_the_consultation_fee() -> None:
    assert share_out(in_scope(1_500), replace(WORKER, med_type="12"), AREA).hospital == 100


@pytest.mark.parametrize(("fen", "whole"), [("22.5", 23), ("22.4", 22), ("-22.5", -23)])
def test_halves_are_rounded_away_from_zero(fen: str, whole: int) -> None:
    assert rounded(Decimal(fen)) == whole


@pytest.mark.parametrize(
    ("insutype", "psn_type", "med_type", "name"),
    [
        ("310", "1101", "11", "职工在职门诊"),
        ("310", "1203", "14", "职工门诊慢特病"),
        ("390", "1404", "13", "居民门诊"),
        ("510", "1101", "11", None),
    ],
)
def test_rules_are_found_by_insurance_person_and_visit(
    insutype: str, psn_type: str, med_type: str, name: str | None
) -> None:
    found = AREA.plan(insutype, psn_type, med_type)
    assert (found.name if found else None) == name
