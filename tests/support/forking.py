"""Runs `kiosk` commands as real processes without the interpreter's start each time, and kills them where told.

A parent imports the kiosk once and forks for each command; each child is a process of its own with its own files,
sockets and threads. The kill comes from outside of the product: the child's journal is made to end the process
(SIGKILL) at its n-th row, before or after the row is on the disk. Commands that stand beside kiosks until told to end
(backend, simulator) come from the same kind of parent.
"""

from __future__ import annotations

import atexit
import ctypes
import faulthandler
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal

from kiosk.children import ChildFailed
from tests.support.warmth import warm_up, warm_up_others

_PATIENCE = 300.0
_LAST_WORDS = 10.0
_STACKS = 60
"""Lines of a stalled process's stacks that are told."""
_TO_END = 5.0
"""Seconds that a command which stands has after SIGTERM."""
_PR_SET_PDEATHSIG = 1
_OTHERS = frozenset({"backend", "reconcile"})
"""Commands that ask what no kiosk has loaded."""


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
        request = {"argv": argv, "kill": kill and [kill.row, kill.when], "mutant": mutant, "seconds": seconds}
        answer = self._ask("run", request)
        if answer["code"] is None:
            raise Stalled("\n".join((f"{' '.join(argv[:2])} after {seconds:g} s", *answer["errors"][-_STACKS:])))
        return Ended(answer["code"], answer["lines"], answer["errors"])

    @contextmanager
    def standing(self, *argv: str, log: Path, seconds: float = _PATIENCE) -> Iterator[dict[str, Any]]:
        """A command that goes on until the block ends, then gets SIGTERM; what it says when it is ready.

        Raises:
            ChildFailed: it ended, or was not ready in so many `seconds`; its errors are in `log`.
        """
        answer = self._ask("start", {"argv": argv, "log": str(log), "seconds": seconds})
        try:
            if not answer["ready"]:
                raise ChildFailed(f"{argv[0]} was not ready, see {log}")
            yield json.loads(answer["ready"])
        finally:
            self._ask("end", {"pid": answer["pid"]})

    def _ask(self, do: str, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise Stalled(f"{do} {' '.join(request.get('argv', ())[:2])}: the parent ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

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


@cache
def common_forge() -> Forge:
    """Of this process, for what stands beside kiosks: in the environment of the tests, on a disk that never fails."""
    made = Forge()
    atexit.register(made.close)
    return made


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


def _speak_into(output: int, errors: int) -> None:
    os.dup2(output, 1)
    os.dup2(errors, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    faulthandler.enable(sys.stderr)


def _end_as(argv: list[str]) -> None:
    """What `main` returns is the exit code of this process."""
    from kiosk.cli import main

    code = main(argv)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _child(request: dict[str, Any], output: int, errors: int) -> None:
    _speak_into(output, errors)
    for change in filter(None, request["mutant"].split(";")):
        module, name, *argument = change.split(":", 2)
        getattr(importlib.import_module(module), name)(*argument)
    if request["kill"]:
        _arm(*request["kill"])
    _end_as(request["argv"])


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


def _run(request: dict[str, Any]) -> dict[str, Any]:
    if request["argv"][0] in _OTHERS:
        warm_up_others()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        pid = os.fork()
        if pid == 0:
            _child(request, output.fileno(), errors.fileno())
        code = _reap(pid, request["seconds"])
        return {"code": code, "lines": _lines(output), "errors": _lines(errors)}


class _Servers:
    """The commands that stand, and the pipes they spoke into: closed earlier, one more word would end them."""

    def __init__(self) -> None:
        self._pipes: dict[int, int] = {}

    def start(self, request: dict[str, Any]) -> dict[str, Any]:
        warm_up_others()
        reading, writing = os.pipe()
        with Path(request["log"]).open("ab") as log:
            pid = os.fork()
            if pid == 0:
                _standing_child(request["argv"], writing, log.fileno())
        os.close(writing)
        self._pipes[pid] = reading
        return {"pid": pid, "ready": _first_line(reading, request["seconds"])}

    def end(self, request: dict[str, Any]) -> dict[str, Any]:
        pid: int = request["pid"]
        os.kill(pid, signal.SIGTERM)
        code = _wait(pid, _TO_END)
        if code is None:
            os.kill(pid, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(self._pipes.pop(pid))
        return {"code": code}


def _standing_child(argv: list[str], output: int, log: int) -> None:
    """In a session of its own, and ended with the parent."""
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    _speak_into(output, log)
    _end_as(argv)


def _first_line(pipe: int, seconds: float) -> str:
    """What comes within so many seconds; empty when nothing does, or the other end is closed."""
    end, said = time.monotonic() + seconds, b""
    while not said.endswith(b"\n"):
        readable, _, _ = select.select([pipe], [], [], max(end - time.monotonic(), 0))
        more = os.read(pipe, 65536) if readable else b""
        if not more:
            return ""
        said += more
    return said.decode()


def _serve() -> None:
    warm_up()
    servers = _Servers()
    acts = {"run": _run, "start": servers.start, "end": servers.end}
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(acts[request["do"]](request)) + "\n")
        sys.stdout.flush()


def _lines(file: IO[bytes]) -> list[str]:
    file.seek(0)
    return file.read().decode(errors="replace").splitlines()


if __name__ == "__main__":
    _serve()
