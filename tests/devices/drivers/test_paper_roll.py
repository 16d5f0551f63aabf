"""Paper is counted from a new roll on, over restarts, and somebody is called before it ends."""

from pathlib import Path

import pytest

from devices.drivers.escpos_printer import EscposPrinter, EscposSettings, simulated
from devices.drivers.paper_roll import PaperRoll
from devices.sim.client import Simulator
from devices.wire.escpos import PrinterStatus
from kiosk.domain.paper import Cut, Feed, Line, Slip
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult
from tests.devices.support.simulator import Running

FINE = PrinterStatus(offline=False, cover_open=False, paper_out=False, paper_low=False, jammed=False, broken=False)
OUT = PrinterStatus(offline=True, cover_open=False, paper_out=True, paper_low=True, jammed=False, broken=False)
LOW = PrinterStatus(offline=False, cover_open=False, paper_out=False, paper_low=True, jammed=False, broken=False)


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    return tmp_path / "paper.json"


def changed(counter: Path | None, *seen: PrinterStatus) -> PaperRoll:
    roll = PaperRoll(1000, 300, counter)
    for status in seen:
        roll.look(status)
    return roll


def test_nothing_is_claimed_before_a_new_roll_was_seen(counter: Path) -> None:
    roll = changed(counter, FINE, FINE)
    roll.spend(900)
    assert (roll.left_mm, roll.low) == (None, False)


@pytest.mark.parametrize("before", [OUT, LOW])
def test_paper_that_was_out_or_low_and_is_no_longer_is_a_new_roll(counter: Path, before: PrinterStatus) -> None:
    roll = changed(counter, FINE, before, FINE)
    assert roll.left_mm == 1000
    roll.spend(690)
    assert not roll.low
    roll.spend(10)
    assert roll.low


def test_a_printer_that_says_nothing_tells_nothing_of_its_roll(counter: Path) -> None:
    assert changed(counter, OUT, PrinterStatus(), PrinterStatus()).left_mm is None


def test_the_count_outlives_the_kiosk(counter: Path) -> None:
    changed(counter, OUT, FINE).spend(400)
    again = PaperRoll(1000, 300, counter)
    assert again.left_mm == 600
    again.spend(2000)
    assert again.left_mm == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"used_mm": "x"}', '{"used_mm": -1}', "\x00\x01"])
def test_a_damaged_count_is_no_count(counter: Path, text: str) -> None:
    counter.write_text(text, encoding="ascii")
    assert PaperRoll(1000, 300, counter).left_mm is None


def test_a_disk_that_is_full_costs_the_count_and_nothing_else(tmp_path: Path) -> None:
    roll = changed(tmp_path / "nowhere" / "paper.json", OUT, FINE)
    roll.spend(10)
    assert roll.left_mm == 990


def printed(printer: ReceiptPrinter, host: Host) -> SlipResult:
    slip = Slip(printer.shape, (Line("甲"), Feed(60), Cut()))
    return printer.print(slip, Monotonic(host.clock.monotonic() + 20), Cancel())


@pytest.fixture
def printer(sim: Running, host: Host, counter: Path) -> ReceiptPrinter:
    return simulated.make(
        EscposSettings(address=sim.ready["printer"], roll_metres=1, low_metres=0.3, counter=counter), host
    )


def test_a_kiosk_calls_for_paper_before_the_printer_does(
    printer: ReceiptPrinter, simulator: Simulator, host: Host
) -> None:
    printer.open()
    simulator.paper("out")
    assert printer.status().warnings == (FaultCode.PAPER_OUT,)
    simulator.paper("ok")
    assert printer.status().warnings == ()
    for _ in range(2):
        assert printed(printer, host) == SlipPrinted()
    assert printer.status().warnings == ()
    assert printed(printer, host) == SlipPrinted()
    assert printer.status().warnings == (FaultCode.PAPER_LOW,)
    assert printer.status().usable
    simulator.paper("near")
    printer.status()
    simulator.paper("ok")
    assert printer.status().warnings == ()
    printer.close()


def test_what_was_not_begun_costs_no_paper(printer: ReceiptPrinter, simulator: Simulator, host: Host) -> None:
    assert isinstance(printer, EscposPrinter)
    assert printer._roll is not None
    printer.open()
    simulator.paper("out")
    printer.status()
    assert printed(printer, host) == SlipNotPrinted(FaultCode.PAPER_OUT, started=False)
    simulator.paper("ok")
    printer.status()
    assert printer._roll.left_mm == 1000
    printer.close()
