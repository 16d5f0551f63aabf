"""A receipt printer and what became of a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.paper import PaperShape, Slip
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """The printer said after the last line that it printed."""


@dataclass(frozen=True, slots=True)
class SlipNotPrinted:
    """Nothing usable is on paper; `started` when a part of it is, which a later reprint supersedes."""

    fault: FaultCode
    started: bool


@dataclass(frozen=True, slots=True)
class SlipUnknown:
    """The printer took the bytes and does not say; the patient is asked to look."""

    fault: FaultCode = FaultCode.PRINTER_SILENT


SlipResult = SlipPrinted | SlipNotPrinted | SlipUnknown


class ReceiptPrinter(Protocol):
    """Prints once and never by itself again.

    `shape` is what the settings state of the paper; `status` asks the device first.
    """

    @property
    def shape(self) -> PaperShape: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def print(self, slip: Slip, deadline: Monotonic, cancel: Cancel) -> SlipResult: ...
