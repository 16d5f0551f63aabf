"""Our A4 printer drivers under their contract: a real cupsd with a backend that keeps the bytes, and the folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.page_printer import PageBench, PagePrinterContract
from devices.drivers import cups_printer, pdf_folder
from devices.drivers.cups_printer import CupsSettings
from devices.drivers.pdf_folder import PdfFolderSettings
from kiosk.ports.clock import Clock
from kiosk.ports.driver import Host
from kiosk.ports.page_printer import PagePrinter
from tests.devices.support.cups import Cups, CupsPages


class TestCups(PagePrinterContract):
    @pytest.fixture
    def bench(self, cups: Cups, host: Host) -> Iterator[PageBench]:
        cups.renew()
        yield CupsPages(cups, host.clock)
        cups.freeze(frozen=False)

    @pytest.fixture
    def printer(self, cups: Cups, host: Host) -> Iterator[PagePrinter]:
        printer = cups_printer.driver.make(CupsSettings(queue="kiosk", server=cups.socket, patience_seconds=0.2), host)
        yield printer
        printer.close()


class Folder:
    """A `PageBench` of a printer that can do nothing wrong."""

    secrets = ()
    abilities = frozenset[object]()

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock

    def sheets(self) -> list[bytes]:
        return [
            sheet.read_bytes() for sheet in sorted(self.folder.glob("*.pdf"), key=lambda path: path.stat().st_ctime_ns)
        ]


class TestFolder(PagePrinterContract):
    @pytest.fixture
    def bench(self, tmp_path: Path, host: Host) -> Folder:
        return Folder(tmp_path, host.clock)

    @pytest.fixture
    def printer(self, tmp_path: Path, host: Host) -> PagePrinter:
        return pdf_folder.driver.make(PdfFolderSettings(folder=tmp_path), host)
