"""A printer of A4 pages, given finished PDF bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class PagePrinted:
    """The job is done; `reference` is the file or job it became."""

    reference: str


@dataclass(frozen=True, slots=True)
class PageNotPrinted:
    fault: FaultCode = FaultCode.PAGE_PRINTER_GONE


PageResult = PagePrinted | PageNotPrinted


class PagePrinter(Protocol):
    """Prints once and never by itself again: what is not printed when `print` returns does not come out later, when
    somebody else stands there. `name` is one of our numbers, and holds nothing of a person.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def print(self, name: str, pdf: bytes, deadline: Monotonic, cancel: Cancel) -> PageResult: ...
