"""A scanner of codes held by a patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """One code, freed of framing and AIM prefix; printable, at most 512 characters; never logged."""

    code: Voucher


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """The scanner sent what no code contains: control characters, or too much."""

    fault: FaultCode = FaultCode.CODE_UNREADABLE


ScanEvent = CodeScanned | CodeRejected


class Scanner(Protocol):
    """Light and trigger are on only while `scan` runs.

    What arrives outside of it is thrown away, so no code reaches a later patient.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def scan(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        """The next code shown; None at the deadline, when cancelled, or when the scanner is lost (`status` tells)."""
        ...
