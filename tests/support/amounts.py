"""Settled amounts as a platform may return them: any figures that keep the identities of their province."""

from __future__ import annotations

from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.policy import Gateway, Limits, SettlementProfile
from kiosk.domain.settlement import Amounts, Funds

_LIMITS = Limits(2.0, {}, 30.0, 600.0, 40.0, 60.0, 6, 900.0)
_fen = st.integers(0, 10_000_000).map(Money)
_often_nothing = st.just(Money(0)) | _fen


@st.composite
def lawful_amounts(draw: st.DrawFn) -> tuple[Amounts, SettlementProfile]:
    """Amounts and the profile under which `broken_identities` finds nothing wrong with them."""
    account_in_funds, family_in_account = draw(st.booleans()), draw(st.booleans())
    funds = draw(st.builds(Funds, *(_often_nothing for _ in range(8))))
    own, family, hospital, balance = draw(_fen), draw(_often_nothing), draw(_often_nothing), draw(_fen)
    account = draw(_fen) + (family if family_in_account else Money(0))
    person = account + own + (Money(0) if family_in_account else family)
    whole = funds.sum() + person + hospital
    cuts = sorted(draw(st.lists(st.integers(0, whole.fen), min_size=3, max_size=3)))
    scopes = [Money(end - start) for start, end in zip((0, *cuts), (*cuts, whole.fen), strict=True)]
    amounts = Amounts(
        medfee_sumamt=whole,
        fulamt_ownpay_amt=scopes[0],
        overlmt_selfpay=scopes[1],
        preselfpay_amt=scopes[2],
        inscp_scp_amt=scopes[3],
        act_pay_dedc=draw(_often_nothing),
        fund_pay_sumamt=funds.sum() + (account if account_in_funds else Money(0)),
        funds=funds,
        psn_part_amt=person,
        acct_pay=account,
        acct_mulaid_pay=family,
        psn_cash_pay=own,
        hosp_part_amt=hospital,
        balc=balance,
    )
    return amounts, SettlementProfile("000000", "MBS", Gateway.SINGLE, _LIMITS, account_in_funds, family_in_account)
