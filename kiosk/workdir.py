"""The folder in which one kiosk keeps what must survive, and the lock that keeps a second process out."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from kiosk.ports.obstacle import Obstacle


class AlreadyRunning(Obstacle):
    """Another process holds this work directory."""


class WorkdirUnusable(Obstacle):
    """Nothing can be made or written there."""


class Workdir:
    """`kiosk/` holds journal, audit, key; `sim/` and `backend/` belong to those programs; `out/` is for looking at."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._lock: IO[str] | None = None

    @property
    def kiosk(self) -> Path:
        return self._folder("kiosk")

    @property
    def packs(self) -> Path:
        """The last good policy packs; made when one is first kept."""
        return self.root / "kiosk" / "packs"

    @property
    def out(self) -> Path:
        return self._folder("out")

    def _folder(self, name: str) -> Path:
        path = self.root / name
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise self._unusable(problem) from problem
        return path

    def _unusable(self, problem: OSError) -> WorkdirUnusable:
        why = problem.strerror or type(problem).__name__
        return WorkdirUnusable(f"{self.root}: 工作目录不能用 · cannot be the work directory ({why}); name another")

    def lock(self) -> None:
        """Hold the directory until the process ends; AlreadyRunning when somebody else does."""
        try:
            file = (self.kiosk / "lock").open("a+", encoding="ascii")
        except OSError as problem:
            raise self._unusable(problem) from problem
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise AlreadyRunning(f"another process holds {self.root.name}") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._lock = file

    def unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
