"""Who pays how much of a bill: pool after its deductible, 大额, 大病, civil servants' and employers' supplement,
relief, hospital, account, the family's account, cash.

The order is the national one; the figures are the place of insurance's, the split of the lines and the hospital's part
the place of care's. Every amount is taken from what the payers before it left, so the identities of the reply (total,
payers, person, funds, detail) hold by construction, whatever the figures are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from settlement.reference.benefit.entitlement import Entitlement
from settlement.reference.benefit.rounding import rounded, share
from settlement.reference.benefit.rules import Catastrophic, Plan, Supplement
from settlement.reference.benefit.split import Split
from settlement.wire.values import to_fen


@dataclass(frozen=True, slots=True)
class Used:
    """Fen of this year before the bill. `deductible` and `pool` are what counts against this entitlement."""

    deductible: int = 0
    pool: int = 0
    major: int = 0
    catastrophic: int = 0
    civil_servant: int = 0
    enterprise: int = 0
    relief: int = 0
    own_compliant: int = 0


@dataclass(frozen=True, slots=True)
class Situation:
    """What is true of the person when the bill is settled. Supplements are None for whom they are not meant.

    `waived` is what the hospital bears of such a visit, `family_balances` what each relative lets the person use, in
    the order in which they are drawn on; `family_first`: before the person's own account.
    """

    entitlement: Entitlement
    used: Used = field(default_factory=Used)
    civil_servant: Supplement | None = None
    enterprise: Supplement | None = None
    relief: Supplement | None = None
    waived: int = 0
    balance: int = 0
    family_balances: tuple[int, ...] = ()
    family_first: bool = False
    account_used: bool = True
    account_covers_full_self_pay: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """Fen by payer. `pool_left` and `balance` are what remains afterwards and before, as the reply states them;
    `family_parts` is what each relative's account pays, in their order.
    """

    bill: Split
    deductible: int
    pool: int
    pool_left: int
    major: int
    catastrophic: int
    civil_servant: int
    enterprise: int
    relief: int
    hospital: int
    account: int
    family_parts: tuple[int, ...]
    cash: int
    balance: int

    @property
    def family(self) -> int:
        """acct_mulaid_pay."""
        return sum(self.family_parts)

    @property
    def fund(self) -> int:
        """fund_pay_sumamt; in these areas the account is no part of it."""
        return self.pool + self.major + self.catastrophic + self.civil_servant + self.enterprise + self.relief

    @property
    def person(self) -> int:
        """psn_part_amt."""
        return self.account + self.family + self.cash


@dataclass(frozen=True, slots=True)
class FixedSum:
    """Fen a stay is settled at whatever it cost, and the person's part of it."""

    amount: int
    own: int


def share_fixed(bill: Split, situation: Situation, fixed: FixedSum) -> Shares:
    """The pool pays the fixed sum but for the person's part, the hospital bears what the stay cost beyond it.

    Deductible, ratio and supplements are of bills by item. A stay that cost less than the fixed sum relieves the pool.
    """
    met = min(bill.total, fixed.amount)
    pool_left = max(0, situation.entitlement.limit - situation.used.pool)
    pool = min(max(0, met - fixed.own), bill.in_scope, pool_left)
    person = met - pool
    account, family_parts = _accounts(person, bill, situation, situation.entitlement.plan)
    return Shares(
        bill=bill,
        deductible=0,
        pool=pool,
        pool_left=pool_left,
        major=0,
        catastrophic=0,
        civil_servant=0,
        enterprise=0,
        relief=0,
        hospital=bill.total - met,
        account=account,
        family_parts=family_parts,
        cash=person - account - sum(family_parts),
        balance=situation.balance - account,
    )


def share_out(bill: Split, situation: Situation) -> Shares:
    used, plan = situation.used, situation.entitlement.plan
    deductible = _deductible(bill, situation)
    base = bill.in_scope - deductible
    pool_due = share(base, situation.entitlement.ratio)
    pool_left = max(0, situation.entitlement.limit - used.pool)
    pool = min(pool_due, pool_left)
    major = _major(base, situation, pool) if pool < pool_due else 0
    left = bill.in_scope - pool - major
    catastrophic = _catastrophic(left, used, plan.catastrophic)
    left -= catastrophic
    civil_servant = _supplement(left, situation.civil_servant, used.civil_servant)
    left -= civil_servant
    enterprise = _supplement(left, situation.enterprise, used.enterprise)
    left -= enterprise
    relief = _supplement(left, situation.relief, used.relief)
    funds = pool + major + catastrophic + civil_servant + enterprise + relief
    hospital = min(bill.total - funds, situation.waived)
    person = bill.total - funds - hospital
    account, family_parts = _accounts(person, bill, situation, plan)
    return Shares(
        bill=bill,
        deductible=deductible,
        pool=pool,
        pool_left=pool_left,
        major=major,
        catastrophic=catastrophic,
        civil_servant=civil_servant,
        enterprise=enterprise,
        relief=relief,
        hospital=hospital,
        account=account,
        family_parts=family_parts,
        cash=person - account - sum(family_parts),
        balance=situation.balance - account,
    )


def _deductible(bill: Split, situation: Situation) -> int:
    """Taken of the policy scope alone: once a year, or anew with each visit."""
    entitled = situation.entitlement
    before = situation.used.deductible if entitled.plan.deductible_per == "year" else 0
    return min(bill.in_scope, max(0, entitled.deductible - before))


def _supplement(left: int, supplement: Supplement | None, paid_before: int) -> int:
    """Its share of what is left, as far as its own limit of the year goes."""
    if supplement is None:
        return 0
    due = share(left, supplement.ratio)
    return due if supplement.limit is None else min(due, max(0, to_fen(supplement.limit) - paid_before))


def _major(base: int, situation: Situation, pool: int) -> int:
    """大额 pays on the part of the base that the pool's limit left uncovered."""
    ratio = situation.entitlement.ratio
    covered = min(base, rounded(pool / ratio)) if ratio else base
    return _supplement(base - covered, situation.entitlement.plan.major, situation.used.major)


def _catastrophic(own: int, used: Used, rule: Catastrophic | None) -> int:
    """大病 pays on what the year's compliant own payments exceed its threshold by, this bill's part of it."""
    if rule is None:
        return 0
    threshold = to_fen(rule.threshold)
    over = max(0, used.own_compliant + own - threshold) - max(0, used.own_compliant - threshold)
    return _supplement(over, rule, used.catastrophic)


def _accounts(person: int, bill: Split, situation: Situation, plan: Plan) -> tuple[int, tuple[int, ...]]:
    """The own account, then the relatives', or the other way round where the place of insurance has it so. A resident
    has none of their own, so that the relative's pays from the first fen on.
    """
    if not situation.account_used:
        return 0, ()
    payable = person if situation.account_covers_full_self_pay else max(0, person - bill.full_self)
    own = max(0, situation.balance) if plan.account else 0
    if situation.family_first:
        parts = _drawn(payable, situation.family_balances)
        return min(own, payable - sum(parts)), parts
    account = min(own, payable)
    return account, _drawn(payable - account, situation.family_balances)


def _drawn(payable: int, balances: tuple[int, ...]) -> tuple[int, ...]:
    """From each account in turn what the ones before it left."""
    parts: list[int] = []
    for balance in balances:
        parts.append(min(max(0, balance), payable - sum(parts)))
    return tuple(parts)
