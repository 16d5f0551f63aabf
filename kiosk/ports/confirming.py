"""Where doctors' confirmations go: the hospital's front, which knows its doctors and brings them to the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.confirming import Attestation, Attested, Doctor
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class DoctorFound:
    """Whose number it is. That they stand here is for the camera to say."""

    doctor: Doctor


Failure = NotSent | Refused | Unknown


class ConfirmingPort(Protocol):
    """Used by one thread; calls wait for their reply. No money moves."""

    def doctor(self, number: str) -> DoctorFound | Failure:
        """Refused: nobody with this number may confirm, or the hospital has no picture to compare with."""
        ...

    def attest(self, key: str, attestation: Attestation) -> Attested | Failure:
        """Answered alike when repeated with the same key; one case is confirmed once."""
        ...
