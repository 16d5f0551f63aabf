"""Our scanner driver under its contract, with each kind of scanner that it knows."""

from collections.abc import Iterator

import pytest

from devices.conformance.bench import Ability
from devices.conformance.scanner import ScannerBench, ScannerContract
from devices.drivers import serial_scanner
from devices.drivers.serial_scanner import SerialScannerSettings
from devices.sim.client import Simulator
from devices.wire.scanner import Dialect
from kiosk.ports.driver import Host
from kiosk.ports.scanner import Scanner
from tests.devices.support.simulator import Running, SimulatedScans


def opened(settings: SerialScannerSettings, host: Host) -> Iterator[Scanner]:
    scanner = serial_scanner.simulated.make(settings, host)
    yield scanner
    scanner.close()


class TestNewland(ScannerContract):
    @pytest.fixture(params=["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
    def bench(self, simulator: Simulator, host: Host, request: pytest.FixtureRequest) -> ScannerBench:
        return SimulatedScans(simulator, host.clock, end=request.param)

    @pytest.fixture
    def scanner(self, sim: Running, host: Host) -> Iterator[Scanner]:
        yield from opened(SerialScannerSettings(port=sim.ready["scanner"]), host)


class NeverAnswering(SimulatedScans):
    abilities = SimulatedScans.abilities - {Ability.SILENCE}


class TestHoneywellWithoutTerminator(ScannerContract):
    """A code ends by silence, so whatever arrives in one breath is one code."""

    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> ScannerBench:
        return NeverAnswering(simulator, host.clock, firmware="honeywell", end="")

    @pytest.fixture
    def scanner(self, sim: Running, host: Host) -> Iterator[Scanner]:
        settings = SerialScannerSettings(port=sim.ready["scanner"], dialect=Dialect.HONEYWELL, terminated=False)
        yield from opened(settings, host)
