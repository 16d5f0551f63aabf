"""Whether ten thousand visits leave anything in memory: in the kiosk's core, and in the backend on PostgreSQL.

The first thousand fill caches and do not count. Each sample is written to a file as it comes: SIGTERM stops the
measuring, calling it again goes on with whichever of the two was not measured to its end (memory belongs to a process,
so that one begins anew), and what there is of samples is told in either case.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from kiosk.engine.clock import SystemClock
from kiosk.logs import log_to
from tests.bench import backend_load, memory
from tests.bench.figures import slope

_VISITS, _WARM_UP = 10_000, 1_000
_GOAL_BYTES = 2000.0
Sample = tuple[int, float]
"""So many visits, so many resident bytes."""


class Samples:
    """What was seen, by the measured, and whether anybody wants more."""

    def __init__(self, path: Path, visits: int) -> None:
        self._path, self._visits = path, visits
        self.stopped = threading.Event()
        self.of = defaultdict[str, list[Sample]](list)
        if path.exists():
            for line in path.read_text(encoding="utf-8").rpartition("\n")[0].splitlines():
                what, number, size = json.loads(line)
                if number == 0:
                    self.of[what].clear()
                self.of[what].append((number, size))

    def whole(self, what: str, every: int) -> bool:
        found = self.of[what]
        return bool(found) and found[-1][0] >= self._visits - every

    def begin(self, what: str) -> None:
        self.of[what].clear()

    def add(self, what: str, number: int, size: float) -> bool:
        self.of[what].append((number, size))
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, number, size]) + "\n")
        return not self.stopped.is_set()


def _kiosk(folder: Path, visits: int, samples: Samples) -> None:
    with (folder / "log").open("w") as log, memory.in_memory(folder) as visitors:
        log_to(log, SystemClock())
        visitors.come(visits, lambda number, size: samples.add("kiosk", number, size))


def _backend(folder: Path, visits: int, samples: Samples) -> None:
    with closing(backend_load.sizes(folder, visits)) as sizes:
        for number, size in enumerate(sizes):
            if not samples.add("backend", number * backend_load.EVERY, size):
                return


_MEASURES: dict[str, tuple[Callable[[Path, int, Samples], None], int]] = {
    "kiosk": (_kiosk, memory.EVERY),
    "backend": (_backend, backend_load.EVERY),
}
"""Each with how many visits lie between two of its samples."""


def told(what: str, found: Sequence[Sample], every: int, warm_up: int) -> str:
    """Theil-Sen over what came after `warm_up` visits."""
    settled = [size for number, size in found if number >= warm_up]
    if len(settled) < 2:
        return f"{what}: {len(found)} samples, too few\n"
    first, last = (size / 2**20 for size in (settled[0], settled[-1]))
    bytes_a_visit = slope(settled, every)
    return (
        f"{what}: {bytes_a_visit:.0f} B a visit ({'flat' if bytes_a_visit <= _GOAL_BYTES else 'GROWS'}) over "
        f"{found[-1][0] + every:,} visits, the first {warm_up:,} excluded: {first:.1f} → {last:.1f} MiB\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--visits", type=int, default=_VISITS)
    parser.add_argument("--warm-up", type=int, default=_WARM_UP)
    parser.add_argument("--tally", type=Path, required=True, help="a file of samples: stop with SIGTERM, go on with it")
    wanted = parser.parse_args()
    samples = Samples(wanted.tally, wanted.visits)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: samples.stopped.set())
    for what, (measure, every) in _MEASURES.items():
        if not samples.stopped.is_set() and not samples.whole(what, every):
            samples.begin(what)
            with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
                measure(Path(folder), wanted.visits, samples)
        sys.stdout.write(told(what, samples.of[what], every, wanted.warm_up))
        sys.stdout.flush()
    return 0 if all(samples.whole(what, every) for what, (_, every) in _MEASURES.items()) else 3


if __name__ == "__main__":
    sys.exit(main())
