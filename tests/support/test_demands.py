"""The list of demands is whole, and what it calls done is there."""

from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from tests.architecture.source import ROOT
from tests.support.demands import DEMANDS, Status, coverage

_ROWS = {"A": 8, "B": 9, "C": 17, "D": 15, "E": 13, "F": 5, "G": 12}
AREAS = ("000000", "220000", "370400", "411300", "421000", "530000")


def test_every_row_is_there_once() -> None:
    wanted = {f"{letter}{number}" for letter, last in _ROWS.items() for number in range(1, last + 1)} | {"E1′"}
    numbers = [row.number for row in DEMANDS]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == wanted


def test_what_is_done_is_there_and_what_is_not_says_why() -> None:
    for row in DEMANDS:
        assert all((ROOT / path).exists() for path in row.where), row
        assert row.where or row.note, row
        if row.status in {Status.DONE, Status.PART}:
            assert row.where, row
        if row.status is not Status.DONE:
            assert row.note, row


def test_every_row_is_said_in_both_languages() -> None:
    for row in DEMANDS:
        assert row.what.zh, row
        assert row.what.en, row
        assert bool(row.note.zh) == bool(row.note.en), row


def test_items_are_those_of_a_catalogue() -> None:
    known = {key for area in AREAS for key in read_pack(config_dir() / "packs" / area).services.items}
    assert {item for row in DEMANDS for item in row.items} <= known


def test_the_document_is_fresh() -> None:
    document = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert document == coverage(), "run: .venv/bin/python -m tests.support.documents"
