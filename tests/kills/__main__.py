"""`make kill-long`: ten thousand kill -9 of real processes while the network misbehaves, and what the books say."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from kiosk.children import ChildFailed
from tests.kills import disk
from tests.kills.rounds import Outcome, play, tireless_environment
from tests.support.forking import Forge

_A_ROUND = 50
_STARTS = 5


def _round(seed: int) -> Outcome:
    """On a busy machine a backend may not be ready in time; nothing was killed then, and the round begins anew."""
    for _ in range(_STARTS - 1):
        with suppress(ChildFailed):
            return _play(seed)
    return _play(seed)


def _play(seed: int) -> Outcome:
    """Every second round is one of power cuts: what was not synced is gone."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        root, environment = Path(folder), tireless_environment()
        cut = seed % 2 == 1
        forge = Forge(disk.environment(disk.built(root), environment) if cut else environment)
        try:
            return play(seed, forge, root / "house", _A_ROUND, died=disk.cut if cut else None)
        finally:
            forge.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="seed of the first round")
    parser.add_argument("--count", type=int, default=10_000, help=f"kills, in rounds of {_A_ROUND}")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    began, whole, broken = time.monotonic(), Outcome(), 0
    rounds = range(wanted.first, wanted.first + -(-wanted.count // _A_ROUND))
    with multiprocessing.Pool(wanted.processes) as pool:
        for seed, outcome in zip(rounds, pool.imap(_round, rounds), strict=True):
            whole.kills += outcome.kills
            whole.settled += outcome.settled
            whole.undone += outcome.undone
            broken += bool(outcome.wrong)
            verdict = "WRONG" if outcome.wrong else "well"
            ends = f"{outcome.settled} settled, {outcome.undone} undone"
            sys.stdout.write(f"{verdict:<5}  round {seed}: {outcome.kills} kills, {ends}\n")
            sys.stdout.writelines(f"       {objection}\n" for objection in outcome.wrong)
            sys.stdout.flush()
    seconds = time.monotonic() - began
    ends = f"{whole.settled:,} bills settled and booked, {whole.undone:,} undone"
    sys.stdout.write(f"{whole.kills:,} kills in {len(rounds)} rounds, {broken} broken; {ends}; {seconds:.0f} s\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
