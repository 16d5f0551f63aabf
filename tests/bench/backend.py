"""What the reference backend costs on PostgreSQL with one client, beside the same SQL without it.

The faces are timed, in this process, and their SQL is written down on the way. `pgbench` then runs the
same statements with the same values on a copy of the database as it was before; so does psycopg, which prepares them as
SQLAlchemy's connections do. They take turns, round by round. The server is the bench's own, on the disk, with fsync.
Throughput is told as milliseconds a visit: 60 % of pgbench's speed are 1.67 times its milliseconds.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from sqlalchemy import event

from settlement.reference.ledger.store import Ledger
from settlement.reference.people import World
from tests.bench.backend_visits import Bank, Terminal, invented_world, prepared, whole
from tests.bench.figures import Figure, tell
from tests.settlement.reference.house import Post
from tests.support.postgres import Databases, Postgres, binaries, running_postgres

_ROUNDS, _VISITS = 4, 24
_GOAL = 0.6


@dataclass
class Tape:
    """Statements with their values, and None for each commit."""

    steps: list[tuple[str, Any] | None] = field(default_factory=list[Any])

    @contextmanager
    def recording(self, ledger: Ledger) -> Iterator[None]:
        """What reaches the driver, whoever sends it; of a connection that is opened meanwhile."""
        engine, steps = ledger._engine, self.steps

        class Listening(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
                steps.append((str(query), params))
                return super().execute(query, params, **options)

            def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
                rows = list(params_seq)
                steps.extend((str(query), row) for row in rows)
                super().executemany(query, rows, **options)

        def committed(_connection: object) -> None:
            steps.append(None)

        def listen(connection: Any, _record: object, _proxy: object) -> None:
            connection.cursor_factory = Listening

        event.listen(engine, "checkout", listen)
        event.listen(engine, "commit", committed)
        yield
        event.remove(engine, "checkout", listen)
        event.remove(engine, "commit", committed)

    @property
    def statements(self) -> int:
        return sum(step is not None for step in self.steps)

    def as_script(self, connection: psycopg.Connection) -> str:
        """For pgbench: each statement on a line of its own, values written out."""
        cursor = psycopg.ClientCursor(connection)
        lines = ["BEGIN;"]
        for step in self.steps:
            if step is None:
                lines += ["COMMIT;", "BEGIN;"]
            else:
                lines.append(" ".join(cursor.mogrify(step[0].encode(), step[1]).split("\n")) + ";")
        return "\n".join(lines[:-1]) + "\n"

    def replay(self, connection: psycopg.Connection) -> None:
        """By psycopg alone."""
        for step in self.steps:
            if step is None:
                connection.commit()
            else:
                statement, values = step
                connection.execute(statement.encode(), values)


@dataclass
class Stopwatch:
    """Time that the faces take; what a kiosk does with their answers is the kiosk's."""

    post: Post
    wall: float = 0.0
    processor: float = 0.0

    def __call__(self, path: str, body: bytes) -> bytes:
        began, spent = time.perf_counter(), time.process_time()
        try:
            return self.post(path, body)
        finally:
            self.wall += time.perf_counter() - began
            self.processor += time.process_time() - spent


@dataclass
class Round:
    """Milliseconds a visit: ours, of it processor time, and the two who had the same SQL."""

    ours: float
    processor: float
    pgbench: float
    psycopg: float
    tape: Tape


def _round(bank: Bank, world: World, server: Postgres, source: str, folder: Path, number: int) -> Round:
    """So many visits timed, on the ledger as it is; and their SQL on two copies of it as it was before them."""
    watch, tape = Stopwatch(bank.post), Tape()
    house = Terminal(watch, world)
    house.sign_in()
    ready = [prepared(house, at) for at in range(_VISITS)]
    copies = [f"for_pgbench_{number}", f"for_psycopg_{number}"]
    bank.ledger.close()  # a database is copied while nobody is connected
    for name in copies:
        server.copy(source, name)
    house.sign_in()  # connects again
    with tape.recording(bank.ledger):
        watch.wall = watch.processor = 0.0
        for visit in ready:
            whole(visit)
        ours, processor = watch.wall * 1000 / _VISITS, watch.processor * 1000 / _VISITS
    by_pgbench = _by_pgbench(server, copies[0], tape, folder)
    return Round(ours, processor, by_pgbench, _by_psycopg(server, copies[1], tape), tape)


def _by_pgbench(server: Postgres, database: str, tape: Tape, folder: Path) -> float:
    programs = binaries()
    assert programs is not None
    script = folder / "visits.sql"
    with closing(psycopg.connect(server.dsn(database))) as connection:
        script.write_text(tape.as_script(connection), encoding="utf-8")
    options = ["--no-vacuum", "--client=1", "--transactions=1", f"--file={script}"]
    place = ["--host=127.0.0.1", f"--port={server.port}", "--username=postgres", database]
    done = subprocess.run(
        [str(programs / "pgbench"), *options, *place], capture_output=True, text=True, check=True, timeout=300
    )
    found = next(line for line in done.stdout.splitlines() if line.startswith("latency average"))
    assert "failed transactions: 0" in done.stdout, done.stdout
    return float(found.split("=")[1].split()[0]) / _VISITS


def _by_psycopg(server: Postgres, database: str, tape: Tape) -> float:
    with closing(psycopg.connect(server.dsn(database))) as connection:
        began = time.perf_counter()
        tape.replay(connection)
        return (time.perf_counter() - began) * 1000 / _VISITS


def measure(folder: Path) -> list[Figure]:
    world = invented_world()
    with running_postgres(on_disk=True) as server:
        url = Databases(server).fresh()
        bank = Bank.on(url, world)
        rounds = [_round(bank, world, server, url.rpartition("/")[2], folder, number) for number in range(_ROUNDS + 1)]
        bank.in_order()
        bank.ledger.close()
    return [_figure(rounds[1:])]  # the first fills caches


def _figure(rounds: Sequence[Round]) -> Figure:
    ours, processor = median(each.ours for each in rounds), median(each.processor for each in rounds)
    bench, bare = median(each.pgbench for each in rounds), median(each.psycopg for each in rounds)
    tape = rounds[0].tape
    speeds = sorted(each.pgbench / each.ours for each in rounds)
    note = (
        f"{tape.statements / _VISITS:.0f} statements and {tape.steps.count(None) / _VISITS:.0f} commits a visit; "
        f"{processor:.1f} ms of ours is processor time; {median(speeds):.0%} of pgbench's speed ({speeds[0]:.0%} to "
        f"{speeds[-1]:.0%} by round); psycopg alone {bare:.1f} ms"
    )
    name, count = "backend, a visit on PostgreSQL, one client", _VISITS * len(rounds)
    return Figure(name, ours, "ms", count, bench / _GOAL, "pgbench, the same SQL", bench, note)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
