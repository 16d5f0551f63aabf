"""The simulated PIN pad under its contract, on a serial line."""

from collections.abc import Iterator

import pytest

from devices.conformance.pin_pad import PinPadBench, PinPadContract
from devices.drivers import pin_pad
from devices.sim.client import Simulator
from kiosk.ports.driver import Host
from kiosk.ports.pin_pad import PinPad
from tests.devices.support.sealed import SimulatedKeysPressed
from tests.devices.support.simulator import Running


class TestPinPad(PinPadContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> PinPadBench:
        return SimulatedKeysPressed(simulator, host.clock)

    @pytest.fixture
    def pad(self, sim: Running, host: Host) -> Iterator[PinPad]:
        pad = pin_pad.simulated.make(pin_pad.PinPadSettings(port=sim.ready["pin_pad"], answer_seconds=0.3), host)
        yield pad
        pad.close()
