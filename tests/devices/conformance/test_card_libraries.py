"""The driver of vendors' libraries under the contract of card readers: a library made of C, in its bridge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.card_reader import CardBench, CardReaderContract
from devices.drivers import card_library
from kiosk.ports.card_reader import CardReader
from kiosk.ports.driver import Host
from tests.devices.support.card_library import LibraryCards


class TestCardLibrary(CardReaderContract):
    @pytest.fixture
    def bench(self, fake_card: Path, host: Host) -> CardBench:
        return LibraryCards(fake_card, host.clock)

    @pytest.fixture
    def reader(self, built_library: Path, fake_card: Path, host: Host) -> Iterator[CardReader]:
        settings = card_library.LibrarySettings(library=built_library, poll_seconds=0.05)
        reader = card_library.driver.make(settings, host)
        yield reader
        reader.close()
