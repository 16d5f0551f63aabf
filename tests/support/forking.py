"""Runs `kiosk` commands as real processes without the interpreter's start each time, and kills them where told.

A parent imports the kiosk once and forks for each command; each child is a process of its own with its own files,
sockets and threads. The kill comes from outside of the product: the child's journal is made to end the process
(SIGKILL) at its n-th row, before or after the row is on the disk.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from tests.support.warmth import warm_up

_PATIENCE = 300.0
_LAST_WORDS = 10.0
_STACKS = 60
"""Lines of a stalled process's stacks that are told."""


class Stalled(Exception):
    """A command did not end in minutes, or the parent is gone: of a busy machine it says nothing about the kiosk. Bears
    the stacks of the command's threads.
    """


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

    def run(self, *argv: str, kill: Kill | None = None, mutant: str = "", seconds: float = _PATIENCE) -> Ended:
        """`mutant` changes the child before the command runs: `module:name` or `module:name:argument`, joined by ;.

        Stalled when it did not end in so many `seconds`.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"argv": argv, "kill": kill and [kill.row, kill.when], "mutant": mutant, "seconds": seconds}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise Stalled(f"{' '.join(argv[:2])}: the parent ended")
        answer = json.loads(line)
        if answer["code"] is None:
            raise Stalled("\n".join((f"{' '.join(argv[:2])} after {seconds:g} s", *answer["errors"][-_STACKS:])))
        return Ended(answer["code"], answer["lines"], answer["errors"])

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE + 2 * _LAST_WORDS)
        finally:
            self._process.kill()
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
    faulthandler.enable(sys.stderr)
    for change in filter(None, request["mutant"].split(";")):
        module, name, *argument = change.split(":", 2)
        getattr(importlib.import_module(module), name)(*argument)
    if request["kill"]:
        _arm(*request["kill"])
    code = main(request["argv"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _reap(pid: int, seconds: float) -> int | None:
    """How it ended; None when it did not, was asked for its stacks, and was killed."""
    code = _wait(pid, seconds)
    if code is not None:
        return code
    os.kill(pid, signal.SIGABRT)
    if _wait(pid, _LAST_WORDS) is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return None


def _wait(pid: int, seconds: float) -> int | None:
    ending = os.pidfd_open(pid)
    try:
        ended, _, _ = select.select([ending], [], [], seconds)
    finally:
        os.close(ending)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if ended else None


def _serve() -> None:
    warm_up()
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
