"""Sheets that come out of an A4 printer."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.kinds import Kind
from devices.conformance.page_printer import PageBench, PagePrinterContract, document, word_of
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.page_printer import PagePrinted, PagePrinter, PageResult

_PATIENCE: Final = 60.0


class PageStand(Stand):
    """A `PageBench`. A person reads the words off the sheets, a simulator knows their hashes."""

    part = "page_printer"
    able = frozenset({Ability.UNPLUG})

    def came(self, *documents: bytes) -> bool:
        sheets: list[str] = self.hand.ask("sheets")["sheets"]
        return sheets in ([sha256(one).hexdigest() for one in documents], [word_of(one) for one in documents])


def _session(bench: PageBench, printer: PagePrinter, random: Random, mishap: bool) -> None:
    """A statement is printed; as a mishap nobody waits for it any more before it has begun."""
    sheet, cancel = document(f"visit-{random.randrange(1000)}"), Cancel()
    if mishap:
        cancel.cancel()
    result = printer.print("A1", sheet, after(bench.clock, _PATIENCE), cancel)
    assert isinstance(result, PagePrinted) != mishap, result


def _print_nothing(printer: PagePrinter, deadline: Monotonic, cancel: Cancel) -> PageResult:
    return printer.print("A1", document("deadline"), deadline, cancel)


KIND: Final = Kind(
    contract=PagePrinterContract,
    device="printer",
    stand=PageStand,
    calls={"print": _print_nothing},
    session=_session,
)
