"""Stays that a doctor ordered, and their registration: once, whoever asks again.

The hospital reports a stay to the platform (2401) when the ward has taken the patient in; that is not played here.
"""

from __future__ import annotations

from sqlalchemy import select

from settlement.reference.clock import stamp
from settlement.reference.hospital import billing
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.parties import AdmissionOrder, Bill
from settlement.reference.people import AdmissionTemplate, PersonFile, RecordData
from settlement.reference.platform.call import fresh_number
from settlement.wire import codec, hospital


def order(errand: Errand, person: PersonFile, scenario: str, record: RecordData) -> str:
    """The number of a fresh one."""
    number = f"ZYZ{fresh_number(errand.now)}"
    errand.session.add(
        AdmissionOrder(
            admission_no=number,
            certno=person.certno,
            patient_no=record.patient_no,
            scenario=scenario,
            doctor=errand.world.hospital.doctors[errand.world.templates[scenario].doctor].name,
            ordered_at=errand.now,
            visit_no="",
            seen="",
            reply="",
        )
    )
    return number


def ordered(errand: Errand, query: hospital.AdmissionsQuery) -> hospital.Admissions:
    wanted = select(AdmissionOrder).where(AdmissionOrder.certno == query.certno, AdmissionOrder.visit_no == "")
    rows = errand.session.scalars(wanted.order_by(AdmissionOrder.admission_no.desc()))
    return hospital.Admissions(orders=tuple(_told(errand, row) for row in rows))


def _told(errand: Errand, row: AdmissionOrder) -> hospital.AdmissionOrder:
    template = _template(errand, row)
    return hospital.AdmissionOrder(
        admission_no=row.admission_no,
        ward=template.ward,
        doctor_name=row.doctor,
        ordered_at=stamp(row.ordered_at),
        obstacles=template.obstacles,
    )


def _template(errand: Errand, row: AdmissionOrder) -> AdmissionTemplate:
    template = errand.world.templates[row.scenario].admission
    if template is None:
        raise Declined("没有这样的住院证")
    return template


def admit(errand: Errand, wish: hospital.Admit) -> hospital.AdmitReply:
    """A repeat is answered alike, with the deposit it asked for then."""
    row = errand.session.get(AdmissionOrder, wish.key, with_for_update=True)
    if row is None or row.certno != wish.certno:
        raise Declined("没有这张住院证")
    if row.visit_no:
        return codec.read(hospital.AdmitReply, codec.decode(row.reply.encode()))
    template = _template(errand, row)
    if template.obstacles:
        raise Declined("；".join(template.obstacles))
    row.visit_no, row.seen = f"ZY{fresh_number(errand.now)}", wish.seen
    place = errand.world.hospital.next["admission"]
    reply = hospital.AdmitReply(
        key=wish.key,
        admitted=row.visit_no,
        ward=template.ward,
        bed=template.bed,
        next_steps=(codec.read(hospital.NextStep, place.model_dump()),),
        deposit=_deposit(errand, row, template),
    )
    row.reply = codec.encode(reply, "string").decode()
    return reply


def _deposit(errand: Errand, row: AdmissionOrder, template: AdmissionTemplate) -> hospital.FeeBatch | None:
    """None for whoever is treated first and pays later."""
    person = errand.world.person_of(row.certno)
    if not template.deposit or person is None:
        return None
    record = next((one for one in person.records if one.patient_no == row.patient_no), person.records[0])
    asked: Bill = billing.make_bill(errand, person, errand.world.templates[template.deposit], record)
    return billing.fee_batch(asked)
