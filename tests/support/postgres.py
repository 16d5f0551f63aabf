"""A PostgreSQL of the tests' own: Debian's binaries, a temporary folder, a free port of this machine, gone afterwards.

The server refuses to run as root; where the tests do, `setpriv` makes it the user that Debian's package created.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

_SECONDS = 30.0
_MEMORY, _ROOM = Path("/dev/shm"), 1 << 30
_OWNER = "postgres"
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60", "log_min_messages=fatal")


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`, which Debian keeps out of the path; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Postgres:
    """A server that answers; `url` is for SQLAlchemy, `dsn` for psycopg."""

    port: int
    pid: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{database}"

    def dsn(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={_OWNER} dbname={database}"

    def create(self, database: str) -> str:
        """A new database; its URL."""
        with self._connection() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)

    def copy(self, source: str, database: str) -> None:
        """A copy of a database to which nobody is connected."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self._connection() as connection:
            connection.execute(statement.format(sql.Identifier(database), sql.Identifier(source)))

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(self.dsn(_OWNER), autocommit=True)


class Databases:
    """Databases of one server. Making one writes 7 MB, so that most tests empty the one they share."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = count(1)
        self.shared = self.fresh()

    def fresh(self) -> str:
        """The URL of a new and empty one."""
        return self._server.create(f"ledger_{next(self._numbers)}")

    def keep(self, tables: Sequence[str]) -> Kept:
        """What the shared one holds now in `tables`, those first that others refer to."""
        return Kept(self._server.dsn(self.shared.rpartition("/")[2]), tables)


class Kept:
    """The rows of a database, copied into a schema of their own and put back as often as a test wants them."""

    def __init__(self, dsn: str, tables: Sequence[str]) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        names = [sql.Identifier(table) for table in tables]
        copies = [sql.SQL("CREATE TABLE kept.{0} AS TABLE {0}").format(name) for name in names]
        self._connection.execute(_one_after_another(sql.SQL("CREATE SCHEMA kept"), *copies))
        emptied = [sql.SQL("DELETE FROM {}").format(name) for name in reversed(names)]
        filled = [sql.SQL("INSERT INTO {0} TABLE kept.{0}").format(name) for name in names]
        self._back = _one_after_another(*emptied, *filled)

    def restore(self) -> None:
        self._connection.execute(self._back)

    def close(self) -> None:
        self._connection.close()


def _one_after_another(*statements: sql.Composable) -> sql.Composed:
    """In one message, and so in one transaction."""
    return sql.SQL("; ").join(statements)


@contextmanager
def running_postgres(*, on_disk: bool = False) -> Iterator[Postgres]:
    """A new cluster, up when the block begins and deleted when it ends.

    In memory where there is room for it: tests commit thousands of times and lose nothing with the power. What is
    measured belongs on a disk.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server here")
    folder = Path(tempfile.mkdtemp(prefix="kiosk-postgres-", dir=None if on_disk else _in_memory()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER, _OWNER)
        data = folder / "data"
        common = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        _run([str(programs / "initdb"), f"--pgdata={data}", f"--username={_OWNER}", *common])
        with _started(programs, data) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    with suppress(OSError):
        if shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return None


def _as_owner(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={_OWNER}", f"--regid={_OWNER}", "--clear-groups", *command]


def _run(command: list[str]) -> None:
    subprocess.run(_as_owner(command), check=True, capture_output=True, cwd="/", timeout=_SECONDS)


@contextmanager
def _started(programs: Path, data: Path) -> Iterator[Postgres]:
    port = _free_port()
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), *settings]
    with subprocess.Popen(_as_owner(command), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/") as process:
        try:
            yield _answering(process, Postgres(port, process.pid))
        finally:
            process.send_signal(signal.SIGQUIT)  # "immediate": what is deleted next needs no checkpoint
            process.wait(_SECONDS)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _answering(process: subprocess.Popen[bytes], server: Postgres) -> Postgres:
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            server._connection().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return server
