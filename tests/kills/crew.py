"""Rounds on several processes, for hours if need be, that can be stopped at any time and go on where they were.

What comes of a busy machine (a backend that is not ready, a process that says nothing for minutes, a worker that the
kernel took) is neither a finding nor the absence of one: the round begins anew, and is told as unfinished when that
never helps.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn

from kiosk.children import ChildFailed
from tests.kills import disk
from tests.support.forking import Forge, Stalled

_TRIES = 4
_APART = multiprocessing.get_context("spawn")
"""Workers share no open pipe: each sees it when this process is gone."""
UNFINISHED = 3
"""The exit code of a proof with rounds that never came to an end."""


@dataclass(frozen=True, slots=True)
class Played:
    """A line of the tally. `found` is what the round came to, None when no try ended; `stalls` is what stopped the
    others.
    """

    job: str
    found: dict[str, Any] | None
    stalls: list[str]
    seconds: float


class Tally:
    """What was played so far, a line of JSON each, kept in a file when there is one."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.played: dict[str, Played] = {}
        if path is not None and path.exists():
            whole = path.read_text(encoding="utf-8").rpartition("\n")[0]
            rows = [Played(**json.loads(line)) for line in whole.splitlines()]
            self.played = {row.job: row for row in rows if row.found is not None}
            path.write_text("".join(f"{_line(row)}\n" for row in self.played.values()), encoding="utf-8")

    def add(self, played: Played) -> None:
        self.played[played.job] = played
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{_line(played)}\n")

    def of(self, jobs: Sequence[str]) -> list[Played]:
        return [self.played[job] for job in jobs if job in self.played]


def _line(played: Played) -> str:
    return json.dumps(asdict(played), ensure_ascii=False)


class Bench:
    """What a worker keeps from round to round: the processes that fork kiosks, by the environment of these."""

    def __init__(self) -> None:
        self._forges: dict[str, Forge] = {}
        self._ending = ExitStack()

    @cached_property
    def _folder(self) -> Path:
        return Path(self._ending.enter_context(tempfile.TemporaryDirectory(prefix="kills-")))

    @cached_property
    def _disk(self) -> Path:
        return disk.built(self._folder)

    def forge(self, environment: Mapping[str, str], *, failing_disk: bool) -> Forge:
        """Whose kiosks have this environment, and a disk that forgets and fails if told so."""
        given = dict(environment)
        if failing_disk:
            given = disk.environment(self._disk, given)
        key = json.dumps(given, sort_keys=True)
        if key not in self._forges:
            self._forges[key] = Forge(given)
        return self._forges[key]

    @contextmanager
    def house(self) -> Iterator[Path]:
        """A fresh folder for a round."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            yield Path(folder) / "house"

    def begin_anew(self) -> None:
        """Whatever forked kiosks may be what was wrong."""
        for forge in self._forges.values():
            forge.close()
        self._forges.clear()

    def close(self) -> None:
        self.begin_anew()
        self._ending.close()


Play = Callable[[str, Bench], dict[str, Any]]
"""Plays the round of that name; what it came to, for JSON. A module other than `__main__` has it."""


def attempt(job: str, play: Play, bench: Bench) -> Played:
    """Play until a try ends, a few times at most."""
    began, stalls = time.monotonic(), list[str]()
    for _ in range(_TRIES):
        try:
            return Played(job, play(job, bench), stalls, time.monotonic() - began)
        except (ChildFailed, Stalled) as problem:
            stalls.append(str(problem))
        except Exception as problem:  # noqa: BLE001 - a defect of the proof is told, and the other rounds go on
            stalls.append(f"{type(problem).__name__}: {problem}\n{traceback.format_exc()}")
        bench.begin_anew()
    return Played(job, None, stalls, time.monotonic() - began)


def _work(jobs: Connection, play: Play) -> None:
    signal.signal(signal.SIGTERM, _end)
    bench = Bench()
    try:
        while job := jobs.recv():
            jobs.send(attempt(job, play, bench))
    except EOFError:
        pass
    finally:
        bench.close()


def _end(_signal: int, _frame: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


class Crew:
    """So many workers; one that dies in a round is replaced, and its round is somebody's again."""

    def __init__(self, size: int, play: Play) -> None:
        self._play = play
        self._at: dict[Connection, tuple[BaseProcess, str]] = {}
        self._size = size

    def conduct(self, jobs: Sequence[str]) -> Iterator[Played]:
        """Each as it ends."""
        waiting, deaths = list(reversed(jobs)), dict[str, int]()
        while waiting or self._at:
            while waiting and len(self._at) < self._size:
                self._hire(waiting.pop())
            for ready in wait(list(self._at)):
                assert isinstance(ready, Connection)
                worker, job = self._at.pop(ready)
                try:
                    yield ready.recv()
                except (EOFError, ConnectionResetError):
                    worker.join()
                    deaths[job] = deaths.get(job, 0) + 1
                    if deaths[job] < _TRIES:
                        waiting.append(job)
                    else:
                        yield Played(job, None, [f"its worker ended with {worker.exitcode}"] * deaths[job], 0.0)
                    continue
                self._next(ready, worker, waiting.pop() if waiting else "")

    def _hire(self, job: str) -> None:
        ours, theirs = _APART.Pipe()
        worker = _APART.Process(target=_work, args=(theirs, self._play))
        worker.start()
        theirs.close()
        self._next(ours, worker, job)

    def _next(self, line: Connection, worker: BaseProcess, job: str) -> None:
        line.send(job)
        if job:
            self._at[line] = (worker, job)
        else:
            worker.join()
            line.close()

    def stop(self) -> None:
        """Whatever is being played is given up, in order: no process and no folder stays."""
        for worker, _ in self._at.values():
            worker.terminate()
        for worker, _ in self._at.values():
            worker.join()
        self._at.clear()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--processes", type=int, default=2 * (os.cpu_count() or 1))
    parser.add_argument("--tally", type=Path, help="a file of what was played: stop with SIGTERM, call again to go on")


def conduct(jobs: Sequence[str], play: Play, wanted: argparse.Namespace, told: Callable[[Played], str]) -> list[Played]:
    """Play what the tally does not have yet; each round's line is written as it ends. Raises SystemExit on SIGTERM."""
    signal.signal(signal.SIGTERM, _end)
    tally, crew = Tally(wanted.tally), Crew(wanted.processes, play)
    left = [job for job in jobs if job not in tally.played]
    try:
        for played in crew.conduct(left):
            tally.add(played)
            sys.stdout.write(told(played))
            sys.stdout.writelines(f"       begun anew: {stall.splitlines()[0]}\n" for stall in played.stalls)
            sys.stdout.flush()
    finally:
        crew.stop()
    return tally.of(jobs)
