"""Our ID card reader driver under its contract, over the simulator's pseudo-terminal."""

from collections.abc import Iterator

import pytest

from devices.conformance.id_reader import IdReaderBench, IdReaderContract
from devices.drivers import sam_v
from devices.drivers.sam_v import SamVSettings
from devices.sim.client import Simulator
from kiosk.ports.driver import Host
from kiosk.ports.id_reader import IdReader
from tests.devices.support.simulator import Running, SimulatedIdCards


class TestSamV(IdReaderContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> IdReaderBench:
        return SimulatedIdCards(simulator, host.clock)

    @pytest.fixture
    def reader(self, sim: Running, host: Host) -> Iterator[IdReader]:
        reader = sam_v.simulated.make(SamVSettings(port=sim.ready["id_reader"], answer_seconds=0.8), host)
        yield reader
        reader.close()
