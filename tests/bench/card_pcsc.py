"""A card read through PC/SC by our driver, beside a C program on libpcsclite that sends the same APDUs.

Both speak to one pcscd with vsmartcard's virtual reader; behind it lies the simulated card. Each reading is one
connection: power, twelve or so APDUs, reset. Where no C compiler, pcscd or network namespace can be had there is no
figure.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from devices.conformance.waiting import until
from devices.sim.client import Simulator
from devices.transport.card_slot import Occupancy
from devices.transport.pcsc import PcscSlot
from kiosk.engine.clock import SystemClock
from tests.bench import reading
from tests.bench.figures import Figure, percentile, tell
from tests.devices.support.pcsc import PORT, pcsc_service
from tests.devices.support.simulator import running

_READER = "Virtual PCD"
_ROUNDS, _TURNS = 120, 4
_GOAL = 1.5
_SECONDS = 45  # it takes five; there is one pcscd on a machine, and tests may have it


def _compiled(folder: Path) -> Path:
    program = folder / "card_read"
    source = Path(__file__).with_name("card_read.c")
    flags = ["-O2", "-Wall", "-Werror", "-I/usr/include/PCSC"]
    subprocess.run(["cc", *flags, source, "-o", program, "-lpcsclite"], check=True)
    return program


def _by_c(program: Path, apdus: list[bytes], rounds: int) -> list[float]:
    given = "\n".join(apdu.hex() for apdu in apdus)
    ended = subprocess.run([program, _READER, str(rounds)], input=given, capture_output=True, text=True, check=True)
    return [int(line) / 1000 for line in ended.stdout.split()]


def _by_us(rounds: int) -> list[float]:
    reader = reading.reader(_slot())
    reader.open()
    measured = [reading.read_once(reader) for _ in range(rounds)]
    reader.close()
    return measured


def _slot() -> PcscSlot:
    return PcscSlot(_READER, SystemClock())


def _insert(simulator: Simulator) -> None:
    eye = _slot()
    simulator.insert("zhangsan", transport="vpcd")
    until(lambda: eye.look().occupancy is Occupancy.OCCUPIED)
    eye.close()


def measure(folder: Path) -> list[Figure]:
    program = _compiled(folder)
    ours: list[float] = []
    theirs: list[float] = []
    readers = folder / "readers"  # pcscd takes every file in it for a description of readers
    readers.mkdir()
    with (
        pcsc_service(readers) as service,
        running(folder / "sim", "--vpcd", f"127.0.0.1:{PORT}", prefix=service.inside) as sim,
        sim.connect() as simulator,
    ):
        _insert(simulator)
        apdus = reading.recorded(_slot())
        for _ in range(_TURNS):
            theirs += _by_c(program, apdus, _ROUNDS // _TURNS)
            ours += _by_us(_ROUNDS // _TURNS)
    value, peer = percentile(ours, 0.5), percentile(theirs, 0.5)
    return [
        Figure(
            "card read over PC/SC, median",
            value,
            "ms",
            len(ours),
            _GOAL * peer,
            "C on libpcsclite, same APDUs",
            peer,
            f"{len(apdus)} APDUs; goal: a ratio of {_GOAL}; p99 {percentile(ours, 0.99):.1f}, "
            f"peer's {percentile(theirs, 0.99):.1f}",
        )
    ]


def _give_up(_number: int, _frame: object) -> None:
    raise TimeoutError(f"not within {_SECONDS} s: another pcscd may be at work")


def main() -> int:
    if shutil.which("cc") is None:
        sys.stderr.write("no C compiler: no figure of PC/SC\n")
        return 1
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_SECONDS)
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        try:
            tell(measure(Path(temporary)))
        except (pytest.skip.Exception, TimeoutError) as reason:
            sys.stderr.write(f"no figure of PC/SC: {reason}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
