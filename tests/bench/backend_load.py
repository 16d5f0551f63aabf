"""The reference backend under load: eight clients through TLS on PostgreSQL, and where its knee is.

An open-loop generator starts visits at a fixed rate whatever becomes of those before, and a visit's latency runs from
the moment it was meant to start, so that waiting for a free client counts. The rate is raised step by step; the knee is
the highest at which 95 of 100 visits end within the limit and the generator is not left behind. Told as milliseconds a
visit: 50 visits a second are 20. Clients, backend and database share this machine's processors.
"""

from __future__ import annotations

import argparse
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from settlement.access import Access
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import World
from tests.bench.backend_visits import (
    Bank,
    Terminal,
    children_cpu_seconds,
    cpu_seconds,
    invented_world,
    prepared,
    whole,
)
from tests.bench.far_end import RawLine
from tests.bench.figures import Figure, percentile, slope, tell
from tests.settlement.reference.house import Visit
from tests.settlement.reference.running import Running, start
from tests.support.postgres import Databases, Postgres, running_postgres

_CLIENTS = 8
_RATES = (2, 4, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 60, 75)
_STEP_SECONDS = 6.0
_LIMIT_MS = 1000.0
_GOAL_MS = 20.0
_GOAL_BYTES = 2000.0
EVERY = 50


@dataclass
class House:
    """A backend of its own on a database of its own, and the clients' connections to it."""

    server: Postgres
    running: Running
    world: World
    database: str
    lines: list[RawLine] = field(default_factory=list[RawLine])

    def terminal(self) -> Terminal:
        """On a connection that nobody else uses."""
        folder = self.running.folder
        cert, key = folder / "kiosk.pem", folder / "kiosk.key"
        line = RawLine(Access(url=self.running.url, ca=folder / "ca.pem", cert=cert, key=key))
        self.lines.append(line)
        terminal = Terminal(lambda path, body: line.ask("POST", path, body), self.world)
        terminal.sign_in()
        return terminal


@contextmanager
def backend(folder: Path) -> Iterator[House]:
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres(on_disk=True))
        database = Databases(server).fresh()
        running = start(folder, "--db", database)
        house = House(server, running, invented_world(), database)
        stack.callback(running.end)
        yield house
        for line in house.lines:
            line.close()
        bank = Bank(Ledger(database), lambda _path, _body: b"")
        bank.in_order()
        bank.ledger.close()


@dataclass(frozen=True)
class Step:
    """One rate: latencies in ms from the intended start, visits a second that ended, processor time a visit."""

    rate: float
    latencies: Sequence[float]
    reached: float
    shares: tuple[float, float, float]

    @property
    def p95(self) -> float:
        return percentile(self.latencies, 0.95)

    @property
    def held(self) -> bool:
        return self.p95 <= _LIMIT_MS and self.reached >= 0.9 * self.rate


def _step(house: House, terminals: Sequence[Terminal], rate: float, seconds: float = _STEP_SECONDS) -> Step:
    count = max(_CLIENTS, int(rate * seconds))
    visits = [prepared(terminals[number % _CLIENTS], number) for number in range(count)]
    due: queue.SimpleQueue[tuple[float, Visit] | None] = queue.SimpleQueue()
    latencies: list[float] = []
    before = _spent(house)
    began = time.perf_counter()
    clients = [threading.Thread(target=_serve, args=(terminal, due, latencies.append)) for terminal in terminals]
    for client in clients:
        client.start()
    for number, visit in enumerate(visits):
        meant = began + number / rate
        time.sleep(max(0.0, meant - time.perf_counter()))
        due.put((meant, visit))
    for _ in clients:
        due.put(None)
    for client in clients:
        client.join()
    elapsed = time.perf_counter() - began
    backend_cpu, database_cpu, own_cpu = (after - sooner for after, sooner in zip(_spent(house), before, strict=True))
    shares = (backend_cpu * 1000 / count, database_cpu * 1000 / count, own_cpu * 1000 / count)
    assert len(latencies) == count, "a visit failed"
    return Step(rate, latencies, count / elapsed, shares)


def _serve(
    terminal: Terminal, due: queue.SimpleQueue[tuple[float, Visit] | None], note: Callable[[float], None]
) -> None:
    while (work := due.get()) is not None:
        meant, visit = work
        visit.house = terminal
        whole(visit)
        note((time.perf_counter() - meant) * 1000)


def _spent(house: House) -> tuple[float, float, float]:
    """Processor seconds so far: backend, database, and this process with its clients."""
    return cpu_seconds(house.running.process.pid), children_cpu_seconds(house.server.pid), time.process_time()


def measure(folder: Path) -> list[Figure]:
    with backend(folder) as house:
        terminals = [house.terminal() for _ in range(_CLIENTS)]
        _step(house, terminals, 4, 2.0)  # warm
        steps: list[Step] = []
        for rate in _RATES:
            steps.append(_step(house, terminals, rate))
            if not steps[-1].held:
                break
    return [_knee(steps)]


def _knee(steps: Sequence[Step]) -> Figure:
    held = [step for step in steps if step.held]
    knee, last = held[-1] if held else steps[0], steps[-1]
    backend_ms, database_ms, own_ms = knee.shares
    note = (
        f"{knee.rate:g} visits/s of ten calls, p50 {percentile(knee.latencies, 0.5):.0f} ms, p95 {knee.p95:.0f}; "
        f"at {last.rate:g}/s {last.reached:.1f}/s ended, p95 {last.p95:.0f} ms; processor time a visit: "
        f"backend {backend_ms:.0f} ms in one process, database {database_ms:.0f}, clients {own_ms:.0f}"
    )
    name = "backend, a visit at the knee, eight clients"
    return Figure(name, 1000 / knee.rate, "ms", len(knee.latencies), _GOAL_MS, note=note)


def sizes(folder: Path, visits: int) -> Generator[float]:
    """The backend's resident bytes after each fifty visits, in one client after another."""
    with backend(folder) as house:
        terminals = [house.terminal() for _ in range(_CLIENTS)]
        for done in range(0, visits, EVERY):
            for number in range(EVERY):
                whole(prepared(terminals[number % _CLIENTS], done + number))
            yield _resident(house.running.process.pid)


def measure_memory(folder: Path, visits: int) -> list[Figure]:
    """What visits leave in the backend."""
    found = list(sizes(folder, visits))
    settled = found[len(found) // 5 :]
    sampled = [f"{size / 2**20:.1f}" for size in (found[0], settled[0], found[-1])]
    note = f"{sampled[0]} MiB after {EVERY} visits, {sampled[1]} after a fifth of them, {sampled[2]} at the end"
    return [Figure("backend, memory a visit, slope", slope(settled, EVERY), "B", visits, _GOAL_BYTES, note=note)]


def _resident(pid: int) -> float:
    fields = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return float(next(line for line in fields if line.startswith("VmRSS")).split()[1]) * 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.backend_load", description="the backend under load")
    parser.add_argument("--visits", type=int, default=0, help="memory over so many visits instead of the knee")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        folder = Path(temporary)
        tell(measure_memory(folder, arguments.visits) if arguments.visits else measure(folder))


if __name__ == "__main__":
    main()
