"""Doctors' confirmations at the reference hospital: who may give them, and what makes one good.

One brought by the hospital's own system bears the hospital's signature. One given at a kiosk bears the place's, which
is checked here once more: a kiosk that lies about where it stands cannot have it signed. It looks at no face.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from settlement.reference.counter import door
from settlement.reference.face_platform import enrolled
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import CaseConfirmation, FiledCase
from settlement.reference.people import Doctor
from settlement.wire import confirming as wire
from settlement.wire.office import Attested, State

HOSPITAL_KEY = Ed25519PrivateKey.from_private_bytes(b"reference hospital: of no secrec")
"""Signs places and reports of the invented hospital (模拟) and opens nothing in the world."""

_BEIJING = timezone(timedelta(hours=8))
_CONFIRMED = "chronic-application"


def doctor(errand: Errand, wish: wire.AskDoctor) -> wire.DoctorReply:
    known = _known(errand, wish.number)
    picture = enrolled().get(f"doctor-{known.staff_no}")
    if picture is None:
        raise Declined("医院没有这位医生的照片，请由医院系统确认")
    portrait = base64.b64encode(picture).decode()
    return wire.DoctorReply(number=known.staff_no, name=known.name, department=known.department, portrait=portrait)


def attest(errand: Errand, wish: wire.Attest) -> wire.AttestReply:
    """From a kiosk: the place must be the hospital's own, and signed."""
    place = wish.place
    lines = (place.institution, place.terminal, place.latitude, place.longitude, place.surveyed.isoformat())
    said = "".join(f"{line}\n" for line in ("yibao-place 1", *lines)).encode()
    if place.institution != errand.world.hospital.code or not _signed(said, place.signature):
        raise Declined("机器位置没有通过核对")
    if not wish.evidence.startswith("accepted ") or " compared " not in wish.evidence:
        raise Declined("没有核对医生本人")
    return _note(errand, wish, here=True)


def report(errand: Errand, wish: wire.Report) -> wire.AttestReply:
    """From the hospital's own system, in its own time."""
    if not _signed(reported_bytes(wish.key, wish.case_no, wish.doctor), wish.signature):
        raise Declined("签名不对")
    return _note(errand, wish, here=False)


def demo_report(errand: Errand, wish: wire.DemoReport) -> wire.AttestReply:
    """The doctor signs in the hospital's own system, and the report goes the way of every other."""
    key = secrets.token_hex(12)
    signed = base64.b64encode(HOSPITAL_KEY.sign(reported_bytes(key, wish.case_no, wish.doctor))).decode()
    return report(errand, wire.Report(key=key, case_no=wish.case_no, doctor=wish.doctor, signature=signed))


def reported_bytes(key: str, case_no: str, number: str) -> bytes:
    return "".join(f"{line}\n" for line in ("yibao-confirmation 1", key, case_no, number)).encode()


def _signed(said: bytes, signature: str) -> bool:
    public: Ed25519PublicKey = HOSPITAL_KEY.public_key()
    try:
        public.verify(base64.b64decode(signature, validate=True), said)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _known(errand: Errand, number: str) -> Doctor:
    found = next((one for one in errand.world.hospital.doctors.values() if one.staff_no == number), None)
    if found is None:
        raise Declined("没有这个工号")
    return found


def _note(errand: Errand, wish: wire.Attest | wire.Report, *, here: bool) -> wire.AttestReply:
    session, known = errand.session, _known(errand, wish.doctor)
    case = session.scalar(select(FiledCase).where(FiledCase.case_no == wish.case_no))
    if case is None or case.item != _CONFIRMED or case.state != State.UNDER_REVIEW:
        raise Declined("没有等待确认的这份申请")
    row = session.get(CaseConfirmation, wish.case_no, with_for_update=True)
    if row is None:
        row = CaseConfirmation(case_no=wish.case_no, key=wish.key, doctor=known.name, at=errand.now, here=here)
        session.add(row)
        session.flush()
    elif row.key != wish.key:
        raise Declined("这份申请已经由医生确认")
    return wire.AttestReply(key=wish.key, attested=told(errand, row))


def told(errand: Errand, row: CaseConfirmation) -> Attested:
    """Patients read it: a surname does."""
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=_BEIJING)
    return Attested(doctor=f"{row.doctor[:1]}医生", hospital=errand.world.hospital.name, at=at, here=row.here)


DOORS = {
    wire.DOCTOR: door(wire.AskDoctor, doctor),
    wire.ATTEST: door(wire.Attest, attest),
    wire.REPORT: door(wire.Report, report),
    wire.DEMO_REPORT: door(wire.DemoReport, demo_report),
}
