"""The file of what visits asked of people, and the figures made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.usage import Ended, Usage, UsageFile, UsageUnreadable, figures, read

ONE = Usage(date(2026, 11, 26), "003", "000000 1", "transfer", Ended.FILED, 7, 6, 41.5, 2, 1, 5)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = UsageFile(tmp_path / "usage.jsonl")
    rows = [ONE, replace(ONE, ended=Ended.LEFT, rating=0)]
    assert all(file.write(row) for row in rows)
    assert list(read(tmp_path / "usage.jsonl")) == rows


def test_a_line_cut_off_by_a_power_cut_is_passed_over_and_one_in_the_middle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "usage.jsonl"
    UsageFile(path).write(ONE)
    whole = path.read_text()
    path.write_text(whole + whole[:40])
    assert list(read(path)) == [ONE]
    path.write_text(whole[:40] + "\n" + whole)
    with pytest.raises(UsageUnreadable, match=r"usage.jsonl:1$"):
        list(read(path))


def test_a_full_disk_costs_a_line_and_no_visit(tmp_path: Path) -> None:
    assert not UsageFile(tmp_path / "absent" / "usage.jsonl").write(ONE)


def test_figures_are_medians_of_what_was_finished_here() -> None:
    rows = [replace(ONE, taps=taps, rating=rating) for taps, rating in ((5, 5), (7, 0), (30, 2))]
    rows += [replace(ONE, ended=Ended.LEFT, taps=99, rating=0), replace(ONE, item="settlement", rating=0)]
    transfer, paying = figures(rows)
    assert (transfer.item, transfer.visits, transfer.here, transfer.taps) == ("transfer", 4, 0.75, 7)
    assert (transfer.rated, transfer.rating) == (2, 3.5)
    assert (paying.item, paying.rated, paying.rating) == ("settlement", 0, 0.0)


@given(st.lists(st.sampled_from(Ended), min_size=1))
def test_shares_are_shares_whatever_happened(endings: list[Ended]) -> None:
    (one,) = figures([replace(ONE, ended=ended) for ended in endings])
    assert 0 <= one.here <= 1
    assert one.visits == len(endings)
    assert (one.taps > 0) == (one.here > 0)
