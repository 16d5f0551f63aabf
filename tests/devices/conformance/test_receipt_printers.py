"""Our printer driver under its contract, over the network, a serial port and a device file."""

from collections.abc import Iterator

import pytest

from devices.conformance.receipt_printer import PrinterBench, ReceiptPrinterContract
from devices.drivers import escpos_printer
from devices.drivers.escpos_printer import EscposSettings
from devices.sim.client import Simulator
from kiosk.ports.driver import Host
from kiosk.ports.receipt_printer import ReceiptPrinter
from tests.devices.support.simulator import Running, SimulatedPaper


def opened(settings: EscposSettings, host: Host) -> Iterator[ReceiptPrinter]:
    printer = escpos_printer.simulated.make(settings, host)
    yield printer
    printer.close()


class OnSimulator(ReceiptPrinterContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> PrinterBench:
        return SimulatedPaper(simulator, host.clock)


class TestOverTheNetwork(OnSimulator):
    @pytest.fixture
    def printer(self, sim: Running, host: Host, bench: PrinterBench) -> Iterator[ReceiptPrinter]:
        yield from opened(EscposSettings(address=sim.ready["printer"]), host)


class TestOverASerialPort(OnSimulator):
    @pytest.fixture
    def printer(self, sim: Running, host: Host, bench: PrinterBench) -> Iterator[ReceiptPrinter]:
        yield from opened(EscposSettings(address=sim.ready["printer_tty"], baud=115200), host)


class TestNarrowPaperOnADeviceFile(OnSimulator):
    """58 mm, as a USB printer's /dev/usb/lp0 would be."""

    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> PrinterBench:
        simulator.ask("printer", width_mm=58)
        return SimulatedPaper(simulator, host.clock)

    @pytest.fixture
    def printer(self, sim: Running, host: Host, bench: PrinterBench) -> Iterator[ReceiptPrinter]:
        yield from opened(EscposSettings(address=sim.ready["printer_tty"], width_mm=58), host)
