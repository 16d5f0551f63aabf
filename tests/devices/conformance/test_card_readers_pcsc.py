"""The same driver under the same contract, over PC/SC: pcscd, vsmartcard's virtual reader, and the simulated card
behind it.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from devices.conformance.bench import Ability
from devices.conformance.card_reader import CardBench, CardReaderContract
from devices.conformance.stands.card_reader import CardStand
from devices.conformance.waiting import after, until
from devices.drivers import social_card
from devices.sim.client import Simulator
from devices.transport.card_slot import Occupancy
from devices.transport.pcsc import PcscSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardRead, CardReader
from kiosk.ports.clock import Clock
from kiosk.ports.driver import Host
from tests.devices.support.keys import KeyedCards
from tests.devices.support.pcsc import PcscService

pytestmark = pytest.mark.pcsc


class VirtualCards(CardStand):
    """Losing the reader is losing the service: pcscd's virtual reader has no cable of its own.

    A silent card would hold up pcscd itself; what is written on a card is the driver's matter and tried on the socket.
    """

    able = CardStand.able - {Ability.SILENT_CARD, Ability.FLAWED_CARDS}

    def __init__(self, simulator: Simulator, clock: Clock, service: PcscService) -> None:
        super().__init__(simulator, clock, "vpcd")
        self._service = service
        self._eye = PcscSlot("Virtual PCD", clock)
        self._see(Occupancy.EMPTY)

    def insert(self, **how: str | int | bool) -> None:
        super().insert(**how)
        self._see(Occupancy.OCCUPIED)

    def remove(self) -> None:
        super().remove()
        self._see(Occupancy.EMPTY)

    def _see(self, occupancy: Occupancy) -> None:
        """pcscd looks at its virtual readers every 0.4 s; an operator sees the reader's lamp and goes on then."""
        until(lambda: self._eye.look().occupancy is occupancy)

    def close(self) -> None:
        self._eye.close()

    def unplug(self) -> None:
        self._service.stop()

    def plug(self) -> None:
        self._service.start()


class TestSocialCardOverPcsc(CardReaderContract):
    @pytest.fixture
    def bench(self, pcsc_simulator: Simulator, host: Host, service: PcscService) -> Iterator[CardBench]:
        service.start()
        cards = VirtualCards(pcsc_simulator, host.clock, service)
        yield cards
        cards.close()

    @pytest.fixture
    def reader(self, host: Host, service: PcscService) -> Iterator[CardReader]:
        reader = social_card.pcsc.make(social_card.PcscSettings(reader="Virtual PCD"), host)
        yield reader
        reader.close()


def test_a_card_of_generation_3_is_opened_over_pcsc(
    pcsc_simulator: Simulator, host: Host, service: PcscService
) -> None:
    """Its answer to reset comes from the service here, and stands in step one."""
    service.start()
    cards, keys = VirtualCards(pcsc_simulator, host.clock, service), KeyedCards(pcsc_simulator, host.clock)
    reader = social_card.pcsc.make(social_card.PcscSettings(reader="Virtual PCD"), replace(host, keys=keys))
    cards.insert(generation="gen3")
    reading = reader.read(after(host.clock, 20), Cancel())
    reader.close()
    cards.close()
    assert isinstance(reading, CardRead), reading
    assert (reading.identity.name, reading.identity.missing) == (cards.holder, frozenset())
