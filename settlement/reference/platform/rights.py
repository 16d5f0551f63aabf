"""What holds for a person on a day: filings, registered diseases, a relative's account, a stay in hospital."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_
from sqlalchemy.orm import Session

from settlement.reference.benefit.rules import Filing, Insured, Supplement
from settlement.reference.ledger.books import Kind, account_holder, held
from settlement.reference.ledger.parties import Identity, Insurance
from settlement.reference.ledger.queries import Query
from settlement.reference.ledger.rights import CareElsewhere, ChronicDisease, FamilyGrant, Stay
from settlement.reference.platform.call import Refused

EMPLOYEES = "310"


def _in_force(table: type[ChronicDisease | CareElsewhere | Stay]) -> tuple[ColumnElement[bool], ...]:
    day: BindParameter[date] = bindparam("day")
    return table.psn_no == bindparam("psn_no"), table.since <= day, or_(table.until.is_(None), table.until >= day)


_FILINGS = Query(
    CareElsewhere,
    CareElsewhere.area == bindparam("area"),
    *_in_force(CareElsewhere),
    order_by=(CareElsewhere.since.desc(), CareElsewhere.id.desc()),
)
_DISEASES = Query(ChronicDisease, ChronicDisease.code == bindparam("code"), *_in_force(ChronicDisease))
_STAYS = Query(Stay, *_in_force(Stay))
_STAY = Query(Stay, Stay.mdtrt_id == bindparam("mdtrt_id"))
_STANDINGS = Query(Identity, Identity.psn_no == bindparam("psn_no"), Identity.since <= bindparam("day"))
_GRANTS = Query(
    FamilyGrant,
    FamilyGrant.psn_no == bindparam("psn_no"),
    FamilyGrant.since <= bindparam("day"),
    order_by=(FamilyGrant.id,),
)
_EMPLOYED = Query(Insurance, Insurance.psn_no == bindparam("psn_no"), Insurance.insutype == EMPLOYEES)


def filing_for(session: Session, psn_no: str, area: str, day: date) -> Filing:
    """The newest filing for that place in force."""
    newest = _FILINGS.first(session, psn_no=psn_no, area=area, day=day)
    return Filing(newest.kind) if newest else Filing.NONE


def check_disease(session: Session, psn_no: str, disease: str, institution: str, day: date) -> None:
    """Raises Refused when this disease is not registered, or at another hospital."""
    rows = _DISEASES.all(session, psn_no=psn_no, code=disease, day=day)
    if not rows:
        raise Refused("该人员未办理此病种门诊慢特病备案", "opsp_3511")
    if all(row.institution not in {"", institution} for row in rows):
        raise Refused("本机构不是该病种的定点就医机构", "opsp_3514")


def check_not_in_hospital(session: Session, psn_no: str, mdtrt_id: str, day: date) -> None:
    """Raises Refused: "患者住院期间不能发生门诊费用"; the stay itself may be settled."""
    if _STAYS.first(session, psn_no=psn_no, day=day) and stay_of(session, mdtrt_id) is None:
        raise Refused("该人员正在住院，住院期间不能办理门诊医保结算", "ipt_5303")


def stay_of(session: Session, mdtrt_id: str) -> Stay | None:
    """The stay that was registered under this number."""
    return _STAY.first(session, mdtrt_id=mdtrt_id)


def relief_of(session: Session, psn_no: str, insured: Insured, day: date) -> Supplement | None:
    """The best of what the person's standings in force give; one that began later does not count yet."""
    standings = _STANDINGS.all(session, psn_no=psn_no, day=day)
    known = [insured.relief[row.kind] for row in standings if row.kind in insured.relief]
    return max(known, key=lambda relief: relief.ratio, default=None)


def family_grants(session: Session, psn_no: str, day: date) -> list[FamilyGrant]:
    """The relatives whose accounts this person may use, the first bound first."""
    return _GRANTS.all(session, psn_no=psn_no, day=day)


def balance(session: Session, insurance: Insurance) -> int:
    """Fen on the account: what it opened with, and what has moved since."""
    return insurance.opening_balance + held(session, Kind.ACCOUNT, account_holder(insurance.psn_no, insurance.insutype))


def family_balance(session: Session, owner: str) -> int:
    """Fen on the relative's account; nothing when there is none."""
    insurance = _EMPLOYED.first(session, psn_no=owner)
    return balance(session, insurance) if insurance else 0
