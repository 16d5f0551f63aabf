"""A `kiosk sim` process for tests, and the benches that it makes."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.sim.client import Simulator


@dataclass(frozen=True)
class Running:
    """A simulator process and the places of its devices."""

    process: subprocess.Popen[str]
    ready: dict[str, str]

    @property
    def control(self) -> Path:
        return Path(self.ready["control"])

    def connect(self) -> Simulator:
        return Simulator(self.control)


@contextmanager
def running(workdir: Path, *options: str, prefix: Sequence[str] = ()) -> Iterator[Running]:
    """`kiosk sim` in `workdir`, ended by SIGTERM; `prefix` is a program that starts it elsewhere (nsenter)."""
    command = [*prefix, sys.executable, "-m", "kiosk", "sim", "--workdir", str(workdir), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield Running(process, json.loads(line))
        finally:
            process.terminate()
            assert process.wait(20) == 0
