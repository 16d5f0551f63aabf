"""Puts the invented people into a ledger, and their first bills into a new one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.ports.clock import BEIJING
from settlement.reference.hospital.billing import make_bills
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.office import OfficeOffer
from settlement.reference.ledger.parties import Bill, Identity, Insurance, Patient, PatientCode, Person
from settlement.reference.ledger.rights import CareElsewhere, ChronicDisease, FamilyGrant, Stay
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import OfferData, PersonFile, PlatformData, RecordData, World
from settlement.wire.values import to_fen


def seed(ledger: Ledger, world: World, now: datetime) -> None:
    """Brings people up to date with their files at every start. What was settled stays: balances are sums."""
    with ledger.transact(alone=True) as session:
        errand = Errand(session, now, world)
        for person in world.people.values():
            if person.platform:
                _enrol(errand, person, person.platform)
            for record in person.records:
                _open_record(session, person, record)
                if session.scalar(select(Bill.id).where(Bill.patient_no == record.patient_no).limit(1)) is None:
                    for scenario in record.bills:
                        make_bills(errand, person, scenario, record)


def _open_record(session: Session, person: PersonFile, record: RecordData) -> None:
    certno = person.certno if record.named else ""
    session.merge(Patient(patient_no=record.patient_no, certno=certno, name=person.name))
    session.flush()
    for kind, code in record.codes.items():
        session.merge(PatientCode(code=code, kind=kind, patient_no=record.patient_no))
    session.flush()


def _enrol(errand: Errand, person: PersonFile, platform: PlatformData) -> None:
    session = errand.session
    session.merge(
        Person(
            psn_no=platform.psn_no,
            certno=person.certno,
            name=person.name,
            gend=person.gender,
            naty=person.nation,
            born=person.born,
            ec_token=platform.ec_token,
            card_number=person.card.number if person.card else None,
            card_serial=person.card.serial if person.card else None,
            deductible_used=to_fen(platform.deductible_used),
            pool_used=to_fen(platform.pool_used),
            own_compliant=to_fen(platform.own_compliant),
        )
    )
    session.flush()
    session.execute(delete(Insurance).where(Insurance.psn_no == platform.psn_no))
    session.execute(delete(Identity).where(Identity.psn_no == platform.psn_no))
    session.add_all(
        Insurance(
            psn_no=platform.psn_no,
            insutype=row.insutype,
            psn_type=row.psn_type,
            status=row.status,
            since=row.since,
            paused=row.paused,
            civil_servant=row.civil_servant,
            enterprise=row.enterprise,
            area=row.area,
            employer=row.employer,
            opening_balance=to_fen(row.balance),
        )
        for row in platform.insurances
    )
    session.add_all(
        Identity(psn_no=platform.psn_no, kind=row.kind, level=row.level, since=row.since, memo=row.memo)
        for row in platform.identities
    )
    _give_rights(session, platform, errand.now.astimezone(BEIJING).date())
    session.flush()


def _give_rights(session: Session, platform: PlatformData, today: date) -> None:
    """Replaces what the file says; what transactions added since stays."""
    for table in (ChronicDisease, CareElsewhere, FamilyGrant, Stay):
        session.execute(delete(table).where(table.psn_no == platform.psn_no, table.from_file))
    known = {"psn_no": platform.psn_no, "from_file": True}
    session.add_all(ChronicDisease(**known, **row.model_dump()) for row in platform.diseases)
    session.add_all(CareElsewhere(**known, **row.model_dump()) for row in platform.filings)
    session.add_all(
        Stay(**known, mdtrt_id=f"S{row.ipt_no}", since=row.since(today), until=None, **row.model_dump(exclude={"days"}))
        for row in platform.stays
    )
    session.add_all(FamilyGrant(**known, **row.model_dump()) for row in platform.family)
    session.execute(delete(OfficeOffer).where(OfficeOffer.psn_no == platform.psn_no))
    session.add_all(_offer(platform.psn_no, row) for row in platform.offers)


def _offer(psn_no: str, row: OfferData) -> OfficeOffer:
    told = row.model_dump(exclude={"scope", "amount"})
    return OfficeOffer(psn_no=psn_no, scope=",".join(row.scope), fen=to_fen(row.amount), **told)
