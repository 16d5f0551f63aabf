"""What one person may claim for one visit: a plan of the place of insurance, seen from the place of care."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from settlement.reference.benefit.areas import Area, Relation, relation
from settlement.reference.benefit.rules import Disease, Filing, Plan, at_level
from settlement.wire.values import to_fen

CHRONIC = "14"
_EMERGENCY_VISIT = "13"


@dataclass(frozen=True, slots=True)
class Claim:
    """The visit as its bill describes it; `disease` is empty unless it is for a chronic one."""

    insutype: str
    psn_type: str
    med_type: str
    disease: str
    level: str


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Fen and a ratio: the pool's part of the rules, looked up. `limit` is the plan's, or the disease's."""

    plan: Plan
    disease: str
    deductible: int
    ratio: Decimal
    limit: int


class NotCovered(Exception):
    """This visit cannot be settled under this insurance, in words that a platform would use."""


def entitlement(claim: Claim, insured: Area, care: Area, filing: Filing = Filing.NONE) -> Entitlement:
    """Raises NotCovered."""
    plan = insured.insured.plan(claim.insutype, claim.psn_type, claim.med_type)
    if plan is None:
        raise NotCovered("该险种不支持此医疗类别结算")
    where = relation(insured, care)
    disease = _disease(plan, claim, where)
    ratio = at_level(disease.ratio if disease else plan.ratio, claim.level)
    return Entitlement(
        plan=plan,
        disease=claim.disease if disease else "",
        deductible=to_fen(at_level(plan.deductible, claim.level)),
        ratio=max(Decimal(0), ratio - _cut(insured, where, claim, filing)),
        limit=to_fen(disease.limit if disease else plan.limit),
    )


def _disease(plan: Plan, claim: Claim, where: Relation) -> Disease | None:
    if claim.med_type != CHRONIC:
        return None
    disease = plan.diseases.get(claim.disease)
    if disease is None:
        raise NotCovered("该病种不在参保地门诊慢特病病种范围内")
    if where is Relation.OTHER_PROVINCE and not disease.elsewhere:
        raise NotCovered("该病种未开通跨省直接结算")
    return disease


def filing_counts(insured: Area, care: Area) -> bool:
    """Whether somebody insured in the one place pays less in the other once something is filed."""
    where = relation(insured, care)
    if where is Relation.HERE:
        return False
    table = _table(insured, where)
    return any(cut < table[Filing.NONE] for cut in table.values())


def _table(insured: Area, where: Relation) -> dict[Filing, Decimal]:
    away = insured.insured.away
    return away.same_province if where is Relation.SAME_PROVINCE else away.other_province


def _cut(insured: Area, where: Relation, claim: Claim, filing: Filing) -> Decimal:
    if where is Relation.HERE:
        return Decimal(0)
    table = _table(insured, where)
    counting = {filing} | ({Filing.EMERGENCY} if claim.med_type == _EMERGENCY_VISIT else set[Filing]())
    return min(table.get(each, table[Filing.NONE]) for each in counting)
