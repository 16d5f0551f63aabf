"""The arithmetic of the evaluation, against figures that can be worked out by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from tests.face_eval import clips
from tests.face_eval.clips import Row, kept_in, read
from tests.face_eval.curves import draw_det, draw_roc
from tests.face_eval.rates import Rate, curve, false_matches, false_non_matches, threshold_for


def test_nothing_of_two_hundred_is_below_one_and_a_half_per_cent() -> None:
    assert Rate(0, 200).at_most == pytest.approx(0.0149, abs=1e-4)
    low, high = Rate(0, 200).interval
    assert low == pytest.approx(0.0, abs=1e-9)
    assert high == pytest.approx(0.0188, abs=1e-3)


def test_wilsons_interval_is_the_textbooks() -> None:
    low, high = Rate(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


def test_a_threshold_lets_in_no_more_strangers_than_it_costs() -> None:
    strangers = np.linspace(0, 1, 1001)
    for share in (0.1, 0.01, 0.001):
        assert false_matches(strangers, threshold_for(strangers, share)).share <= share
    assert false_non_matches(np.array([0.2, 0.5, 0.9]), 0.5).errors == 1


def test_curves_fall_and_are_drawn(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    points = curve(random.normal(0.6, 0.15, 400), random.normal(0.0, 0.12, 20_000))
    assert [miss for _, miss in sorted(points)] == sorted((miss for _, miss in points), reverse=True)
    for draw in (draw_roc, draw_det):
        draw({"drawn": points}, tmp_path / "curve.svg")
        assert (tmp_path / "curve.svg").read_text(encoding="utf-8").count("<polyline") == 1


def test_rows_of_a_former_run_are_taken_up(tmp_path: Path) -> None:
    row = Row("print", "eval 1", accepted=False, fault="F03", seconds=6.7, signals={"flash": 0.0})
    file = tmp_path / "rows.jsonl"
    assert list(read(file)) == []
    file.write_text(json.dumps(asdict(row)) + "\n", encoding="utf-8")
    assert list(read(file)) == [row]


def test_rows_of_another_method_are_another_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = kept_in(tmp_path)
    assert kept_in(tmp_path) == now
    (tmp_path / "limits.py").write_text("continuity = 0.5\n", encoding="utf-8")
    monkeypatch.setattr(clips, "_JUDGES", tmp_path)
    assert kept_in(tmp_path) != now
