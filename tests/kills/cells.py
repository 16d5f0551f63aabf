"""Faults of link, reply, device, disk and clock at once: every pair of values meets in some cell.

`python -m tests.kills.cells --each 300` plays so many visits of each cell as real processes, and reads the books.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from devices.sim.client import Simulator
from tests.kills import crew
from tests.kills.crew import Bench, Played
from tests.kills.rounds import TARGETS, Finding, judge, tireless_environment
from tests.support.forking import Forge
from tests.support.house import House, house

_PATIENCE = {"KIOSK__LIMITS__PATIENT_WAITS": "3.0"}
_A_ROUND = 50
_CALLS = 4 * _A_ROUND
_SCRIPT = Path(__file__).parents[2] / "config" / "visits" / "quick.toml"
_READS, _PAYS = 'Explaining = ["continue"]', '{ do = "scan", code = "134500000000000001" }'
_STEPS = {
    "fine": (_READS, _READS),
    "no paper": (_READS, 'Explaining = [{ do = "paper", state = "out" }, "continue"]'),
    "cover opened in print": (_READS, 'Explaining = [{ do = "cover", open = true, after_mm = 15.5 }, "continue"]'),
    "printer unplugged": (_READS, 'Explaining = [{ do = "printer", plugged = false }, "continue"]'),
    "card pulled in payment": (_PAYS, f'{_PAYS}, {{ do = "remove" }}'),
}
"""A line of the shipped script, and what the person does instead."""

VALUES: tuple[tuple[str, ...], ...] = (
    ("fine", "lose-request", "lose-reply", "delay=300"),
    ("fine", "half", "http=503", "wrong-msgid"),
    tuple(_STEPS),
    ("fine", "full once", "full for long", "readonly for long", "eio once", "sync once"),
    ("fine", "a day on", "a day back"),
)
"""Link, reply, device, disk, clock."""


@dataclass(frozen=True, slots=True)
class Cell:
    link: str
    reply: str
    device: str
    disk: str
    clock: str

    def __str__(self) -> str:
        return f"{self.link} × {self.reply} × {self.device} × {self.disk} × {self.clock}"


@cache
def cells() -> list[Cell]:
    """Few cells in which every pair of values of two axes meets; always the same ones."""
    axes = range(len(VALUES))
    left = {(a, x, b, y) for a, b in combinations(axes, 2) for x in VALUES[a] for y in VALUES[b]}
    every = list(product(*VALUES))
    found = list[Cell]()
    while left:
        best = max(every, key=lambda row: len(left & _pairs(row)))
        left -= _pairs(best)
        found.append(Cell(*best))
    return found


def _pairs(row: tuple[str, ...]) -> set[tuple[int, str, int, str]]:
    return {(a, row[a], b, row[b]) for a, b in combinations(range(len(row)), 2)}


def misbehaviour(cell: Cell, dice: random.Random) -> str:
    """A seventh of the calls of each target meets the link's fault, another seventh the reply's."""
    rules = list[str]()
    for target in TARGETS:
        for number in range(1, _CALLS):
            act = dice.choice((cell.link, cell.reply, "fine", "fine", "fine", "fine", "fine"))
            rules += [f"{target}@{number}:{act}"] if act != "fine" else []
    return ";".join(rules)


def changes(cell: Cell, dice: random.Random) -> Iterator[str]:
    """What is done to one process."""
    kind, *for_long = cell.disk.split(" ", 1)
    if kind != "fine":
        count = 9_999 if for_long == ["for long"] else 1
        yield f"tests.kills.disk:failing:{kind} {dice.randrange(10, 40 if kind == 'sync' else 200)} {count}"
    if cell.clock != "fine":
        yield f"tests.kills.cells:leap:{86_400 if cell.clock == 'a day on' else -86_400} {dice.randrange(1, 120)}"


def leap(spec: str) -> None:
    """The machine's wall clock leaps by so many seconds at its n-th reading, in the process that calls this."""
    from kiosk.engine.clock import SystemClock

    seconds, nth = map(int, spec.split())
    real, read = SystemClock.now, 0

    def now(self: SystemClock) -> datetime:
        nonlocal read
        read += 1
        return real(self) + timedelta(seconds=seconds if read >= nth else 0)

    SystemClock.now = now  # type: ignore[method-assign]


def play(cell: Cell, seed: int, forge: Forge, root: Path, each: int) -> list[Finding]:
    """What was wrong after so many visits of this cell."""
    dice = random.Random(f"{cell} {seed}")
    root.mkdir(parents=True)
    script = root / "visit.toml"
    script.write_text(_SCRIPT.read_text(encoding="utf-8").replace(*_STEPS[cell.device]), encoding="utf-8")
    with house(root, forge, misbehaviour(cell, dice)) as home:
        for _ in range(each):
            _visit(replace(home, mutant=";".join(changes(cell, dice))), script)
        return list(judge(home))


def _visit(home: House, script: Path) -> None:
    home.visit(name=str(script))
    with Simulator(home.control) as simulator:
        simulator.ask("reset")


def _round(job: str, bench: Bench) -> dict[str, Any]:
    """`N/FIRST+VISITS`: so many visits of the N-th cell."""
    number, _, visits = job.partition("/")
    first, _, each = visits.partition("+")
    forge = bench.forge(environment(), failing_disk=True)
    with bench.house() as root:
        wrong = play(cells()[int(number)], int(first), forge, root, int(each))
        return {"visits": int(each), "wrong": [str(finding) for finding in wrong]}


def environment() -> dict[str, str]:
    """Of processes whose patients do not wait for long."""
    return tireless_environment() | _PATIENCE


def _told(played: Played) -> str:
    cell = cells()[int(played.job.partition("/")[0])]
    wrong = played.found["wrong"] if played.found else ()
    verdict = "unfinished" if played.found is None else "WRONG" if wrong else "well"
    return f"{verdict:<5}  {played.job:<10} {cell}\n" + "".join(f"       {objection}\n" for objection in wrong)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills.cells", description=__doc__)
    parser.add_argument("--each", type=int, default=300, help="visits of each cell")
    crew.arguments(parser)
    wanted = parser.parse_args()
    began, firsts = time.monotonic(), range(0, wanted.each, _A_ROUND)
    jobs = [
        f"{number}/{first}+{min(_A_ROUND, wanted.each - first)}" for number in range(len(cells())) for first in firsts
    ]
    rounds = crew.conduct(jobs, _round, wanted, _told)
    ended = [played.found for played in rounds if played.found is not None]
    broken, anew = sum(bool(found["wrong"]) for found in ended), sum(len(played.stalls) for played in rounds)
    visits, unfinished = sum(found["visits"] for found in ended), len(rounds) - len(ended)
    sys.stdout.write(
        f"{len(cells())} cells, {visits:,} visits in {len(ended)} rounds, {broken} broken, {unfinished} unfinished; "
        f"{anew} rounds begun anew by a busy machine; {time.monotonic() - began:.0f} s\n"
    )
    if broken:
        return 1
    return crew.UNFINISHED if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
