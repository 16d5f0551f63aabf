"""Who is who at the hospital: several numbers of one person, and codes that lead to numbers and prove nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.parties import Patient, PatientCode
from settlement.wire import hospital


def look_up(errand: Errand, wish: hospital.LookUp) -> hospital.LookUpReply:
    """All numbers of whoever the code belongs to, as far as the hospital knows that they are one person."""
    found = errand.session.get(PatientCode, wish.code)
    if found is None:
        raise Declined("医院没有这个条码")
    patient = errand.session.get_one(Patient, found.patient_no)
    numbers = [patient.patient_no]
    if patient.certno:
        same = select(Patient.patient_no).where(Patient.certno == patient.certno).order_by(Patient.patient_no)
        numbers = list(errand.session.scalars(same))
    return hospital.LookUpReply(
        kind=hospital.CodeKind(found.kind),
        patient_nos=tuple(numbers),
        name=f"{patient.name[0]}{'*' * (len(patient.name) - 1)}",
    )


def unnamed(session: Session, query: hospital.BillsQuery) -> list[str]:
    """Of the numbers that were looked up those that no document was shown for, if they bear the person's name.

    A number that is known to be somebody's is found by that person's certno alone.
    """
    if not query.patient_nos or not query.psn_name:
        return []
    wanted = select(Patient.patient_no).where(
        Patient.patient_no.in_(query.patient_nos), Patient.certno == "", Patient.name == query.psn_name
    )
    return list(session.scalars(wanted))
