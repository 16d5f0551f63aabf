"""Our driver of A4 printers under its contract: a real cupsd with a backend that keeps the bytes."""

from collections.abc import Iterator

import pytest

from devices.conformance.page_printer import PageQueueContract, QueueBench
from devices.drivers import cups_printer
from devices.drivers.cups_printer import CupsSettings
from kiosk.ports.driver import Host
from kiosk.ports.page_printer import PagePrinter
from tests.devices.support.cups import Cups, CupsPages


class TestCups(PageQueueContract):
    @pytest.fixture
    def bench(self, cups: Cups, host: Host) -> Iterator[QueueBench]:
        cups.renew()
        yield CupsPages(cups, host.clock)
        cups.freeze(frozen=False)

    @pytest.fixture
    def printer(self, cups: Cups, host: Host) -> Iterator[PagePrinter]:
        printer = cups_printer.driver.make(CupsSettings(queue="kiosk", server=cups.socket, patience_seconds=0.2), host)
        yield printer
        printer.close()
