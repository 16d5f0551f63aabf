"""An ID card read by our driver, bare bytes on the same line, and how soon the driver comes back when nobody speaks."""

from __future__ import annotations

import logging
import os
import select
import tempfile
import termios
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path

from devices.drivers import sam_v
from devices.drivers.sam_v import SamVSettings
from devices.sim.client import Simulator
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.id_reader import IdCardRead, IdReader
from tests.bench.figures import Figure, percentile, tell
from tests.devices.support.simulator import running

_CLOCK = SystemClock()
_READS, _TURNS, _CALLS = 60, 6, 30
_FAR = 60.0
_COMMANDS = [bytes.fromhex(f"AAAAAA9669{rest}") for rest in ("0003200122", "0003200221", "0003300132")]
_ANSWERS = (15, 19, 1295)
_LINE_MS = (sum(map(len, _COMMANDS)) + sum(_ANSWERS)) * 10 / 115200 * 1000
"""What find, select and read need on a line of 115200 8N1 whoever sends them; the simulator keeps to it."""


def _after(seconds: float) -> Monotonic:
    return Monotonic(_CLOCK.monotonic() + seconds)


def _read(reader: IdReader, simulator: Simulator) -> float:
    _lay(simulator)
    began = time.perf_counter()
    reading = reader.read(_after(_FAR), Cancel())
    ended = time.perf_counter()
    assert isinstance(reading, IdCardRead), reading
    return (ended - began) * 1000


def _lay(simulator: Simulator) -> None:
    simulator.lift()
    simulator.lay("zhangsan")


def _by_hand(fd: int, simulator: Simulator) -> float:
    _lay(simulator)
    began = time.perf_counter()
    for command, size in zip(_COMMANDS, _ANSWERS, strict=True):
        os.write(fd, command)
        heard = 0
        while heard < size:
            assert select.select([fd], [], [], 5.0)[0]
            heard += len(os.read(fd, size - heard))
    return (time.perf_counter() - began) * 1000


def _in_turns(make: Callable[[], IdReader], path: str, simulator: Simulator) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    raw: list[float] = []
    for _ in range(_TURNS):
        reader = make()
        reader.open()
        reader.status()
        ours += [_read(reader, simulator) for _ in range(_READS // _TURNS)]
        reader.close()
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(fd)
        attributes = termios.tcgetattr(fd)
        attributes[4] = attributes[5] = termios.B115200
        termios.tcsetattr(fd, termios.TCSANOW, attributes)
        raw += [_by_hand(fd, simulator) for _ in range(_READS // _TURNS)]
        os.close(fd)
    return ours, raw


def _late(reader: IdReader) -> list[float]:
    """Milliseconds beyond the deadline, on a reader that says nothing."""
    found: list[float] = []
    for seconds in (0.05, 0.2, 0.5, 1.0, 2.0, 4.0):
        for call in (reader.wait, reader.read):
            deadline = _after(seconds)
            call(deadline, Cancel())
            found.append((_CLOCK.monotonic() - deadline) * 1000)
    return found


def _cancelled(reader: IdReader) -> list[float]:
    """Milliseconds from cancelling to the return of the call, on the same reader."""
    return [_cancelled_once(reader.wait if number % 2 else reader.read) for number in range(_CALLS)]


def _cancelled_once(call: Callable[[Monotonic, Cancel], object]) -> float:
    cancel = Cancel()
    returned: list[float] = []

    def run() -> None:
        call(_after(_FAR), cancel)
        returned.append(_CLOCK.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    cancel.sleep(0.1)
    began = _CLOCK.monotonic()
    cancel.cancel()
    thread.join()
    return (returned[0] - began) * 1000


def measure(folder: Path) -> list[Figure]:
    host = Host(_CLOCK, logging.getLogger("bench"))
    with running(folder) as sim, sim.connect() as simulator:

        def make() -> IdReader:
            return sam_v.simulated.make(SamVSettings(port=sim.ready["id_reader"]), host)

        ours, raw = _in_turns(make, sim.ready["id_reader"], simulator)
        simulator.ask("id_reader", silent=True)
        reader = make()
        reader.open()
        late, cancelled = _late(reader), _cancelled(reader)
        reader.close()
    return [
        Figure(
            "ID card read, p95",
            percentile(ours, 0.95),
            "ms",
            len(ours),
            _LINE_MS + 30,
            "same frames by hand on the same line",
            percentile(raw, 0.95),
            f"line time {_LINE_MS:.0f}; median {percentile(ours, 0.5):.1f}, peer's {percentile(raw, 0.5):.1f}",
        ),
        Figure("ID reader mute: beyond the deadline, worst", max(late), "ms", len(late), 200, note="no peer"),
        Figure("ID reader mute: after a cancel, worst", max(cancelled), "ms", len(cancelled), 300, note="no peer"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
