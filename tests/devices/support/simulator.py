"""A `kiosk sim` process for tests, and the benches that it makes."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.conformance.bench import Ability
from devices.sim.client import Simulator
from kiosk.domain.personal import CardNumber, PersonName, ResidentId
from kiosk.ports.clock import Clock


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


class SimulatedCards:
    """A `CardBench` made of a simulator."""

    holder = PersonName("张三")
    resident_id = ResidentId("111111198101011110")
    card_number = CardNumber("M00000019")
    secrets = ("张三", "111111198101011110", "M00000019", "000000D15600000500BF7C7A48FB4901")
    abilities = frozenset(
        {
            Ability.UNPLUG,
            Ability.YANK_AT_APDU,
            Ability.ANY_CARD,
            Ability.MUTE_CARD,
            Ability.FOREIGN_CARD,
            Ability.FLAWED_CARDS,
            Ability.SLOW_CARD,
            Ability.SILENT_CARD,
        }
    )

    def __init__(self, simulator: Simulator, clock: Clock, transport: str = "socket") -> None:
        self.simulator, self.clock, self.transport = simulator, clock, transport

    def insert(self, **how: str | int | bool) -> None:
        options = {name: [value] if name == "p1" and isinstance(value, int) else value for name, value in how.items()}
        self.simulator.insert("zhangsan", transport=self.transport, **options)

    def remove(self) -> None:
        self.simulator.remove(self.transport)

    def apdus(self) -> int:
        count: int = self.simulator.state()["apdus"][self.transport]
        return count

    def unplug(self) -> None:
        self.simulator.ask("reader", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("reader", plugged=True)
