"""A power cut of a scripted visit is made from outside, at a place of its journal; a place that never comes is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.journal.book import Book
from kiosk.power_cut import NotReached, PowerCut, lose_power


def test_a_visit_that_ends_before_the_place_of_the_cut_is_told_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "kiosk").mkdir()
    Book(tmp_path / "kiosk").close()
    cut, log = PowerCut(visit="no-such-visit", at="SettleIntent"), tmp_path / "cut.log"
    with pytest.raises(NotReached, match=r"SettleIntent.*cut\.log"):
        lose_power(cut, ["--workdir", str(tmp_path)], tmp_path / "kiosk", log)
    assert "no such script" in log.read_text(encoding="utf-8")
