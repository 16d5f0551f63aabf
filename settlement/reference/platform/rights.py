"""What holds for a person on a day: filings, registered diseases, a relative's account, a stay in hospital."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from settlement.reference.benefit.rules import Filing, Insured, Supplement
from settlement.reference.ledger.books import Kind, account_holder, held
from settlement.reference.ledger.parties import Identity, Insurance
from settlement.reference.ledger.rights import CareElsewhere, ChronicDisease, FamilyGrant, Stay
from settlement.reference.platform.call import Refused

EMPLOYEES = "310"


def filing_for(session: Session, psn_no: str, area: str, day: date) -> Filing:
    """The newest filing for that place in force."""
    rows = session.scalars(
        select(CareElsewhere.kind)
        .where(CareElsewhere.psn_no == psn_no, CareElsewhere.area == area, *_in_force(CareElsewhere, day))
        .order_by(CareElsewhere.since.desc(), CareElsewhere.id.desc())
        .limit(1)
    )
    return Filing(next(iter(rows), Filing.NONE))


def check_disease(session: Session, psn_no: str, disease: str, institution: str, day: date) -> None:
    """Raises Refused when this disease is not registered, or at another hospital."""
    rows = list(
        session.scalars(
            select(ChronicDisease).where(
                ChronicDisease.psn_no == psn_no, ChronicDisease.code == disease, *_in_force(ChronicDisease, day)
            )
        )
    )
    if not rows:
        raise Refused("该人员未办理此病种门诊慢特病备案", "opsp_3511")
    if all(row.institution not in {"", institution} for row in rows):
        raise Refused("本机构不是该病种的定点就医机构", "opsp_3514")


def check_not_in_hospital(session: Session, psn_no: str, day: date) -> None:
    """Raises Refused: "患者住院期间不能发生门诊费用"."""
    if session.scalar(select(Stay.id).where(Stay.psn_no == psn_no, *_in_force(Stay, day)).limit(1)):
        raise Refused("该人员正在住院，住院期间不能办理门诊医保结算", "ipt_5303")


def relief_of(session: Session, psn_no: str, insured: Insured, day: date) -> Supplement | None:
    """The best of what the person's standings in force give; one that began later does not count yet."""
    wanted = select(Identity.kind).where(Identity.psn_no == psn_no, Identity.since <= day)
    known = [insured.relief[kind] for kind in session.scalars(wanted) if kind in insured.relief]
    return max(known, key=lambda relief: relief.ratio, default=None)


def family_owner(session: Session, psn_no: str, day: date) -> str | None:
    """psn_no of the relative whose account this person may use."""
    wanted = select(FamilyGrant.owner).where(FamilyGrant.psn_no == psn_no, FamilyGrant.since <= day)
    return session.scalar(wanted.order_by(FamilyGrant.id).limit(1))


def balance(session: Session, insurance: Insurance) -> int:
    """Fen on the account: what it opened with, and what has moved since."""
    return insurance.opening_balance + held(session, Kind.ACCOUNT, account_holder(insurance.psn_no, insurance.insutype))


def family_balance(session: Session, owner: str) -> int:
    """Fen on the relative's account; nothing when there is none."""
    wanted = select(Insurance).where(Insurance.psn_no == owner, Insurance.insutype == EMPLOYEES)
    insurance = session.scalar(wanted.limit(1))
    return balance(session, insurance) if insurance else 0


def _in_force(
    table: type[ChronicDisease | CareElsewhere | Stay], day: date
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.since <= day, or_(table.until.is_(None), table.until >= day)
