"""A visit's A4 statement goes through a real CUPS, byte for byte, or the visit ends without it and says so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kiosk.engine.clock import SystemClock
from tests.devices.support.cups import Cups, CupsPages, missing, running_cups

SHIPPED = (Path(__file__).parents[2] / "config" / "kiosk.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cups]:
    why_not = missing()
    if why_not:
        pytest.skip(why_not)
    with running_cups(tmp_path_factory.mktemp("cups")) as service:
        yield service


def visited(cups: Cups, folder: Path) -> dict[str, Any]:
    """The summary of one whole visit of the demo, its page printer being CUPS."""
    before, _, rest = SHIPPED.partition("[devices.page_printer]")
    after = rest[rest.index("[devices.camera]") :]
    printer = f'driver = "cups_printer"\nqueue = "kiosk"\nserver = "{cups.socket}"\npatience_seconds = 1\n'
    settings = folder / "kiosk.toml"
    settings.write_text(f"{before}[devices.page_printer]\n{printer}\n{after}", encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "visit", "outpatient", "--json"]
    place = ["--config", str(settings), "--workdir", str(folder / "work")]
    ended = subprocess.run([*command, *place], capture_output=True, text=True, timeout=50, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    summary: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return summary


def test_the_statement_of_a_visit_comes_out_of_the_printer(cups: Cups, tmp_path: Path) -> None:
    cups.renew()
    summary = visited(cups, tmp_path)
    assert summary["outcome"] == "settled"
    (sheet,) = CupsPages(cups, SystemClock()).sheets()
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheet)
    assert summary["batches"][0]["setl_id"] in "".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.long
def test_a_printer_without_paper_keeps_nobody_from_settling(cups: Cups, tmp_path: Path) -> None:
    cups.renew()
    pages = CupsPages(cups, SystemClock())
    pages.want("paper")
    assert visited(cups, tmp_path)["outcome"] == "settled"
    pages.give()
    assert pages.sheets() == []
