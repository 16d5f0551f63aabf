"""Who paid how much, as the rows of a receipt: the platform's own figures, one row a payer, which add up to the bill.

Provinces differ in two sums. Whether fund_pay_sumamt contains the account does not matter here, because each fund is
named by itself. Whether acct_pay contains the family's money shows in the figures, whose identities were checked before
the settlement was believed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from kiosk.domain.family import FamilyShare
from kiosk.domain.insurer import Claim, Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.settlement import Amounts
from kiosk.domain.stay import Cover
from kiosk.messages import Texts

ALWAYS = frozenset({"hifp_pay", "acct_pay", "psn_cash_pay"})
"""Payers that are named even when they pay nothing, because people look for them."""


@dataclass(frozen=True, slots=True)
class Share:
    """One payer by its national field name, and what it paid; `within` is part of the row above, not counted again."""

    payer: str
    amount: Money
    within: bool = False


def shares(amounts: Amounts, cover: Cover | None = None, claim: Claim | None = None) -> tuple[Share, ...]:
    """The payers in the order of the national reply, the patient last; payers of nothing only if `ALWAYS`.

    Of psn_cash_pay others may have a part, as `cover` says: an insurer, by how its `claim` ended, and what waits.
    """
    insurer, deferred = (cover.insurer, cover.deferred) if cover else (ZERO, ZERO)
    outcome = claim.outcome if claim else Outcome.OPEN
    family_within = amounts.psn_part_amt == amounts.acct_pay + amounts.psn_cash_pay
    every = (
        *(Share(fund.name, getattr(amounts.funds, fund.name)) for fund in fields(amounts.funds)),
        Share("acct_pay", amounts.acct_pay),
        Share("acct_mulaid_pay", amounts.acct_mulaid_pay, family_within),
        Share("hosp_part_amt", amounts.hosp_part_amt),
        Share(f"insurer_{outcome}", insurer),
        Share("deferred", deferred),
        Share("psn_cash_pay", amounts.psn_cash_pay - insurer - deferred),
    )
    return tuple(share for share in every if share.amount or share.payer in ALWAYS)


def owner(share: FamilyShare, texts: Texts) -> str:
    """Whose account paid: another person's name, masked on every paper, and what they are to the patient."""
    name = share.owner.masked()
    if share.relation is None:
        return name
    return texts.say("payer.family_kin", owner=name, kin=texts.say(f"agent.{share.relation}"))
