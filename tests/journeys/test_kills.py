"""Kill -9 at every journal row, before and after it is stored, with and without lost replies.

No double charge, no lost settlement. The kiosk's own journal is not asked whether all is well; the backend's ledger is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.saga.entry import Course
from tests.support.forking import Forge, Kill
from tests.support.house import House, house

_TARGETS = (
    "hospital.hold",
    "2201",
    "2203",
    "2204",
    "2206",
    "pay.collect",
    "2207",
    "hospital.book",
)
_UNDOING = ("2601", "2205", "2202", "pay.refund", "hospital.release")
_EVERY_OTHER = "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29"


def _losing(target: str, act: str) -> str:
    """Every other call of the target goes wrong, so that a repeat succeeds."""
    return ";".join(f"{target}@{number}:{act}" for number in _EVERY_OTHER.split(","))


def _rows_of_one_visit(home: House) -> int:
    before = home.rows() if (home.root / "kiosk" / "journal.db").exists() else 0
    assert home.visit().code == 0
    return home.rows() - before


def _prove_whole(home: House) -> None:
    """Both books agree, nothing is open, nobody paid twice."""
    recovered = home.recover()
    assert recovered.answer["open"] == [], recovered.lines
    assert home.verify().code == 0
    audit = home.audit()
    assert audit["violations"] == []
    assert audit["open"] == 0
    entries = home.entries().values()
    assert all(entry.course in {Course.CLOSED, Course.WATCHED} for entry in entries)
    booked = [entry for entry in entries if entry.booking is not None]
    assert audit["settled"] == audit["booked"] == len(booked)
    collected = [entry for entry in entries if entry.collected and entry.booking is None]
    assert audit["refunded"] == len(collected)


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_row_nothing_is_lost_or_taken_twice(when: str, forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge) as home:
        for row in range(1, _rows_of_one_visit(home) + 1):
            ended = home.visit(kill=Kill(row, "before" if when == "before" else "after"))
            assert ended.code == -9, ended.lines
        _prove_whole(home)


@pytest.mark.parametrize("target", _TARGETS)
def test_killed_while_replies_are_lost(target: str, forge: Forge, tmp_path: Path, *, long_run: bool) -> None:
    with house(tmp_path, forge, _losing(target, "lose-reply")) as home:
        for row in range(3, 30, 1 if long_run else 3):
            home.visit(kill=Kill(row, "after"))
        _prove_whole(home)


@pytest.mark.parametrize("target", _UNDOING)
def test_killed_while_undoing_and_replies_are_lost(
    target: str, forge: Forge, tmp_path: Path, *, long_run: bool
) -> None:
    with house(tmp_path, forge, f"{_losing('2207', 'lose-reply')};{_losing(target, 'lose-reply')}") as home:
        for row in range(16, 34, 1 if long_run else 2):
            home.visit(kill=Kill(row, "after"))
            home.recover(kill=Kill(row % 4 + 1, "after"))
        _prove_whole(home)
