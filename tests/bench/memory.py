"""Memory, files and threads after a thousand whole visits: card, bill, settlement, booking, paper, farewell.

The kiosk runs in this process without a screen (what pages leave behind is a test of the screens). Its far ends and
devices are in memory too, so that a thousand visits take a minute and everything else (flow, loop, workers, journal on
the disk, audit, log, paper) is the real thing. `--real` puts the real drivers and adapters in, with simulators and
backend as processes of their own: several times as long, and the same figures.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.app import Application
from kiosk.building import Foundation
from kiosk.demo import Simulator, Surroundings, surroundings
from kiosk.engine.clock import SystemClock
from kiosk.flow.states import Home, Kiosk
from kiosk.headless import Headless
from kiosk.logs import log_to
from kiosk.running import read_script
from kiosk.visits import Player
from kiosk.workdir import Workdir
from tests.bench.far_end import RawLine, access
from tests.bench.figures import Figure, slope, tell
from tests.bench.in_memory import Hall
from tests.bench.living import Pages, bare, certno, foundation

_VISITS, EVERY = 1000, 10
_WARM_UP = 250  # visits, after which the caches (SQLite keeps 2 MB of pages) are all but full
_GOAL_BYTES = 2000.0
_HASTE = {"KIOSK__RULES__FAREWELL_PAGE": "0.01"}
_PATIENCE = 300.0
_ASTRAY = 0.01  # of the visits: somebody whom a busy machine keeps waiting leaves, and leaves nothing either
Seen = Callable[[int, float], bool]
"""Is told how many visits there were and the resident bytes, one time in `EVERY`; says whether to go on."""


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * float(os.sysconf("SC_PAGE_SIZE"))


def _open_files() -> float:
    return float(sum(1 for _ in Path("/proc/self/fd").iterdir()))


@dataclass
class Grown:
    """Samples, one each `EVERY` visits, since the caches were full."""

    resident: list[float] = field(default_factory=list)
    files: list[float] = field(default_factory=list)
    threads: list[float] = field(default_factory=list)

    def sample(self) -> None:
        self.resident.append(_resident())
        self.files.append(_open_files())
        self.threads.append(float(threading.active_count()))


class Visitors:
    """A kiosk with nothing on its front, and one person after another in front of it."""

    def __init__(self, at: Foundation, simulator: Simulator, fresh_bill: Callable[[], str]) -> None:
        self._simulator, self._fresh_bill, self._texts = simulator, fresh_bill, at.texts
        self._script = read_script("quick")
        self._pages = Pages()
        self._player: Player | None = None
        self._front = Headless()
        self._application = Application(at, self._front, self._watch)
        self.failed: BaseException | None = None
        self._astray, self._allowed = 0, 1.0

    def _watch(self, state: Kiosk) -> None:
        if self._player is not None:
            self._player.watch(state)
        self._pages.show(state)

    def come(self, visits: int, seen: Seen = lambda _number, _resident: True) -> Grown:
        """So many visits, and what they left."""
        grown = Grown()
        self._allowed = max(1.0, visits * _ASTRAY)

        def conduct() -> None:
            try:
                for number in range(visits):
                    self._visit()
                    if number >= min(_WARM_UP, visits // 2) and number % EVERY == 0:
                        grown.sample()
                    if number % EVERY == 0 and not seen(number, _resident()):
                        return
            except BaseException as problem:  # noqa: BLE001 - raised again by the thread that waits
                self.failed = problem
            finally:
                self._front.stop(0)

        threading.Thread(target=conduct, name="conductor").start()
        self._application.run()
        if self.failed is not None:
            raise self.failed
        return grown

    def _visit(self) -> None:
        state = self._pages.wait_for(Home)
        player = Player(self._script, self._simulator, self._application.send, self._fresh_bill(), self._texts)
        self._player = player
        player.watch(state)
        ended = player.wait(_PATIENCE)
        self._player = None
        if not ended or player.trail.fault is not None or "NextSteps" not in player.trail.states:
            self._astray += 1
            if self._astray > self._allowed:
                raise RuntimeError(f"the {self._astray}th visit went another way: {player.trail.states}")
        self._pages.wait_for(Home)


@contextmanager
def in_memory(folder: Path) -> Iterator[Visitors]:
    workdir = Workdir(folder / "house")
    fill = {"workdir": str(workdir.root), "backend.url": "https://127.0.0.1:1", "sim": str(folder)}
    hall = Hall()
    with hall.announced():
        at = bare(foundation(Surroundings(fill["backend.url"], folder, workdir, fill), _HASTE))
        yield Visitors(at, hall, hall.fresh_bill)


@contextmanager
def _real(folder: Path) -> Iterator[Visitors]:
    with surroundings(Workdir(folder / "house")) as around:
        line, simulator = RawLine(access(around)), around.simulator()
        yield Visitors(foundation(around, _HASTE), simulator, lambda: line.fresh_bill(certno("zhangsan"), "ct"))
        simulator.close()
        line.close()


def measure(folder: Path, visits: int, *, real: bool) -> list[Figure]:
    with (folder / "log").open("w") as log, _real(folder) if real else in_memory(folder) as visitors:
        log_to(log, SystemClock())
        grown = visitors.come(visits)
    slopes = [slope(samples, EVERY) for samples in (grown.files, grown.threads)]
    return [
        Figure(
            "memory a visit, slope (Theil-Sen)",
            slope(grown.resident, EVERY),
            "B",
            visits,
            _GOAL_BYTES,
            note=(
                f"{grown.resident[0] / 2**20:.1f} MiB after {_WARM_UP} visits, {grown.resident[-1] / 2**20:.1f} at the "
                f"end; slope of files {slopes[0]:g}, of threads {slopes[1]:g}; "
                f"{'real' if real else 'in-memory'} far ends; no peer: the goal is none at all"
            ),
        )
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory", description="what visits leave in memory")
    parser.add_argument("--real", action="store_true", help="simulators and backend as processes, real drivers")
    parser.add_argument("--visits", type=int, default=_VISITS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary), arguments.visits, real=arguments.real))


if __name__ == "__main__":
    main()
