"""What the reference backend costs on PostgreSQL with one client, beside the same SQL without it.

The visits are timed at the faces, in this process, and their SQL is written down on the way. `pgbench` then runs the
same statements with the same values on a copy of the database as it was before; so does psycopg, which prepares them as
SQLAlchemy's connections do. The server is of the bench's own, on the disk, with fsync. Throughput is told as
milliseconds a visit: 60 % of pgbench's speed are 1.67 times its milliseconds.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

from settlement.reference.ledger.store import Ledger
from settlement.reference.people import World
from tests.bench.backend_visits import Bank, Terminal, invented_world, prepared, whole
from tests.bench.figures import Figure, tell
from tests.support.postgres import Databases, Postgres, binaries, running_postgres

_WARM_UP, _VISITS = 12, 60
_GOAL = 0.6


@dataclass
class Tape:
    """Statements with their values, and None for each commit."""

    steps: list[tuple[str, Any] | None] = field(default_factory=list[Any])

    @contextmanager
    def recording(self, ledger: Ledger) -> Iterator[None]:
        engine = ledger._engine

        def executed(_c: object, _cursor: object, statement: str, values: Any, _context: object, _many: bool) -> None:
            self.steps += [(statement, each) for each in (values if isinstance(values, list) else [values])]

        def committed(_connection: object) -> None:
            self.steps.append(None)

        event.listen(engine, "before_cursor_execute", executed)
        event.listen(engine, "commit", committed)
        yield
        event.remove(engine, "before_cursor_execute", executed)
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


def _visits(bank: Bank, world: World, visits: int) -> float:
    """Milliseconds a visit."""
    house = Terminal(bank.post, world)
    house.sign_in()
    ready = [prepared(house, number) for number in range(visits)]
    began = time.perf_counter()
    for visit in ready:
        whole(visit)
    return (time.perf_counter() - began) * 1000 / visits


def _recorded(bank: Bank, world: World, server: Postgres, source: str, copies: list[str]) -> Tape:
    """The SQL of other visits of the same kind, after copies were made of the database as it is before them."""
    house, tape = Terminal(bank.post, world), Tape()
    house.sign_in()
    ready = [prepared(house, number) for number in range(_VISITS)]
    bank.ledger.close()  # a database is copied while nobody is connected
    for name in copies:
        server.copy(source, name)
    with tape.recording(bank.ledger):
        for visit in ready:
            whole(visit)
    return tape


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
        _visits(bank, world, _WARM_UP)
        spent = time.process_time()
        ours = _visits(bank, world, _VISITS)
        ours_cpu = (time.process_time() - spent) * 1000 / _VISITS
        tape = _recorded(bank, world, server, url.rpartition("/")[2], ["for_pgbench", "for_psycopg"])
        bench = _by_pgbench(server, "for_pgbench", tape, folder)
        bare = _by_psycopg(server, "for_psycopg", tape)
        bank.in_order()
        bank.ledger.close()
    note = (
        f"{tape.statements / _VISITS:.0f} statements and {tape.steps.count(None) / _VISITS:.0f} commits a visit; "
        f"{ours_cpu:.1f} ms of it processor time of ours; {bench / ours:.0%} of pgbench's speed, {bare / ours:.0%} of "
        f"psycopg's alone ({bare:.1f} ms)"
    )
    goal = bench / _GOAL
    return [
        Figure(
            "backend, a visit on PostgreSQL, one client",
            ours,
            "ms",
            _VISITS,
            goal,
            "pgbench, the same SQL",
            bench,
            note,
        )
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
