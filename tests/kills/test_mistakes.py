"""Real processes, killed with SIGKILL or robbed of what they had not synced; and the mistakes that this must find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kills import disk
from tests.kills.rounds import KILLS, Finding, Step, judge, play, take, tireless_environment
from tests.support.forking import Forge, Kill
from tests.support.house import house
from tests.support.proofs import Proved

_ODD = range(1, 60, 2)


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    made = Forge(tireless_environment())
    yield made
    made.close()


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    """Its processes' disk forgets what was not synced."""
    library = disk.built(tmp_path_factory.mktemp("disk"))
    made = Forge(disk.environment(library, tireless_environment()))
    yield made
    made.close()


def _losing(*targets: str) -> str:
    """Every other reply."""
    return ";".join(f"{target}@{number}:lose-reply" for target in targets for number in _ODD)


@dataclass(frozen=True)
class Mistake:
    """Where it shows: who dies at which rows, before or after them, and which replies are lost."""

    name: str
    steps: tuple[Step, ...]
    misbehave: str = ""


def _dying(*rows: int, before: bool = False) -> tuple[Step, ...]:
    return tuple(Step(Kill(row, "before" if before else "after")) for row in rows)


MISTAKES = (
    Mistake("send_then_save", _dying(15, 17, 19, before=True)),
    Mistake("new_key_per_retry", _dying(16, 18), _losing("2207", "pay.refund")),
    Mistake("new_order_per_retry", _dying(40), _losing("pay.collect")),
    Mistake("no_reversal", _dying(17, 18), _losing("2207")),
)
"""A row of a visit: 1 Opened, then two for each call; the settlement's are about 15 to 18."""


def _wrong(mistake: Mistake, forge: Forge, root: Path, mutant: str) -> list[Finding]:
    with house(root, forge, mistake.misbehave, mutant=mutant) as home:
        for step in mistake.steps:
            take(home, step)
        return list(judge(home))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_in_the_processes_is_found(mistake: Mistake, forge: Forge, tmp_path: Path) -> None:
    assert _wrong(mistake, forge, tmp_path / "right", "") == []
    assert _wrong(mistake, forge, tmp_path / "wrong", f"tests.kills.mutants:{mistake.name}") != []


def _cut_short(forge: Forge, root: Path, rows: range, mutant: str = "") -> list[Finding]:
    with house(root, forge, mutant=mutant) as home:
        for row in rows:
            assert take(home, Step(Kill(row, "after")), disk.cut)
        return list(judge(home))


def test_what_a_power_cut_leaves_is_enough(forgetful: Forge, tmp_path: Path, proved: Proved, *, long_run: bool) -> None:
    rows = range(1, 21, 1 if long_run else 2)
    assert _cut_short(forgetful, tmp_path, rows) == []
    proved(KILLS, len(rows))


def test_a_journal_that_is_not_synced_is_found(forgetful: Forge, tmp_path: Path) -> None:
    assert _cut_short(forgetful, tmp_path, range(15, 21, 2), "tests.kills.mutants:no_fsync") != []


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(8))
def test_random_rounds(seed: int, forge: Forge, forgetful: Forge, tmp_path: Path, proved: Proved) -> None:
    cut = seed % 2 == 1
    outcome = play(seed, forgetful if cut else forge, tmp_path, 50, disk.cut if cut else None)
    assert outcome.wrong == []
    assert outcome.settled > 0
    assert outcome.undone > 0
    proved(KILLS, outcome.kills)
