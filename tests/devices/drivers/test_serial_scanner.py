from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from devices.conformance.waiting import FAR_SECONDS, Call, after
from devices.drivers import serial_scanner
from devices.drivers.serial_scanner import SerialScannerSettings
from devices.sim.client import Simulator
from devices.wire.scanner import Dialect
from kiosk.domain.personal import Voucher
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.scanner import CodeRejected, CodeScanned, Scanner
from tests.devices.support.simulator import Running


@pytest.fixture
def scanner(sim: Running, host: Host) -> Iterator[Scanner]:
    scanner = serial_scanner.simulated.make(SerialScannerSettings(port=sim.ready["scanner"]), host)
    yield scanner
    scanner.close()


def test_a_line_that_has_said_nothing_yet_is_unknown_and_then_known(
    simulator: Simulator, scanner: Scanner, host: Host
) -> None:
    scanner.open()
    assert scanner.status().state is DeviceState.UNKNOWN
    assert scanner.scan(after(host.clock, 0.3), Cancel()) is None
    assert scanner.status().state is DeviceState.ONLINE


def test_a_scanner_that_always_looks_needs_no_commands(simulator: Simulator, sim: Running, host: Host) -> None:
    simulator.ask("scanner", firmware="presentation")
    settings = SerialScannerSettings(port=sim.ready["scanner"], dialect=Dialect.NONE)
    scanner = serial_scanner.simulated.make(settings, host)
    scanner.open()
    simulator.scan("4240")  # for nobody
    call = Call(lambda cancel: scanner.scan(after(host.clock, FAR_SECONDS), cancel))
    while call.running:  # as a telephone held before the window is read again and again
        simulator.scan("4241")
        call.cancel.sleep(0.2)
    assert call.result() == CodeScanned(Voucher("4241"))
    scanner.close()


def test_a_code_without_its_terminator_is_not_guessed(simulator: Simulator, scanner: Scanner, host: Host) -> None:
    scanner.open()
    simulator.ask("scan", code="4240", end="")
    assert Call(lambda cancel: scanner.scan(after(host.clock, FAR_SECONDS), cancel)).result() == CodeRejected()


def test_a_code_longer_than_agreed_is_rejected(simulator: Simulator, sim: Running, host: Host) -> None:
    scanner = serial_scanner.simulated.make(SerialScannerSettings(port=sim.ready["scanner"], longest=18), host)
    scanner.open()
    simulator.scan("1" * 19)
    assert Call(lambda cancel: scanner.scan(after(host.clock, FAR_SECONDS), cancel)).result() == CodeRejected()
    scanner.close()


@pytest.mark.parametrize("wrong", [{}, {"port": "x", "dialect": "zebra"}, {"port": "x", "prot": "y"}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        SerialScannerSettings.model_validate(wrong)


def test_the_same_driver_is_announced_as_real_and_as_simulated() -> None:
    assert (serial_scanner.real.simulated, serial_scanner.simulated.simulated) == (False, True)
