"""Process start → usable home: from the start of `kiosk run` to the frame that shows the home page.

The kiosk says READY=1 to its service manager after its first frame, which is that of the home page; here we are the
service manager. Simulators and backend run already, as a hospital's devices do. Files are in the page cache: what a
disk adds after power-on is not measured.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from kiosk import fonts
from kiosk.demo import Surroundings, surroundings
from kiosk.workdir import Workdir
from tests.bench import panel
from tests.bench.figures import Figure, tell

_ROUNDS = 5
_GOAL_MS = 1500.0
_PATIENCE = 60.0


@contextmanager
def _manager(folder: Path) -> Iterator[tuple[str, socket.socket]]:
    """A service manager's ear: its address and the socket on which READY=1 comes."""
    address = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(address))
        ear.settimeout(_PATIENCE)
        yield str(address), ear
    address.unlink()


@dataclass
class Starts:
    """Milliseconds to READY=1 of each start: by the clock, and of processor time, which other work hardly touches."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def start(command: list[str], environment: Mapping[str, str], folder: Path, starts: Starts) -> None:
    """Start it, hear READY=1, end it."""
    with _manager(folder) as (address, ear), (folder / "errors").open("ab") as errors:
        began = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, **environment, "NOTIFY_SOCKET": address}, stderr=errors, start_new_session=True
        )
        try:
            while b"READY=1" not in ear.recv(4096):
                pass
            starts.clock.append((time.monotonic() - began) * 1000)
            starts.processor.append(_processor_time(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE)


def _processor_time(pid: int) -> float:
    """Milliseconds, of all its threads, in the program and in the kernel (proc(5), stat: utime and stime)."""
    told = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _kiosk(around: Surroundings) -> list[str]:
    options = ["--workdir", str(around.workdir.root), "--backend", around.backend_url, "--sim", str(around.control)]
    return [sys.executable, "-m", "kiosk", "run", "--profile", "demo", *options]


def _bare() -> list[str]:
    script = Path(__file__).with_name("bare_window.py")
    return [sys.executable, str(script), *(str(fonts.path(weight)) for weight in fonts.WEIGHTS)]


def measure(folder: Path) -> list[Figure]:
    environment = panel.environment(folder)
    ours, bare = Starts(), Starts()
    with surroundings(Workdir(folder / "house")) as around:
        for _ in range(_ROUNDS):
            start(_bare(), environment, folder, bare)
            start(_kiosk(around), environment, folder, ours)
    note = (
        f"fastest {min(ours.clock):.0f}, slowest {max(ours.clock):.0f}; processor time {median(ours.processor):.0f}, "
        f"peer's {median(bare.processor):.0f}; files cached"
    )
    return [
        Figure(
            "process start -> usable home, median",
            median(ours.clock),
            "ms",
            _ROUNDS,
            _GOAL_MS,
            "bare PySide6 window, one page",
            median(bare.clock),
            note,
        )
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
