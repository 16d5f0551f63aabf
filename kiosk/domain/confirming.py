"""A doctor's confirmation of an application: who confirms, from where, and what the office says of it.

Normally the hospital's own system sends it, signed, some time after the application, and the patient sees it in the
progress of the case. Where a site wants it, the doctor confirms at the kiosk, in person, at a place that was surveyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.personal import PersonName, Portrait


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kiosk stands: degrees of WGS 84 as the surveyor wrote them, and the signature of whoever vouches for it.

    The signature is about the very text, so nothing is rounded; a kiosk that was carried elsewhere needs another one.
    """

    institution: str
    terminal: str
    latitude: str
    longitude: str
    surveyed: date
    signature: bytes = field(repr=False)

    def signed_bytes(self) -> bytes:
        """What the signature is about; docs/face.md says how a hospital makes one."""
        place = (self.institution, self.terminal, self.latitude, self.longitude, self.surveyed.isoformat())
        return "".join(f"{line}\n" for line in ("yibao-place 1", *place)).encode()


@dataclass(frozen=True, slots=True)
class Doctor:
    """Somebody of the hospital who may confirm applications, and the picture it has of them."""

    number: str
    name: PersonName
    department: str
    portrait: Portrait


@dataclass(frozen=True, slots=True)
class Attestation:
    """A doctor stood before the kiosk and confirmed: which case, who, where, and the names and figures of the look."""

    case_no: str
    doctor: str
    place: Place
    evidence: str


@dataclass(frozen=True, slots=True)
class Attested:
    """A confirmation as the office has it. `doctor` is what the hospital shows of a name; `here`: at a kiosk."""

    doctor: str
    hospital: str
    at: datetime
    here: bool = False
