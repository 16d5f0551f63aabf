"""`kiosk metrics`: the table, the CSV and the page of plots, of one kiosk or of several."""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.usage import COLUMNS, Ended, Usage, UsageFile, figures
from printing.metrics.command import command
from printing.metrics.page import MOST, Report, plots

ONE = Usage(date(2026, 11, 26), "003", "000000 1", "transfer", Ended.FILED, 7, 6, 41.5, 2, 1, 5)
ROWS = [
    ONE,
    replace(ONE, ended=Ended.LEFT, rating=0),
    replace(ONE, item="settlement", kiosk="004", rating=0, day=date(2026, 11, 27)),
]


def run(folder: Path, *given: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    arguments = parser.parse_args(given)
    arguments.workdir, arguments.config = folder, None
    return command.run(arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kiosk").mkdir()
    file = UsageFile(tmp_path / "kiosk" / "usage.jsonl")
    for row in ROWS:
        file.write(row)
    return tmp_path


def test_the_figures_of_every_item_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["visits"] == 3
    assert {one["item"]: (one["visits"], one["here"]) for one in told["items"]} == {
        "transfer": (2, 0.5),
        "settlement": (1, 1.0),
    }
    assert run(folder, "--since", "2026-11-27") == 0
    assert capsys.readouterr().out.startswith("settlement")


def test_nothing_counted_is_an_orderly_other_end(tmp_path: Path) -> None:
    assert run(tmp_path) == 1


def test_several_kiosks_are_read_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = folder / "rows"
    rows.mkdir()
    for name in ("003.jsonl", "004.jsonl"):
        (rows / name).write_bytes((folder / "kiosk" / "usage.jsonl").read_bytes())
    assert run(folder, "--rows", str(rows), "--json") == 0
    assert json.loads(capsys.readouterr().out)["visits"] == 6


def test_the_csv_has_a_line_a_visit(folder: Path) -> None:
    assert run(folder, "--csv", str(folder / "visits.csv")) == 0
    with (folder / "visits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["item"] for row in rows] == ["transfer", "transfer", "settlement"]


def test_a_file_that_is_not_ours_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "kiosk" / "usage.jsonl").write_text('{"schema": 9}\n')
    assert run(folder) == 3
    assert "usage.jsonl:1" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("items", [1, MOST, MOST + 8])
def test_the_plots_are_one_page_and_equal_figures_give_equal_bytes(lang: str, items: int) -> None:
    rows = [replace(ONE, item=f"item-{number}") for number in range(items)]
    report = Report(figures(rows), ONE.day, ONE.day, 1, items, {"item-0": "一个名字很长很长的事项放不下怎么办"})
    texts = Catalogue.read(config_dir() / "texts").of(lang)
    page = plots(report, texts)
    assert page == plots(report, texts)
    assert page.count(b"/Type /Page\n") == 1


def test_the_page_is_written(folder: Path) -> None:
    assert run(folder, "--plot", str(folder / "plots.pdf")) == 0
    assert (folder / "plots.pdf").read_bytes().startswith(b"%PDF-")
