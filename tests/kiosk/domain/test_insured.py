"""Which insurance can settle, which amounts can be true, and what paper can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.paper import Raster
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts, Detail, broken_identities
from tests.support.amounts import lawful_amounts
from tests.support.people import EMPLOYEE, IDENTITY, RESIDENT, ZHANG

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("status", "paused_on", "active"),
    [
        ("1", None, True),
        ("2", None, False),
        ("9", None, False),
        ("1", date(2026, 11, 23), False),
        ("1", date(2026, 11, 24), True),
        ("1", date(2026, 1, 1), False),
    ],
)
def test_an_insurance_settles_while_it_runs(status: str, paused_on: date | None, active: bool) -> None:
    assert replace(EMPLOYEE, status=status, paused_on=paused_on).active(TODAY) is active


def test_only_basic_insurances_settle_an_outpatient_bill() -> None:
    maternity = replace(EMPLOYEE, insutype="510")
    stopped = replace(RESIDENT, status="2")
    assert replace(ZHANG, insurances=(maternity, EMPLOYEE, stopped)).settling(TODAY) == (EMPLOYEE,)


def test_the_generation_of_a_card_is_the_first_figure_of_its_specification() -> None:
    assert IDENTITY.generation == 2
    assert replace(IDENTITY, spec_version="3.00").generation == 3


@given(lawful_amounts())
def test_amounts_that_keep_the_identities_are_believed(lawful: tuple[Amounts, SettlementProfile]) -> None:
    amounts, profile = lawful
    assert broken_identities(amounts, (), profile) == ()


@given(
    lawful_amounts(),
    st.sampled_from(
        [
            ("medfee_sumamt", {"total", "payers"}),
            ("inscp_scp_amt", {"total"}),
            ("fund_pay_sumamt", {"payers", "funds"}),
            ("psn_part_amt", {"payers", "person"}),
            ("psn_cash_pay", {"person"}),
            ("hosp_part_amt", {"payers"}),
        ]
    ),
    st.integers(1, 10**6),
)
def test_one_wrong_amount_is_named_by_what_it_breaks(
    lawful: tuple[Amounts, SettlementProfile], wrong: tuple[str, set[str]], by: int
) -> None:
    amounts, profile = lawful
    name, broken = wrong
    changed = replace(amounts, **{name: getattr(amounts, name) + Money(by)})
    assert set(broken_identities(changed, (), profile)) == broken


@given(lawful_amounts(), st.integers(-5, 5).filter(bool))
def test_details_must_add_up_where_there_are_some(lawful: tuple[Amounts, SettlementProfile], by: int) -> None:
    amounts, profile = lawful
    whole = amounts.medfee_sumamt - amounts.psn_part_amt + amounts.acct_pay
    rows = (Detail("310100", "统筹基金", whole - Money(1)), Detail("310200", "个人账户", Money(1)))
    assert broken_identities(amounts, rows, profile) == ()
    wrong = (*rows, Detail("999999", "不知道", Money(by)))
    assert broken_identities(amounts, wrong, profile) == ("details",)


@pytest.mark.parametrize(("width", "height", "size"), [(7, 1, 1), (8, 2, 1), (16, 1, 1)])
def test_a_picture_has_the_bits_it_says(width: int, height: int, size: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        Raster(width, height, bytes(size))
