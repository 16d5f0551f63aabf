"""`make model`: the whole search, every mutant, and what the model takes for granted, with states, seconds and memory.

`python -m tests.model --way MUTANT_UNWATCHED` shows how one mistake comes about.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.model.search import Result, Search, changes, search, world_of

FLIGHT = 24
FLIGHT_ENDS = 12


def rows(flight: int, flight_ends: int) -> Iterator[tuple[str, bool, Result]]:
    """Name, whether it is as it must be, and figures: the saga breaks no rule, each change of it breaks one."""
    for name, wanted in (
        (f"saga, {flight} in flight", Search(flight)),
        (f"saga, a 2207 sent once, {flight} in flight", Search(flight, ("ONCE",))),
        (f"saga ends, {flight_ends} in flight", Search(flight_ends, ends=True)),
    ):
        found = search(wanted, most_megabytes=12_000)
        yield name, found.complete, found
    for change in (*changes("MUTANT"), *changes("WORLD")):
        found = search(Search(1, world_of(change), shortest=True))
        yield change.lower().replace("_", " "), bool(found.violated), found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("--flight", type=int, default=FLIGHT, help="requests that may be under way unawaited")
    parser.add_argument("--flight-ends", type=int, default=FLIGHT_ENDS, help="the same, where it is asked for the end")
    parser.add_argument("--way", choices=[*changes("MUTANT"), *changes("WORLD")], help="the shortest way to a mistake")
    wanted = parser.parse_args()
    if wanted.way:
        found = search(Search(1, world_of(wanted.way), shortest=True))
        sys.stdout.writelines(f"{step}\n" for step in (*found.way, found.violated))
        return 0 if found.violated else 1
    all_well = True
    for name, well, found in rows(wanted.flight, wanted.flight_ends):
        all_well &= well
        figures = f"{found.states:>12,} states {found.seconds:7.1f} s {found.megabytes:7.0f} MB"
        sys.stdout.write(f"{name:<38} {figures}  {found.violated or 'no rule broken'}{'' if well else '  WRONG'}\n")
        sys.stdout.flush()
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
