"""Link, reply, device, disk and clock fail together; a disk fails at every write. The books agree all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from tests.kills import cells, disk
from tests.kills.cells import VALUES, Cell, play
from tests.kills.rounds import judge
from tests.support.forking import Forge
from tests.support.house import house
from tests.support.proofs import Proved

CELLS = cells.cells()
SAMPLE = range(1, len(CELLS), 8)
WRITES = range(1, 190)
"""A visit writes to the journal's files about so often."""


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    made = Forge(disk.environment(disk.built(tmp_path_factory.mktemp("disk")), cells.environment()))
    yield made
    made.close()


def test_every_pair_of_values_meets_in_some_cell() -> None:
    rows = [(cell.link, cell.reply, cell.device, cell.disk, cell.clock) for cell in CELLS]
    met = {(a, row[a], b, row[b]) for row in rows for a, b in combinations(range(5), 2)}
    assert all((a, x, b, y) in met for a, b in combinations(range(5), 2) for x in VALUES[a] for y in VALUES[b])


@pytest.mark.parametrize("cell", [CELLS[number] for number in SAMPLE], ids=str)
def test_a_cell(cell: Cell, forge: Forge, tmp_path: Path, proved: Proved) -> None:
    assert play(cell, 0, forge, tmp_path / "house", 2) == []
    proved("visits in fault cells", 2)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_every_cell(cell: Cell, forge: Forge, tmp_path: Path, proved: Proved) -> None:
    assert play(cell, 1, forge, tmp_path / "house", 30) == []
    proved("visits in fault cells", 30)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("kind", "count"), [("full", 1), ("full", 9_999), ("eio", 1), ("readonly", 9_999)])
def test_a_disk_that_fails_at_any_write(
    kind: str, count: int, forge: Forge, tmp_path: Path, proved: Proved, *, long_run: bool
) -> None:
    writes = WRITES[:: 1 if long_run else 63]
    with house(tmp_path, forge) as home:
        for write in writes:
            replace(home, mutant=f"tests.kills.disk:failing:{kind} {write} {count}").visit()
        assert list(judge(home)) == []
    proved("failing disks", len(writes))
