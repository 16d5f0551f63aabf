"""Who pays how much of a bill: pool after its deductible, 大额, 大病, civil servants' supplement, relief, hospital,
account, cash.

The order is the national one; the figures are the area's. Every amount is taken from what the payers before it left, so
the identities of the reply (total, payers, person, funds, detail) hold by construction, whatever the figures are.
"""

from __future__ import annotations

from dataclasses import dataclass

from settlement.reference.benefit.rounding import rounded, share
from settlement.reference.benefit.rules import Area, Plan
from settlement.reference.benefit.split import Split
from settlement.wire.values import to_fen


@dataclass(frozen=True, slots=True)
class Situation:
    """What is true of the person when the bill is settled; the figures are this year's before it, under this plan."""

    plan: Plan
    med_type: str
    deductible_used: int = 0
    pool_used: int = 0
    own_compliant: int = 0
    balance: int = 0
    civil_servant: bool = False
    relief: str | None = None
    account_used: bool = True


@dataclass(frozen=True, slots=True)
class Shares:
    """Fen by payer. `pool_left` and `balance` are what remains afterwards and before, as the reply states them."""

    bill: Split
    deductible: int
    pool: int
    pool_left: int
    major: int
    catastrophic: int
    civil_servant: int
    relief: int
    hospital: int
    account: int
    cash: int
    balance: int

    @property
    def fund(self) -> int:
        """fund_pay_sumamt; in this area the account is no part of it."""
        return self.pool + self.major + self.catastrophic + self.civil_servant + self.relief

    @property
    def person(self) -> int:
        """psn_part_amt."""
        return self.account + self.cash


def share_out(bill: Split, situation: Situation, area: Area) -> Shares:
    plan = situation.plan
    deductible = min(bill.in_scope, max(0, to_fen(plan.deductible) - situation.deductible_used))
    pool_left = max(0, to_fen(plan.limit) - situation.pool_used)
    base = bill.in_scope - deductible
    pool_due = share(base, plan.ratio)
    pool = min(pool_due, pool_left)
    major = _major(base, plan, pool) if pool < pool_due else 0
    left = bill.in_scope - pool - major
    catastrophic = _catastrophic(left, situation.own_compliant, plan)
    left -= catastrophic
    civil_servant = share(left, area.civil_servant.ratio) if situation.civil_servant else 0
    left -= civil_servant
    relief = share(left, area.relief[situation.relief]) if situation.relief in area.relief else 0
    funds = pool + major + catastrophic + civil_servant + relief
    hospital = min(bill.total - funds, area.waived(situation.med_type))
    person = bill.total - funds - hospital
    account = _account(person, bill, situation, area)
    return Shares(
        bill=bill,
        deductible=deductible,
        pool=pool,
        pool_left=pool_left,
        major=major,
        catastrophic=catastrophic,
        civil_servant=civil_servant,
        relief=relief,
        hospital=hospital,
        account=account,
        cash=person - account,
        balance=situation.balance - account,
    )


def _major(base: int, plan: Plan, pool: int) -> int:
    """大额 pays on the part of the base that the pool's limit left uncovered."""
    if plan.major is None:
        return 0
    covered = min(base, rounded(pool / plan.ratio))
    return share(base - covered, plan.major.ratio)


def _catastrophic(own: int, own_before: int, plan: Plan) -> int:
    """大病 pays on what the year's compliant own payments exceed its threshold by, this bill's part of it."""
    if plan.catastrophic is None:
        return 0
    threshold = to_fen(plan.catastrophic.threshold)
    over = max(0, own_before + own - threshold) - max(0, own_before - threshold)
    return share(over, plan.catastrophic.ratio)


def _account(person: int, bill: Split, situation: Situation, area: Area) -> int:
    if not situation.account_used or not situation.plan.account:
        return 0
    payable = person if area.account_covers_full_self_pay else max(0, person - bill.full_self)
    return min(max(0, situation.balance), payable)
