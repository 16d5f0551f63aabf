"""`make kill-long`: ten thousand kill -9 of real processes while the network misbehaves, and what the books say."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.kills import crew
from tests.kills.crew import Played
from tests.kills.rounds import A_ROUND, Harm, play_round


def _told(played: Played) -> str:
    found = played.found
    if found is None:
        return f"unfinished  round {played.job}\n"
    verdict = "WRONG" if found["wrong"] else "well"
    ends = f"{found['kills']} kills, {found['settled']} settled, {found['undone']} undone, {played.seconds:.0f} s"
    objections = "".join(f"       {each['harm']}: {each['text']}\n" for each in found["wrong"])
    return f"{verdict:<5}  round {played.job}: {ends}\n{objections}"


def _sums(rounds: Sequence[Played]) -> str:
    ended = [played.found for played in rounds if played.found is not None]
    kills, settled, undone = (sum(found[what] for found in ended) for what in ("kills", "settled", "undone"))
    harms = Counter(each["harm"] for found in ended for each in found["wrong"])
    zeros = ", ".join(f"{harms[harm]} {harm}" for harm in Harm)
    anew = sum(len(played.stalls) for played in rounds)
    ends = f"{settled:,} bills settled and booked, {undone:,} undone"
    return f"{kills:,} kills in {len(ended)} rounds: {ends}; {zeros}; {anew} rounds begun anew by a busy machine"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="seed of the first round")
    parser.add_argument("--count", type=int, default=10_000, help=f"kills, in rounds of {A_ROUND}")
    crew.arguments(parser)
    wanted = parser.parse_args()
    jobs = [str(seed) for seed in range(wanted.first, wanted.first + -(-wanted.count // A_ROUND))]
    began = time.monotonic()
    rounds = crew.conduct(jobs, play_round, wanted, _told)
    unfinished = sum(played.found is None for played in rounds)
    sys.stdout.write(f"{_sums(rounds)}; {unfinished} unfinished; {time.monotonic() - began:.0f} s\n")
    if any(played.found and played.found["wrong"] for played in rounds):
        return 1
    return crew.UNFINISHED if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
