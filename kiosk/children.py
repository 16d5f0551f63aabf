"""Programs the demo starts beside the kiosk: the simulator, the reference backend, the dock. Ended by id, in order."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.ports.obstacle import Obstacle

_READY_SECONDS = 30.0
_END_SECONDS = 5.0


class ChildFailed(Obstacle):
    """The program ended, or said nothing, before it was ready."""


def _ended_with_us() -> list[str]:
    """A prefix that has the kernel end the child when this process is killed, where util-linux can."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


class Child:
    """One `kiosk` command running as a child until `end`."""

    def __init__(self, command: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> None:
        self.name = command[0]
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [*_ended_with_us(), sys.executable, "-m", "kiosk", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )

    def ready(self, within: float = _READY_SECONDS) -> dict[str, Any]:
        """Its ready line; ChildFailed when none comes in so many seconds."""
        timer = threading.Timer(within, self.end)
        timer.start()
        try:
            if self._process.stdout is None:
                raise ChildFailed(self.name)
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            raise ChildFailed(f"{self.name} ended with {self._process.poll()}, see {self._log.name}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """At once and unasked, as when the power fails; this process only."""
        self._process.kill()
        self._process.wait()
        self.end()

    def end(self) -> None:
        """SIGTERM, then SIGKILL after a while; this process only."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()
