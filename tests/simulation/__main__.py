"""`python -m tests.simulation --seed N` replays one history and tells every step; `make sim-long` plays a million.

Real saga, cashier and journal facts; far parties, clock, disk and deaths come from the seed.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import sys
import time

from tests.simulation.seeds import Played, play
from tests.simulation.trace import told

_CHUNK = 2_000
_SHOWN = 20


def _play_chunk(first: int) -> Played:
    logging.disable(logging.CRITICAL)
    return play(range(first, first + _CHUNK))


def _replay(seed: int) -> int:
    logging.disable(logging.CRITICAL)
    lines = told(seed)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines[-1].startswith("WRONG") else 0


def _play_many(first: int, count: int, processes: int) -> int:
    """Rounded up to whole chunks."""
    played, began = Played(), time.monotonic()
    with multiprocessing.Pool(processes) as pool:
        for part in pool.imap_unordered(_play_chunk, range(first, first + count, _CHUNK)):
            played.add(part)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{played.count:,} histories, {len(played.broken)} broken")
    for seed, objections in sorted(played.broken.items())[:_SHOWN]:
        sys.stdout.write(f"seed {seed}: {'; '.join(objections)}\n")
    for end, times in played.ends.most_common():
        sys.stdout.write(f"{times:>10,}  {end}\n")
    seconds = time.monotonic() - began
    sys.stdout.write(f"{played.count:,} histories from seed {first}, {len(played.broken)} broken, {seconds:.0f} s\n")
    return 1 if played.broken else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, help="replay this one history")
    parser.add_argument("--first", type=int, default=0, help="seed to begin with")
    parser.add_argument("--count", type=int, default=20_000, help="histories to play")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    if wanted.seed is not None:
        return _replay(wanted.seed)
    return _play_many(wanted.first, wanted.count, wanted.processes)


if __name__ == "__main__":
    sys.exit(main())
