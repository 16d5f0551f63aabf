"""The simulated face and e-voucher terminal under its contract, behind the bridge of its library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.face_terminal import FaceTerminalBench, FaceTerminalContract
from devices.drivers import nation_ec
from devices.sim.client import Simulator
from kiosk.ports.driver import Host
from kiosk.ports.face_terminal import FaceTerminal
from tests.devices.support.sealed import SimulatedFaces
from tests.devices.support.simulator import Running


class TestNationEc(FaceTerminalContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> FaceTerminalBench:
        return SimulatedFaces(simulator, host.clock)

    @pytest.fixture
    def terminal(self, sim: Running, host: Host) -> Iterator[FaceTerminal]:
        socket = Path(sim.ready["face_terminal"])
        settings = nation_ec.SimulatedEcSettings(socket=socket, org_id="H00000000001", operator_id="003")
        terminal = nation_ec.simulated.make(settings, host)
        yield terminal
        terminal.close()
