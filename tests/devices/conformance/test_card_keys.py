"""Our card reader driver with a key server beside it, and with a password to show, on the socket of the simulator."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from devices.conformance.card_keys import CardKeysContract
from devices.conformance.card_pin import CardPinContract
from devices.drivers import social_card
from devices.sim.client import Simulator
from kiosk.ports.card_reader import CardReader
from kiosk.ports.driver import Host
from tests.devices.support.keys import KeyedCards
from tests.devices.support.simulator import Running


@pytest.fixture
def settings(sim: Running) -> social_card.SocketSettings:
    return social_card.SocketSettings(socket=sim.ready["card"], answer_seconds=0.5)


class TestSocialCardWithKeys(CardKeysContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> KeyedCards:
        return KeyedCards(simulator, host.clock)

    @pytest.fixture
    def reader(self, settings: social_card.SocketSettings, bench: KeyedCards, host: Host) -> Iterator[CardReader]:
        reader = social_card.simulated.make(settings, replace(host, keys=bench))
        yield reader
        reader.close()


class TestSocialCardsPassword(CardPinContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> KeyedCards:
        return KeyedCards(simulator, host.clock)

    @pytest.fixture
    def reader(self, settings: social_card.SocketSettings, host: Host) -> Iterator[CardReader]:
        reader = social_card.simulated.make(settings, host)
        yield reader
        reader.close()
