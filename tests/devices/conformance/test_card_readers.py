"""Our card reader driver under its contract, on the socket of the simulator. `test_card_readers_pcsc.py` does it over
PC/SC.
"""

from collections.abc import Iterator

import pytest

from devices.conformance.card_reader import CardBench, CardReaderContract
from devices.drivers import social_card
from devices.sim.client import Simulator
from kiosk.ports.card_reader import CardReader
from kiosk.ports.driver import Host
from tests.devices.support.simulator import Running, SimulatedCards


class TestSocialCardOverASocket(CardReaderContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> CardBench:
        return SimulatedCards(simulator, host.clock)

    @pytest.fixture
    def reader(self, sim: Running, host: Host) -> Iterator[CardReader]:
        settings = social_card.SocketSettings(socket=sim.ready["card"], answer_seconds=0.5)
        reader = social_card.simulated.make(settings, host)
        yield reader
        reader.close()
