from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts, broken_identities
from printing.payers import shares
from tests.support.amounts import lawful_amounts
from tests.support.paid_bills import AMOUNTS, MANY_FUNDS


def test_everybody_expects_fund_account_and_own_part() -> None:
    nothing = replace(AMOUNTS, psn_cash_pay=ZERO, psn_part_amt=Money(3780))
    assert [share.payer for share in shares(nothing)] == ["hifp_pay", "acct_pay", "psn_cash_pay"]


def test_every_fund_that_pays_is_named_and_the_own_part_comes_last() -> None:
    assert [share.payer for share in shares(MANY_FUNDS)] == [
        "hifp_pay",
        "hifmi_pay",
        "maf_pay",
        "acct_pay",
        "acct_mulaid_pay",
        "hosp_part_amt",
        "psn_cash_pay",
    ]


def test_family_money_inside_the_account_is_not_counted_twice() -> None:
    inside = replace(AMOUNTS, acct_mulaid_pay=Money(500))
    family = next(share for share in shares(inside) if share.payer == "acct_mulaid_pay")
    assert family.within


@given(lawful_amounts())
def test_rows_are_the_platforms_figures_and_add_up_to_the_bill(drawn: tuple[Amounts, SettlementProfile]) -> None:
    amounts, profile = drawn
    assert broken_identities(amounts, (), profile) == ()
    rows = shares(amounts)
    assert total(share.amount for share in rows if not share.within) == amounts.medfee_sumamt
    for share in rows:
        assert share.amount == getattr(amounts, share.payer, None) or share.amount == getattr(
            amounts.funds, share.payer
        )
