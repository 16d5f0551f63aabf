"""Paper loaded into a receipt printer and taken out of it."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.groups import Group
from devices.conformance.kinds import Kind
from devices.conformance.receipt_printer import PrinterBench, ReceiptPrinterContract, slip
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from devices.sim.client import Hand
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult

_PATIENCE: Final = 20.0


class PaperStand(Stand):
    """A `PrinterBench`."""

    part = "printer"
    secrets = ("甲 end", "乙 end")
    able = frozenset({Ability.UNPLUG, Ability.MISHAP_WHILE_PRINTING, Ability.SILENCE, Ability.SPOILT_ANSWERS})

    def __init__(self, hand: Hand, clock: Clock, *, width_mm: int | None = None) -> None:
        super().__init__(hand, clock)
        if width_mm is not None:
            hand.put("printer", width_mm=width_mm)

    def load_paper(self, *, near_end: bool = False) -> None:
        self.hand.paper("near" if near_end else "ok")

    def run_out_of_paper(self, *, after_mm: int = 0) -> None:
        self.hand.paper("out", after_mm)

    def open_cover(self, *, after_mm: int = 0) -> None:
        self.hand.cover(opened=True, after_mm=after_mm)

    def close_cover(self) -> None:
        self.hand.cover(opened=False)

    def stick_blade(self) -> None:
        self.hand.cutter(stuck=True)

    def free_blade(self) -> None:
        self.hand.cutter(stuck=False)

    def jam(self, *, after_mm: int = 0) -> None:
        self.hand.ask("jam", after_mm=after_mm)

    def pull_out(self) -> None:
        self.hand.ask("jam", clear=True)

    def spoil_status(self, kind: str) -> None:
        self.hand.ask("spoil_status", kind=kind)

    def silence(self) -> None:
        self.hand.silence_printer()

    def papers(self) -> list[tuple[str, ...]]:
        return [paper.rows for paper in self.hand.printed()]


def _print(printer: ReceiptPrinter, deadline: Monotonic, cancel: Cancel) -> SlipResult:
    return printer.print(slip(printer.shape, "甲"), deadline, cancel)


def _session(bench: PrinterBench, printer: ReceiptPrinter, random: Random, mishap: bool) -> None:
    """A slip is printed; as a mishap the paper ends somewhere in it, and the next one is whole."""
    if mishap:
        bench.run_out_of_paper(after_mm=random.randint(1, 60))
        broken = _print(printer, after(bench.clock, _PATIENCE), Cancel())
        assert broken == SlipNotPrinted(FaultCode.PAPER_RAN_OUT, started=True)
        bench.load_paper()
    assert _print(printer, after(bench.clock, _PATIENCE), Cancel()) == SlipPrinted()


KIND: Final = Kind(
    contract=ReceiptPrinterContract,
    device="printer",
    stand=PaperStand,
    group=Group.PRINTER,
    claims=frozenset({"near_end", "blade_sensor"}),
    calls={"print": _print},
    mute=lambda bench: bench.silence(),
    session=_session,
)
