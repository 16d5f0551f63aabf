"""Doctors' confirmations: our own JSON by POST to the hospital's front, described in docs/office-interface.md."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.face_platform import Base64
from settlement.wire.hospital import Key
from settlement.wire.office import Attested, Text

DOCTOR = "/confirming/doctor"
ATTEST = "/confirming/attest"
REPORT = "/confirming/report"
"""Not the kiosk's: the hospital's own system brings a confirmation with its signature."""

DEMO_REPORT = "/confirming/demo/report"
"""The reference hospital alone has it: lets its own system report, as if a doctor had signed there."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,20}$")]
Degrees = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,3}\.[0-9]{4,8}$")]


class AskDoctor(Message):
    number: Number
    terminal: Text = ""


class DoctorReply(Message):
    """`portrait` is a picture file; without one there is a sentence why this person confirms nothing here."""

    number: str = ""
    name: Text = ""
    department: Text = ""
    portrait: Base64 | None = None
    refused: Text = ""


class Place(Message):
    """WGS 84, and the Ed25519 signature of whoever vouches for it."""

    institution: Text
    terminal: Text
    latitude: Degrees
    longitude: Degrees
    surveyed: date
    signature: Base64


class Attest(Message):
    """`evidence`: who judged the face, with which model, every signal and its limit. No picture."""

    key: Key
    case_no: Text
    doctor: Number
    place: Place
    evidence: Annotated[str, StringConstraints(max_length=500)]


class Report(Message):
    """What the hospital's own system reports: `signature` by its key over key, case and doctor, each with a newline."""

    key: Key
    case_no: Text
    doctor: Number
    signature: Base64


class DemoReport(Message):
    """Has the reference hospital's own system report that this doctor confirmed this case."""

    case_no: Text
    doctor: Number


class AttestReply(Message):
    key: str = ""
    attested: Attested | None = None
    refused: Text | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> AttestReply:
        if (self.attested is None) == (self.refused is None):
            raise ValueError("exactly one of attested, refused")
        return self
