"""What the reference office has of a person beside applications: filings, shared accounts, dues, certificates."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import or_, select

from kiosk.domain.personal import PersonName, ResidentId
from settlement.reference.benefit.areas import HOME, shipped_areas
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import CaseScore, FiledCase, OfficeOffer
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.ledger.rights import CareElsewhere, FamilyGrant
from settlement.reference.platform.rights import family_balance
from settlement.wire import office
from settlement.wire.values import from_fen

_TRANSFER = "transfer"
_LOW = 2
"""Levels that are followed up (差评): 2 and 1."""
_TAX = "https://tax.moni.invalid/pay"
"""The tax authority's, were there one: nothing answers at it."""


def filed_away(errand: Errand, psn_no: str) -> tuple[office.FiledAway, ...]:
    today = errand.now.date()
    rows = errand.session.scalars(
        select(CareElsewhere)
        .where(CareElsewhere.psn_no == psn_no, or_(CareElsewhere.until.is_(None), CareElsewhere.until >= today))
        .order_by(CareElsewhere.since.desc(), CareElsewhere.id.desc())
    )
    newest = {row.area: row for row in reversed(rows.all())}
    return tuple(
        office.FiledAway(place=_place(area, today), kind=row.kind, since=row.since, until=row.until)
        for area, row in newest.items()
    )


def _place(code: str, today: date) -> str:
    area = shipped_areas().at(code, today)
    return area.name if area else code


def check_place(errand: Errand, wish: office.Submit) -> None:
    """An application goes by the place of insurance that the platform told. Raises Declined for another's."""
    if wish.insured_at and wish.insured_at not in {row.area for row in _insurances(errand, wish.applicant.psn_no)}:
        raise Declined("参保地与参保记录不一致，申请没有转出")


def taken_by(errand: Errand, case: FiledCase) -> str:
    """The office of the place of insurance, where that is another pool's than the hospital's."""
    person = errand.session.scalar(select(Person).where(Person.certno == case.certno))
    if person is None:
        return ""
    area = next((row.area for row in _insurances(errand, person.psn_no)), HOME)
    return "" if area == HOME else f"{_place(area, case.accepted)}医疗保障经办机构"


def _insurances(errand: Errand, psn_no: str) -> list[Insurance]:
    return list(errand.session.scalars(select(Insurance).where(Insurance.psn_no == psn_no).order_by(Insurance.id)))


def shared(errand: Errand, psn_no: str) -> tuple[office.Shared, ...]:
    """Both ways; of a relative's account its balance too, since this person may pay from it."""
    session = errand.session
    grants = session.scalars(
        select(FamilyGrant).where(or_(FamilyGrant.psn_no == psn_no, FamilyGrant.owner == psn_no))
    ).all()
    rows: list[office.Shared] = []
    for grant in grants:
        mine = grant.owner == psn_no
        other = session.get(Person, grant.psn_no if mine else grant.owner)
        if other is not None:
            balance = None if mine else from_fen(family_balance(session, grant.owner))
            name = PersonName(other.name).masked()
            rows.append(office.Shared(name=name, mine=mine, since=grant.since, balance=balance))
    return tuple(rows)


def dues(errand: Errand, psn_no: str) -> tuple[office.Due, ...]:
    rows = errand.session.scalars(
        select(OfficeOffer).where(OfficeOffer.psn_no == psn_no, OfficeOffer.item == "contribution")
    )
    return tuple(
        office.Due(what=row.label, amount=from_fen(row.fen), address=f"{_TAX}?bill={row.key}", until=row.until)
        for row in rows
    )


def certificate(errand: Errand, case: FiledCase) -> office.Certificate | None:
    """参保凭证: made with the application to transfer, and the same whenever it is asked for."""
    if case.item != _TRANSFER:
        return None
    person = errand.session.scalar(select(Person).where(Person.certno == case.certno))
    if person is None:
        return None
    rows = errand.session.scalars(select(Insurance).where(Insurance.psn_no == person.psn_no).order_by(Insurance.id))
    number = f"CBPZ{case.case_no}"
    return office.Certificate(
        number=number,
        issued=case.accepted,
        holder=f"{PersonName(person.name).masked()} {ResidentId(person.certno).masked()}",
        code=f"YBC1.{number}.{hashlib.sha256(number.encode()).hexdigest()[:20]}",
        times=tuple(
            office.CertifiedTime(
                insutype=row.insutype,
                place=_place(row.area, case.accepted),
                since=row.since,
                until=row.paused,
                months=_months(row.since, row.paused or case.accepted),
            )
            for row in rows
        ),
    )


def _months(since: date, until: date) -> int:
    """Begun months count whole."""
    return max(0, (until.year - since.year) * 12 + until.month - since.month + 1)


def may_rate_again(scores: list[CaseScore]) -> bool:
    """追评: once, after a low one; this office follows up the moment it comes."""
    return len(scores) == 1 and scores[0].level <= _LOW
