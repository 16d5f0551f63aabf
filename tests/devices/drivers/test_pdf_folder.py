from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from devices.drivers.pdf_folder import PdfFolderSettings, driver
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PagePrinter

NEVER = Monotonic(float("inf"))
PDF = b"%PDF-1.4 of 4,711 bytes"


def printer(folder: Path) -> PagePrinter:
    return driver.make(PdfFolderSettings(folder=folder), Host(SystemClock(), logging.getLogger("test")))


@pytest.fixture
def opened(tmp_path: Path) -> PagePrinter:
    made = printer(tmp_path / "a" / "out")
    made.open()
    return made


def test_making_touches_nothing_and_opening_makes_the_folder(tmp_path: Path) -> None:
    made = printer(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert made.status().state is DeviceState.NO_DEVICE
    assert made.print("K7PM", PDF, NEVER, Cancel()) == PageNotPrinted()
    made.open()
    assert made.status().state is DeviceState.ONLINE


def test_document_becomes_a_file_for_this_user_alone(opened: PagePrinter) -> None:
    result = opened.print("P4NF-YRGF-Y", PDF, NEVER, Cancel())
    assert isinstance(result, PagePrinted)
    file = Path(result.reference)
    assert (file.name, file.read_bytes(), file.stat().st_mode & 0o777) == ("P4NF-YRGF-Y.pdf", PDF, 0o600)
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_second_print_is_a_second_sheet(opened: PagePrinter) -> None:
    first, second = (opened.print("K7PM", content, NEVER, Cancel()) for content in (PDF, PDF + b"2"))
    assert isinstance(first, PagePrinted)
    assert isinstance(second, PagePrinted)
    assert Path(first.reference).read_bytes() == PDF
    assert Path(second.reference).name == "K7PM-2.pdf"


def test_folder_that_went_away_is_a_printer_that_is_gone(opened: PagePrinter, tmp_path: Path) -> None:
    (tmp_path / "a" / "out").rmdir()
    assert not opened.status().usable
    assert opened.print("K7PM", PDF, NEVER, Cancel()) == PageNotPrinted()


def test_cancelled_job_leaves_no_file(opened: PagePrinter, tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.cancel()
    assert opened.print("K7PM", PDF, NEVER, cancel) == PageNotPrinted()
    assert list((tmp_path / "a" / "out").iterdir()) == []


@pytest.mark.parametrize("name", ["../K7PM", "", ".hidden", "张三"])
def test_name_that_is_no_number_is_a_defect(opened: PagePrinter, name: str) -> None:
    with pytest.raises(ValueError, match="named by"):
        opened.print(name, PDF, NEVER, Cancel())


def test_it_is_a_simulation_and_refuses_unknown_settings() -> None:
    assert driver.simulated
    with pytest.raises(ValidationError, match="folders"):
        PdfFolderSettings.model_validate({"folder": "/tmp", "folders": "/tmp"})
