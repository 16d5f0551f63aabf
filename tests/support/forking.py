"""Runs `kiosk` commands as real processes without the interpreter's start each time, and kills them where told.

A parent imports the kiosk once and forks for each command; each child is a process of its own with its own files,
sockets and threads. The kill comes from outside of the product: the child's journal is made to end the process
(SIGKILL) at its n-th row, before or after the row is on the disk.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from kiosk.plugins import driver, load, names


@dataclass(frozen=True)
class Kill:
    """End the process at its `row`-th journal row (counted from 1), `before` or `after` the row is stored."""

    row: int
    when: Literal["before", "after"] = "after"


@dataclass(frozen=True)
class Ended:
    """How a command ended; `code` is -9 when it was killed."""

    code: int
    lines: list[str]
    errors: list[str]

    @property
    def answer(self) -> dict[str, Any]:
        """Its last line as JSON."""
        answer: dict[str, Any] = json.loads(self.lines[-1])
        return answer


class Forge:
    """The parent, itself a child of the test; one command at a time."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
            cwd=Path(__file__).parents[2],
        )

    def run(self, *argv: str, kill: Kill | None = None, mutant: str = "", seconds: float = 60.0) -> Ended:
        """`mutant` changes the child before the command runs: `module:name` or `module:name:argument`, joined by ;."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"argv": argv, "kill": kill and [kill.row, kill.when], "mutant": mutant, "seconds": seconds}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ended(answer["code"], answer["lines"], answer["errors"])

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def _arm(row: int, when: str) -> None:
    """Let this process die at its n-th journal row."""
    from kiosk.journal.store import Row, Store

    append, count = Store.append, 0

    def deadly(self: Store, sid: str, kind: str, version: int, body: bytes) -> Row:
        nonlocal count
        count += 1
        if count == row and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        stored = append(self, sid, kind, version, body)
        if count == row:
            os.kill(os.getpid(), signal.SIGKILL)
        return stored

    Store.append = deadly  # type: ignore[method-assign]


def _child(request: dict[str, Any], output: int, errors: int) -> None:
    from kiosk.cli import main

    os.dup2(output, 1)
    os.dup2(errors, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    for change in filter(None, request["mutant"].split(";")):
        module, name, *argument = change.split(":", 2)
        getattr(importlib.import_module(module), name)(*argument)
    if request["kill"]:
        _arm(*request["kill"])
    code = main(request["argv"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _reap(pid: int, seconds: float) -> int:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -255


def _preload() -> None:
    """Whatever a visit imports, so that children need not."""
    import kiosk.journalling
    import kiosk.running

    del kiosk
    devices = ("card_readers", "id_readers", "scanners", "keypads", "receipt_printers", "page_printers", "cameras")
    for group in (*devices, "documents"):
        for name in names(group):
            driver(group, name)
    for group in ("settlements", "hospitals", "payments", "simulators", "demos"):
        for name in names(group):
            load(group, name)


def _serve() -> None:
    _preload()
    for line in sys.stdin:
        request = json.loads(line)
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            pid = os.fork()
            if pid == 0:
                _child(request, output.fileno(), errors.fileno())
            code = _reap(pid, request["seconds"])
            answer = {"code": code, "lines": _lines(output), "errors": _lines(errors)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _lines(file: IO[bytes]) -> list[str]:
    file.seek(0)
    return file.read().decode(errors="replace").splitlines()


if __name__ == "__main__":
    _serve()
