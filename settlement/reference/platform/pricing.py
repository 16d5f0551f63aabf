"""What a bill costs whom: finds visit, lines and the year so far, and lets the rules of both places share it out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from settlement.reference.benefit.areas import Area
from settlement.reference.benefit.entitlement import CHRONIC, Claim, Entitlement, NotCovered, entitlement
from settlement.reference.benefit.payers import FixedSum, Shares, Situation, Used, share_fixed, share_out
from settlement.reference.benefit.rules import Filing
from settlement.reference.benefit.split import Split, total_of
from settlement.reference.ledger.dealings import FeeRow, Settlement, SettlementState, Visit
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.ledger.queries import Query, run
from settlement.reference.ledger.rights import FamilyGrant
from settlement.reference.platform.call import Call, Refused
from settlement.reference.platform.persons import active_insurance, check_credential, find_person, queue_for
from settlement.reference.platform.rights import (
    balance,
    check_disease,
    check_not_in_hospital,
    family_balance,
    family_grants,
    filing_for,
    relief_of,
    stay_of,
)
from settlement.reference.platform.visits import open_visit_of
from settlement.wire import settle
from settlement.wire.values import to_fen

_LEFT_ALONE = "0"
_AS_FIXED_SUM = "02"  # psn_setlway
_GENERAL = "11"  # the plan of ordinary visits is the one that this year's opening figures belong to


@dataclass(frozen=True, slots=True)
class Priced:
    """A bill computed for a person: what 2206 tells and 2207 keeps. `grants` are by whose leave, and of whose accounts,
    `shares.family_parts` are paid. `fixed`: what a stay of psn_setlway 02 is settled at.
    """

    person: Person
    insurance: Insurance
    visit: Visit
    rows: tuple[FeeRow, ...]
    insured: Area
    entitlement: Entitlement
    shares: Shares
    grants: tuple[FamilyGrant, ...] = ()
    fixed: FixedSum | None = None


def price(call: Call, body: settle.Quote) -> Priced:
    """Raises Refused for whatever a real platform would not settle."""
    session, today = call.session, call.now.date()
    person = find_person(session, body.psn_no)
    check_credential(person, body.mdtrt_cert_type, body.mdtrt_cert_no)
    visit = open_visit_of(session, body.mdtrt_id, body.psn_no)
    if (visit.insutype, visit.med_type) != (body.insutype, body.med_type):
        raise Refused("险种或医疗类别与就诊信息不一致", "setl_2262")
    check_not_in_hospital(session, person.psn_no, body.mdtrt_id, today)
    insurance = active_insurance(session, person.psn_no, body.insutype, call.now)
    if call.request.insuplc_admdvs != insurance.area:
        raise Refused("参保地医保区划与参保信息不一致", "setl_2264")
    rows = _unsettled_rows(call, body)
    bill = total_of(Split(r.total, r.full_self, r.over_limit, r.first_self, r.in_scope) for r in rows)
    if bill.total != to_fen(body.medfee_sumamt):
        raise Refused("医疗费总额与费用明细合计不一致", "setl_2265")
    insured = call.insured_area(insurance.area)
    entitled = _entitled(call, insurance, visit, insured)
    grants = _grants(call, person.psn_no, insured, body)
    situation = _situation(call, insurance, entitled, insured, grants, body)
    fixed = _fixed_sum(call, body)
    shares = share_fixed(bill, situation, fixed) if fixed else share_out(bill, situation)
    return Priced(person, insurance, visit, rows, insured, entitled, shares, grants, fixed)


def _fixed_sum(call: Call, body: settle.Quote) -> FixedSum | None:
    """Of a stay whose hospital says 02; an outpatient's bill is always computed by item."""
    if body.psn_setlway != _AS_FIXED_SUM or stay_of(call.session, body.mdtrt_id) is None:
        return None
    on_file = call.world.on_file(body.psn_no)
    if on_file is None or on_file.fixed_sum is None:
        raise Refused("未查询到该住院的定额标准", "ipt_2306")
    return FixedSum(to_fen(on_file.fixed_sum.amount), to_fen(on_file.fixed_sum.own))


def _unsettled_rows(call: Call, body: settle.Quote) -> tuple[FeeRow, ...]:
    rows = tuple(_ROWS.all(call.session, mdtrt_id=body.mdtrt_id, chrg_bchno=body.chrg_bchno))
    if not rows:
        raise Refused("未查询到本次结算的费用明细", "setl_2263")
    if any(row.setl_id for row in rows):
        raise Refused("费用明细已结算，不能重复结算", "5c0e91d7@fsi-2")
    return rows


def _entitled(call: Call, insurance: Insurance, visit: Visit, insured: Area) -> Entitlement:
    today, med_type = call.now.date(), visit.med_type or ""
    if med_type == CHRONIC:
        check_disease(call.session, insurance.psn_no, visit.disease, call.request.fixmedins_code, today)
    away = insured.code != call.area.code
    filing = filing_for(call.session, insurance.psn_no, call.area.code, today) if away else Filing.NONE
    claim = Claim(insurance.insutype, insurance.psn_type, med_type, visit.disease, call.world.hospital.level)
    try:
        return entitlement(claim, insured, call.area, filing)
    except NotCovered as not_covered:
        raise Refused(str(not_covered), "setl_2266") from None


def _grants(call: Call, psn_no: str, insured: Area, body: settle.Quote) -> tuple[FamilyGrant, ...]:
    """The relatives whose accounts may be used. Others may be spending them at this moment: they wait, or we do."""
    said = (body.model_extra or {}).get(call.area.family_choice)
    if not insured.insured.account_for_family or said == _LEFT_ALONE:
        return ()
    grants = family_grants(call.session, psn_no, call.now.date())
    if grants:
        queue_for(call.session, [grant.owner for grant in grants])
    return tuple(grants)


def _situation(
    call: Call,
    insurance: Insurance,
    entitled: Entitlement,
    insured: Area,
    grants: tuple[FamilyGrant, ...],
    body: settle.Quote,
) -> Situation:
    session, rules = call.session, insured.insured
    return Situation(
        entitlement=entitled,
        used=used_this_year(call, insurance, entitled),
        civil_servant=rules.civil_servant if insurance.civil_servant else None,
        enterprise=rules.enterprise if insurance.enterprise else None,
        relief=relief_of(session, insurance.psn_no, rules, call.now.date()),
        waived=call.area.care.waived(body.med_type),
        balance=balance(session, insurance),
        family_balances=tuple(family_balance(session, grant.owner) for grant in grants),
        family_first=rules.family_first,
        account_used=body.acct_used_flag == "1",
        account_covers_full_self_pay=rules.account_covers_full_self_pay,
    )


def used_this_year(call: Call, insurance: Insurance, entitled: Entitlement) -> Used:
    """Sums this year's standing settlements; what was undone has never been."""
    plan = entitled.plan
    named = {"psn_no": insurance.psn_no, "insutype": insurance.insutype, "year": call.now.year}
    row = run(call.session, _YEAR, named | {"med_types": plan.med_types, "disease": entitled.disease}).one()
    deductible, pool, major, catastrophic, civil, enterprise, relief, in_scope, fund = (int(sum_ or 0) for sum_ in row)
    person = find_person(call.session, insurance.psn_no)
    opening = _GENERAL in plan.med_types and not entitled.disease
    return Used(
        deductible=deductible + person.deductible_used * opening,
        pool=pool + person.pool_used * opening,
        major=major,
        catastrophic=catastrophic,
        civil_servant=civil,
        enterprise=enterprise,
        relief=relief,
        own_compliant=in_scope - fund + person.own_compliant,
    )


_COUNTS = Settlement.med_type.in_(bindparam("med_types", expanding=True))
_YEAR = select(
    func.sum(Settlement.deductible).filter(_COUNTS),
    func.sum(Settlement.pool).filter(_COUNTS, Settlement.disease == bindparam("disease")),
    func.sum(Settlement.major),
    func.sum(Settlement.catastrophic),
    func.sum(Settlement.civil_servant),
    func.sum(Settlement.enterprise),
    func.sum(Settlement.relief),
    func.sum(Settlement.in_scope),
    func.sum(Settlement.fund),
).where(
    Settlement.psn_no == bindparam("psn_no"),
    Settlement.insutype == bindparam("insutype"),
    Settlement.year == bindparam("year"),
    Settlement.state == SettlementState.STANDING,
)
_ROWS = Query(FeeRow, FeeRow.mdtrt_id == bindparam("mdtrt_id"), FeeRow.chrg_bchno == bindparam("chrg_bchno"))
