"""The arithmetic of `make bench`; the figures themselves are never tested."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.__main__ import MEASURES
from tests.bench.figures import Figure, percentile, slope, tell, told
from tests.bench.table import table

VALUES = st.floats(-1e6, 1e6)


@given(st.lists(VALUES, min_size=1), st.floats(0.0, 1.0))
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert all(sum(other <= value for other in values) < share * len(values) for value in values if value < found)


def test_percentiles_of_a_hundred() -> None:
    assert [percentile(range(1, 101), share) for share in (0.0, 0.5, 0.95, 0.99, 1.0)] == [1, 50, 95, 99, 100]


@given(VALUES, st.floats(-100.0, 100.0))
def test_the_slope_of_a_line(start: float, rise: float) -> None:
    assert slope([start + rise * at for at in range(20)]) == pytest.approx(rise, abs=1e-6)


def test_a_jump_does_not_move_the_slope() -> None:
    assert slope([0, 10, 20, 9_000, 40, 50, 60], step=10) == 1.0


def test_figures_come_back_as_they_were_told(capsys: pytest.CaptureFixture[str]) -> None:
    figures = [Figure("start", 1200.0, "ms", 7, 1500.0, "bare", 300.0, "cached"), Figure("size", 5.0, "KiB", 1)]
    tell(figures)
    assert told(capsys.readouterr().out.splitlines()[-1]) == figures


def test_the_table_says_what_was_met_and_what_was_missed() -> None:
    met = Figure("start", 1200.0, "ms", 7, 1500.0, "bare", 300.0, "cached")
    missed = Figure("tap", 33.5, "ms", 7, 33.0)
    heading, _, first, note, second = table([met, missed]).splitlines()
    assert heading.split() == ["figure", "value", "goal", "beside", "value", "ratio"]
    assert first.split() == ["start", "1200", "ms", "<=", "1500", "met", "bare", "300", "ms", "4.00"]
    assert note.strip() == "cached"
    assert second.split() == ["tap", "33.5", "ms", "<=", "33.0", "MISSED"]


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_can_be_started_alone(measure: str) -> None:
    assert find_spec(f"tests.bench.{measure}") is not None
