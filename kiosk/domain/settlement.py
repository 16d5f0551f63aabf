"""What the platform computed: one quote, one settlement, who pays what.

Nothing here is ever recomputed; `broken_identities` only checks what was returned (identities 2 to 6 of the national
reply), by the province's profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from kiosk.domain.family import FamilyShare
from kiosk.domain.money import ZERO, Money, Ratio, total
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.terms import TermsTold


@dataclass(frozen=True, slots=True)
class Funds:
    """The funds inside fund_pay_sumamt, by their national field names."""

    hifp_pay: Money = ZERO
    cvlserv_pay: Money = ZERO
    hifes_pay: Money = ZERO
    hifmi_pay: Money = ZERO
    hifob_pay: Money = ZERO
    maf_pay: Money = ZERO
    hifdm_pay: Money = ZERO
    oth_pay: Money = ZERO

    def sum(self) -> Money:
        return total(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Amounts:
    """setlinfo of 2206A, 2207A and 2208, by national field names; negative in cancels."""

    medfee_sumamt: Money
    fulamt_ownpay_amt: Money
    overlmt_selfpay: Money
    preselfpay_amt: Money
    inscp_scp_amt: Money
    act_pay_dedc: Money
    fund_pay_sumamt: Money
    funds: Funds
    psn_part_amt: Money
    acct_pay: Money
    acct_mulaid_pay: Money
    psn_cash_pay: Money
    hosp_part_amt: Money
    balc: Money
    pool_prop_selfpay: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One row of setldetail: a fund, the account or the hospital's part (the type says which)."""

    fund_pay_type: str
    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """2206A: what would be paid. Valid while the hospital holds the bill.

    `terms` is how the lines were split when they were uploaded (2204), as far as whoever settles was told. `family`:
    whose accounts pay acct_mulaid_pay, as far as the platform says.
    """

    amounts: Amounts
    details: tuple[Detail, ...] = ()
    terms: TermsTold = ()
    family: tuple[FamilyShare, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settlement:
    """2207A: what was settled, under the platform's setl_id and the msgid of that 2207A.

    The msgid is ours, or the hospital's where the hospital speaks to the platform; reconciliation files bear it.
    `family` as in the quote.
    """

    setl_id: str
    msgid: str
    settled_at: datetime
    amounts: Amounts
    details: tuple[Detail, ...] = ()
    family: tuple[FamilyShare, ...] = field(default=(), repr=False)


def broken_identities(amounts: Amounts, details: tuple[Detail, ...], profile: SettlementProfile) -> tuple[str, ...]:
    """Names of the amount identities that do not hold; empty when all do."""
    fund = amounts.fund_pay_sumamt - (amounts.acct_pay if profile.fund_total_includes_account else ZERO)
    person = amounts.acct_pay + amounts.psn_cash_pay
    if not profile.acct_pay_includes_mulaid:
        person = person + amounts.acct_mulaid_pay
    scopes = (amounts.fulamt_ownpay_amt, amounts.overlmt_selfpay, amounts.preselfpay_amt, amounts.inscp_scp_amt)
    holds = {
        "total": amounts.medfee_sumamt == total(scopes),
        "payers": amounts.medfee_sumamt == fund + amounts.psn_part_amt + amounts.hosp_part_amt,
        "person": amounts.psn_part_amt == person,
        "funds": fund == amounts.funds.sum(),
        "details": not details
        or total(row.amount for row in details) == fund + amounts.acct_pay + amounts.hosp_part_amt,
    }
    return tuple(name for name, true in holds.items() if not true)


def independent(quotes: Sequence[Quote]) -> bool:
    """Whether settling one of these bills leaves the quotes of the others as they are, as far as the figures tell.

    Each bill is quoted as if it were the only one. Two that draw on the account, or that both count against the
    deductible, change one another: the second settles differently from its quote, so they are paid one by one.
    """
    drawing = [quote for quote in quotes if quote.amounts.acct_pay or quote.amounts.acct_mulaid_pay]
    deducted = [quote for quote in quotes if quote.amounts.act_pay_dedc]
    return len(drawing) <= 1 and len(deducted) <= 1
