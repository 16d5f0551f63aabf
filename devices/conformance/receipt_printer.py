"""The contract of receipt printers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import claims, deadlines, discovery, framing, health, lifecycle
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.domain.paper import Align, Cut, Feed, Line, PaperItem, PaperShape, Raster, Rule, Slip
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown

_ROWS: Final = 30


class PrinterBench(Bench, Protocol):
    """`papers` gives the rows of text on each paper so far, oldest first; a human reads them off the paper."""

    def load_paper(self, *, near_end: bool = False) -> None: ...

    def run_out_of_paper(self, *, after_mm: int = 0) -> None: ...

    def open_cover(self, *, after_mm: int = 0) -> None: ...

    def close_cover(self) -> None: ...

    def stick_blade(self) -> None: ...

    def free_blade(self) -> None: ...

    def jam(self, *, after_mm: int = 0) -> None: ...

    def pull_out(self) -> None:
        """Clear the jam."""
        ...

    def spoil_status(self, kind: str) -> None:
        """Spoil the printer's next answer: flip, cut (none comes), twice."""
        ...

    def silence(self) -> None: ...

    def papers(self) -> list[tuple[str, ...]]: ...


def slip(shape: PaperShape, name: str) -> Slip:
    """A slip of many kinds of items, some 15 cm long, with `name` in its first row and its last."""
    rows = tuple(Line(f"{name} {number:02}") for number in range(_ROWS))
    dots = shape.dots // 8 * 8
    picture = Raster(dots, 16, b"\xaa" * (dots // 8 * 16))
    head: tuple[PaperItem, ...] = (Line(name, bold=True, scale=2, align=Align.CENTRE), Rule(heavy=True), picture)
    return Slip(shape, (*head, *rows, Rule(), Line(f"{name} end"), Feed(1), Cut()))


def rows_of(name: str) -> tuple[str, ...]:
    """The rows of text on a slip that came out whole."""
    return (name, *(f"{name} {number:02}" for number in range(_ROWS)), f"{name} end")


class ReceiptPrinterContract(Contract):
    """What the kiosk may rely on: a slip is never called printed unless it is, and never comes out twice."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, printer: ReceiptPrinter) -> None:
        printer.open()
        printer.open()
        printer.close()
        printer.close()
        printer.open()
        assert printer.status().state is DeviceState.ONLINE

    @lifecycle
    def test_opening_leaves_nothing_behind(self, printer: ReceiptPrinter) -> None:
        printer.open()
        printer.close()
        before = open_files()
        for _ in range(50):
            printer.open()
            printer.status()
            printer.close()
        assert open_files() == before

    def test_a_slip_comes_out_whole_and_once(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        printer.open()
        assert self.print(bench, printer, "甲") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["甲"]
        assert self.print(bench, printer, "乙") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["甲", "乙"]

    def test_a_slip_for_another_printer_is_a_defect(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        printer.open()
        other = replace(printer.shape, columns=printer.shape.columns + 1)
        with pytest.raises(ValueError, match="another printer"):
            printer.print(slip(other, "甲"), after(bench.clock, FAR_SECONDS), Cancel())
        assert bench.papers() == []

    @claims("near_end")
    @health
    def test_paper_near_its_end_is_a_warning(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        printer.open()
        bench.load_paper(near_end=True)
        assert printer.status().warnings == (FaultCode.PAPER_LOW,)
        assert printer.status().usable
        assert self.print(bench, printer, "甲") == SlipPrinted()

    def test_without_paper_nothing_is_begun(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        printer.open()
        bench.run_out_of_paper()
        assert printer.status().warnings == (FaultCode.PAPER_OUT,)
        assert not printer.status().usable
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PAPER_OUT, started=False)
        bench.load_paper()
        assert printer.status().usable
        assert self.print(bench, printer, "乙") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["乙"]

    def test_with_its_cover_open_nothing_is_begun(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        printer.open()
        bench.open_cover()
        assert printer.status().warnings == (FaultCode.PRINTER_OPEN,)
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PRINTER_OPEN, started=False)
        bench.close_cover()
        assert self.print(bench, printer, "乙") == SlipPrinted()

    @pytest.mark.parametrize("millimetres", [1, 30, 100])
    def test_paper_that_ends_in_the_middle_is_told_and_the_rest_never_comes(
        self, bench: PrinterBench, printer: ReceiptPrinter, millimetres: int
    ) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.run_out_of_paper(after_mm=millimetres)
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PAPER_RAN_OUT, started=True)
        bench.load_paper()
        assert self.print(bench, printer, "乙") == SlipPrinted()
        self.assert_only_the_last_is_whole(bench)

    @pytest.mark.parametrize("millimetres", [1, 30, 100])
    def test_a_cover_opened_in_the_middle_is_told_and_the_rest_never_comes(
        self, bench: PrinterBench, printer: ReceiptPrinter, millimetres: int
    ) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.open_cover(after_mm=millimetres)
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PRINTER_OPEN, started=True)
        bench.close_cover()
        assert self.print(bench, printer, "乙") == SlipPrinted()
        self.assert_only_the_last_is_whole(bench)

    @pytest.mark.parametrize("millimetres", [1, 30, 100])
    def test_a_jam_in_the_middle_is_told_and_the_rest_never_comes(
        self, bench: PrinterBench, printer: ReceiptPrinter, millimetres: int
    ) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.jam(after_mm=millimetres)
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PRINTER_JAMMED, started=True)
        assert printer.status().state is DeviceState.HARDWARE_ERROR
        bench.pull_out()
        assert self.print(bench, printer, "乙") == SlipPrinted()
        self.assert_only_the_last_is_whole(bench)

    @framing
    @pytest.mark.parametrize("kind", ["flip", "cut", "twice"])
    def test_a_spoilt_answer_is_no_fault_and_the_next_is_believed(
        self, bench: PrinterBench, printer: ReceiptPrinter, kind: str
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        printer.open()
        bench.spoil_status(kind)
        assert printer.status().usable
        until(lambda: printer.status().state is DeviceState.ONLINE)
        assert self.print(bench, printer, "甲") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["甲"]

    @claims("blade_sensor")
    def test_a_stuck_blade_is_told(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.stick_blade()
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PRINTER_JAMMED, started=True)
        assert printer.status().state is DeviceState.HARDWARE_ERROR
        bench.free_blade()
        assert self.print(bench, printer, "乙") == SlipPrinted()
        assert self.named(bench.papers()[-1]) == "乙"

    @health
    def test_a_silent_printer_is_not_one_without_paper(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        need(bench, Ability.SILENCE)
        printer.open()
        bench.silence()
        assert printer.status().state is DeviceState.UNKNOWN
        assert self.print(bench, printer, "甲") == SlipUnknown(FaultCode.PRINTER_SILENT)
        until(lambda: len(bench.papers()) == 1)
        assert self.named(bench.papers()[0]) == "甲"

    def test_a_silent_printer_without_paper_is_never_believed(
        self, bench: PrinterBench, printer: ReceiptPrinter
    ) -> None:
        need(bench, Ability.SILENCE)
        printer.open()
        bench.silence()
        bench.run_out_of_paper()
        assert self.print(bench, printer, "甲") == SlipUnknown(FaultCode.PRINTER_SILENT)

    @health
    def test_a_printer_that_is_not_there_is_told(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        need(bench, Ability.UNPLUG)
        printer.open()
        bench.unplug()
        assert printer.status().warnings == (FaultCode.PRINTER_GONE,)
        assert not printer.status().usable
        assert self.print(bench, printer, "甲") == SlipNotPrinted(FaultCode.PRINTER_GONE, started=False)
        bench.plug()
        assert printer.status().usable
        assert self.print(bench, printer, "乙") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["乙"]

    @discovery
    def test_a_printer_may_come_after_the_kiosk(self, bench: PrinterBench, printer: ReceiptPrinter) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        printer.open()
        assert not printer.status().usable
        bench.plug()
        assert self.print(bench, printer, "甲") == SlipPrinted()

    def test_a_printer_switched_off_and_on_between_two_slips_makes_no_difference(
        self, bench: PrinterBench, printer: ReceiptPrinter
    ) -> None:
        need(bench, Ability.UNPLUG)
        printer.open()
        assert self.print(bench, printer, "甲") == SlipPrinted()
        bench.unplug()
        bench.plug()
        assert self.print(bench, printer, "乙") == SlipPrinted()

    @deadlines
    def test_printing_that_was_cancelled_before_it_began_puts_nothing_on_paper(
        self, bench: PrinterBench, printer: ReceiptPrinter
    ) -> None:
        printer.open()
        cancel = Cancel()
        cancel.cancel()
        made = slip(printer.shape, "甲")
        result = Call(lambda _: printer.print(made, after(bench.clock, FAR_SECONDS), cancel)).result()
        assert isinstance(result, SlipNotPrinted)
        assert not result.started
        assert self.print(bench, printer, "乙") == SlipPrinted()
        assert [self.named(rows) for rows in bench.papers()] == ["乙"]

    def print(self, bench: PrinterBench, printer: ReceiptPrinter, name: str) -> SlipResult:
        made = slip(printer.shape, name)
        return Call(lambda cancel: printer.print(made, after(bench.clock, FAR_SECONDS), cancel)).result()

    def named(self, rows: tuple[str, ...]) -> str:
        """Whose whole slip this is; the rows themselves when it is not whole."""
        name = rows[0] if rows else ""
        return name if rows == rows_of(name) else repr(rows)

    def assert_only_the_last_is_whole(self, bench: PrinterBench) -> None:
        """What was begun is begun once and never finished, and nothing of it hangs on the next slip."""
        papers = bench.papers()
        assert self.named(papers[-1]) == "乙"
        begun = [row for rows in papers[:-1] for row in rows]
        assert len(begun) == len(set(begun))
        assert "甲 end" not in begun
