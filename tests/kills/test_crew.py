"""Rounds that take hours: what a busy machine does to them is no finding, and what was played is not played again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.children import ChildFailed
from tests.kills.crew import Bench, Crew, Played, Tally, attempt
from tests.support.forking import Stalled


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


class _Busy:
    """A round that its machine lets end after so many tries."""

    def __init__(self, tries: int, problem: Exception) -> None:
        self._tries, self._problem = tries, problem

    def __call__(self, job: str, _bench: Bench) -> dict[str, Any]:
        self._tries -= 1
        if self._tries:
            raise self._problem
        return {"job": job}


@pytest.mark.parametrize("problem", [ChildFailed("backend"), Stalled("visit quick after 300 s")], ids=str)
def test_a_round_that_the_machine_stops_begins_anew_and_says_so(problem: Exception, bench: Bench) -> None:
    played = attempt("7", _Busy(3, problem), bench)
    assert played.found == {"job": "7"}
    assert played.stalls == [str(problem)] * 2


def test_a_round_that_never_ends_is_neither_well_nor_wrong(bench: Bench) -> None:
    played = attempt("7", _Busy(99, Stalled("visit quick")), bench)
    assert played.found is None
    assert played.stalls == ["visit quick"] * 4


def test_a_mistake_of_the_proof_itself_is_told_with_its_place(bench: Bench) -> None:
    (stall, *_) = attempt("7", _Busy(2, KeyError("open")), bench).stalls
    assert stall.startswith("KeyError: 'open'")
    assert __file__ in stall


def test_a_tally_remembers_what_was_played_and_forgets_half_a_line(tmp_path: Path) -> None:
    path = tmp_path / "tally"
    tally, well, stuck = Tally(path), Played("1", {"kills": 50}, [], 2.5), Played("2", None, ["visit quick"], 900.0)
    tally.add(well)
    tally.add(stuck)
    with path.open("a") as file:
        file.write('{"job": "3", "fou')
    again = Tally(path)
    assert again.of(["1", "2", "3"]) == [well]
    again.add(Played("2", {"kills": 50}, [], 3.0))
    assert set(Tally(path).played) == {"1", "2"}


def die_once(job: str, _bench: Bench) -> dict[str, Any]:
    """Takes its worker with it the first time, as a kernel without memory would."""
    folder, _, name = job.rpartition("/")
    marker = Path(folder) / f"{name}.met"
    if name == "2" and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"name": name}


def test_a_worker_that_is_taken_is_replaced_and_its_round_played(tmp_path: Path) -> None:
    jobs = [f"{tmp_path}/{number}" for number in range(4)]
    crew = Crew(1, die_once)
    try:
        played = list(crew.conduct(jobs))
    finally:
        crew.stop()
    assert sorted(one.job for one in played) == jobs
    assert all(one.found for one in played)
    assert (tmp_path / "2.met").exists()
