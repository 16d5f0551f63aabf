"""Thousands of seeded histories of the real saga and cashier: no money is lost, none taken twice, nobody forgotten."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.kiosk.saga import scenarios
from tests.kiosk.saga.mutants import MUTANTS
from tests.simulation import __main__ as command
from tests.simulation.seeds import play
from tests.simulation.trace import told
from tests.support.proofs import Proved

CHUNKS, SHORT, LONG = 8, 1_250, 125_000


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of broken far ends would fill the log; what is logged is tested where one thing is broken."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_seed_ends_well(chunk: int, proved: Proved, *, long_run: bool) -> None:
    size = LONG if long_run else SHORT
    played = play(range(chunk * size, (chunk + 1) * size))
    assert played.broken == {}
    assert played.count == size
    proved("seeded histories", size)


def test_histories_go_everywhere() -> None:
    """A generator whose histories all end alike would prove little."""
    ends = play(range(1_500)).ends
    wanted = {
        "closed, booked",
        "closed, not booked",
        "manual, not booked",
        "forward, not booked",
        "watched, not booked",
    }
    assert wanted <= ends.keys()
    assert ends["closed, booked"] > 50


def test_a_seed_replays_exactly() -> None:
    assert [told(seed) for seed in range(50)] == [told(seed) for seed in range(50)]
    assert [scenarios.of(seed) for seed in range(50)] == [scenarios.of(seed) for seed in range(50)]


def test_a_replay_tells_every_step() -> None:
    lines = told(11)
    assert lines[0].startswith("seed 11: ")
    assert {line[13:25].strip() for line in lines[1:-2]} >= {"starts", "notes", "sends", "page", "dies"}
    assert lines[-1] == "nothing is wrong"


def test_a_replay_says_what_was_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    next(mutant for mutant in MUTANTS if mutant.name == "no refund").mutate(monkeypatch)
    broken = play(range(300)).broken
    assert broken
    seed = min(broken)
    assert [f"WRONG: {objection}" for objection in broken[seed]] == told(seed)[-len(broken[seed]) :]


def test_the_command_plays_and_counts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["simulation", "--count", "2000", "--first", "900000", "--processes", "2"])
    assert command.main() == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("2,000 histories from seed 900000, 0 broken, ")
