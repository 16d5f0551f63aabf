"""`front` of `kiosk.confirmings`: the hospital's front, asked for its doctors and told what they confirmed here."""

from __future__ import annotations

import base64
import binascii

from kiosk.domain.confirming import Attestation, Attested, Doctor
from kiosk.domain.personal import PersonName, Portrait
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.confirming import ConfirmingPort, DoctorFound, Failure
from kiosk.ports.driver import Driver, Host
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import confirming as wire


class FrontConfirmings:
    """`ConfirmingPort`. A doctor's picture is in no log: a call is named by its path alone."""

    def __init__(self, face: Face, terminal: str) -> None:
        self._face, self._terminal = face, terminal

    def doctor(self, number: str) -> DoctorFound | Failure:
        told = self._face.ask(wire.DOCTOR, wire.AskDoctor(number=number, terminal=self._terminal), wire.DoctorReply)
        if not isinstance(told, wire.DoctorReply):
            return told
        if told.portrait is None:
            return Refused(FaultCode.DOCTOR_UNKNOWN, told.refused)
        if told.number != number:
            return Unknown(FaultCode.REPLY_BROKEN, "answers another number")
        try:
            picture = Portrait(base64.b64decode(told.portrait, validate=True))
        except (binascii.Error, ValueError) as broken:
            return Unknown(FaultCode.REPLY_BROKEN, type(broken).__name__)
        return DoctorFound(Doctor(told.number, PersonName(told.name), told.department, picture))

    def attest(self, key: str, attestation: Attestation) -> Attested | Failure:
        place = attestation.place
        wish = wire.Attest(
            key=key,
            case_no=attestation.case_no,
            doctor=attestation.doctor,
            place=wire.Place(
                institution=place.institution,
                terminal=place.terminal,
                latitude=place.latitude,
                longitude=place.longitude,
                surveyed=place.surveyed,
                signature=base64.b64encode(place.signature).decode(),
            ),
            evidence=attestation.evidence,
        )
        told = self._face.ask(wire.ATTEST, wish, wire.AttestReply, key)
        if not isinstance(told, wire.AttestReply):
            return told
        if told.key != key:
            return Unknown(FaultCode.REPLY_BROKEN, "answers another key")
        if told.attested is None:
            return Refused(FaultCode.CONFIRMATION_REFUSED, told.refused or "")
        return Attested(told.attested.doctor, told.attested.hospital, told.attested.at, told.attested.here)


def make(settings: Access, host: Host) -> ConfirmingPort:
    """The front behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, FaultCode.HOSPITAL_UNREACHABLE, party.log)
    return FrontConfirmings(Face(line, party.profile.limits), party.terminal)


DRIVER: Driver[ConfirmingPort] = Driver(settings=Access, simulated=False, make=make)
