"""What a bill costs whom: finds visit, lines and the year so far, and lets the rules share the money out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from settlement.reference.benefit.payers import Shares, Situation, share_out
from settlement.reference.benefit.rules import Plan
from settlement.reference.benefit.split import Split, total_of
from settlement.reference.ledger.dealings import FeeRow, Settlement, SettlementState, Visit
from settlement.reference.ledger.parties import Identity, Insurance, Person
from settlement.reference.platform.call import Call, Refused
from settlement.reference.platform.persons import active_insurance, balance, check_credential, find_person
from settlement.reference.platform.visits import open_visit_of
from settlement.wire import settle
from settlement.wire.values import to_fen

_GENERAL = "11"  # the plan of ordinary visits is the one that this year's opening figures belong to


@dataclass(frozen=True, slots=True)
class Priced:
    """A bill computed for a person: what 2206 tells and 2207 keeps."""

    person: Person
    insurance: Insurance
    visit: Visit
    rows: tuple[FeeRow, ...]
    plan: Plan
    shares: Shares


def price(call: Call, body: settle.Quote) -> Priced:
    """Raises Refused for whatever a real platform would not settle."""
    person = find_person(call.session, body.psn_no)
    check_credential(person, body.mdtrt_cert_type, body.mdtrt_cert_no)
    visit = open_visit_of(call.session, body.mdtrt_id, body.psn_no)
    if (visit.insutype, visit.med_type) != (body.insutype, body.med_type):
        raise Refused("险种或医疗类别与就诊信息不一致", "setl_2262")
    insurance = active_insurance(call.session, person.psn_no, body.insutype, call.now)
    rows = _unsettled_rows(call, body)
    bill = total_of(Split(r.total, r.full_self, r.over_limit, r.first_self, r.in_scope) for r in rows)
    if bill.total != to_fen(body.medfee_sumamt):
        raise Refused("医疗费总额与费用明细合计不一致", "setl_2265")
    plan = call.area.plan(body.insutype, insurance.psn_type, body.med_type)
    if plan is None:
        raise Refused("该险种不支持此医疗类别结算", "setl_2266")
    situation = _situation(call, person, insurance, plan, body)
    return Priced(person, insurance, visit, rows, plan, share_out(bill, situation, call.area))


def _unsettled_rows(call: Call, body: settle.Quote) -> tuple[FeeRow, ...]:
    wanted = select(FeeRow).where(FeeRow.mdtrt_id == body.mdtrt_id, FeeRow.chrg_bchno == body.chrg_bchno)
    rows = tuple(call.session.scalars(wanted))
    if not rows:
        raise Refused("未查询到本次结算的费用明细", "setl_2263")
    if any(row.setl_id for row in rows):
        raise Refused("费用明细已结算，不能重复结算", "5c0e91d7@fsi-2")
    return rows


def _situation(call: Call, person: Person, insurance: Insurance, plan: Plan, body: settle.Quote) -> Situation:
    """Sums this year's standing settlements; what was undone has never been."""
    standing = (
        Settlement.psn_no == person.psn_no,
        Settlement.insutype == insurance.insutype,
        Settlement.year == call.now.year,
        Settlement.state == SettlementState.STANDING,
    )
    own = func.sum(Settlement.in_scope) - func.sum(Settlement.fund)
    under_plan = select(func.sum(Settlement.deductible), func.sum(Settlement.pool)).where(
        *standing, Settlement.med_type.in_(plan.med_types)
    )
    deductible, pool = call.session.execute(under_plan).one()
    opening = _GENERAL in plan.med_types
    relief = call.session.scalar(select(Identity.kind).where(Identity.psn_no == person.psn_no).limit(1))
    return Situation(
        plan=plan,
        med_type=body.med_type,
        deductible_used=int(deductible or 0) + person.deductible_used * opening,
        pool_used=int(pool or 0) + person.pool_used * opening,
        own_compliant=int(call.session.scalar(select(own).where(*standing)) or 0) + person.own_compliant,
        balance=balance(call.session, insurance),
        civil_servant=insurance.civil_servant,
        relief=relief,
        account_used=body.acct_used_flag == "1",
    )
