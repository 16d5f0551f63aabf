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


class SimulatedIdCards:
    """An `IdReaderBench` made of a simulator."""

    holder = PersonName("张三")
    resident_id = ResidentId("111111198101011110")
    secrets = ("张三", "111111198101011110", "19810101", "1981-01-01", "示范街道", "李𬭎", "MONIMONI")
    abilities = frozenset(
        {
            Ability.UNPLUG,
            Ability.LIFT_WHILE_READING,
            Ability.ANY_ID_CARD,
            Ability.FLAWED_ID_CARDS,
            Ability.FORGETFUL_READER,
            Ability.SPOILT_ANSWERS,
            Ability.LINE_SPEED,
            Ability.SLOW_CARD,
            Ability.SILENCE,
            Ability.SICK_READER,
            Ability.OTHER_BAUD,
        }
    )

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def lay(self, **how: str | int | bool) -> None:
        self.simulator.ask("lay", **{"person": "zhangsan", **how})

    def lift(self) -> None:
        self.simulator.lift()

    def find_again(self) -> None:
        self.simulator.ask("id_reader", finds_again=True)

    def spoil(self, kind: str, step: str, at: int) -> None:
        self.simulator.ask("spoil", kind=kind, answer=step, at=at)

    def slow_line(self, *, fragment: int, pause_ms: float) -> None:
        self.simulator.ask("id_reader", fragment=fragment, pause_ms=pause_ms)

    def slow_down(self, read_ms: int) -> None:
        self.simulator.ask("id_reader", read_ms=read_ms)

    def fall_silent(self) -> None:
        self.simulator.ask("id_reader", silent=True)

    def speak_again(self) -> None:
        self.simulator.ask("id_reader", silent=False)

    def fall_ill(self, how: str) -> None:
        self.simulator.ask("id_reader", module=how)

    def recover(self) -> None:
        self.simulator.ask("id_reader", module="well")

    def speak_at(self, baud: int) -> None:
        self.simulator.ask("id_reader", baud=baud)

    def asked(self) -> int:
        count: int = self.simulator.state()["id_reader"]["asked"]
        return count

    def unplug(self) -> None:
        self.simulator.ask("id_reader", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("id_reader", plugged=True)


class SimulatedScans:
    """A `ScannerBench` made of a simulator."""

    code = "134567890123456789"
    other_code = "4240123456789012345678901234"
    secrets = (code, other_code)
    abilities = frozenset({Ability.UNPLUG, Ability.NOISE, Ability.LINE_SPEED, Ability.STALE_CODE, Ability.SILENCE})

    def __init__(self, simulator: Simulator, clock: Clock, *, firmware: str = "newland", end: str = "\r") -> None:
        self.simulator, self.clock, self.end = simulator, clock, end
        simulator.ask("scanner", firmware=firmware)

    def show(self, code: str) -> None:
        self.simulator.ask("scan", code=code, end=self.end)

    def take_away(self) -> None:
        self.simulator.ask("take_code")

    def noise(self, raw: bytes) -> None:
        self.simulator.ask("noise", bytes_hex=raw.hex())

    def send_unasked(self, code: str) -> None:
        self.noise((code + self.end).encode())

    def line(self, *, baud: int, fragment: int, pause_ms: float) -> None:
        self.simulator.ask("scanner", baud=baud, fragment=fragment, pause_ms=pause_ms)

    def deafen(self) -> None:
        self.simulator.ask("scanner", silent=True)

    def refuse_commands(self) -> None:
        self.simulator.ask("scanner", refuses=True)

    def light(self) -> bool:
        lit: bool = self.simulator.state()["scanner"]["light"]
        return lit

    def unplug(self) -> None:
        self.simulator.ask("scanner", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("scanner", plugged=True)


class SimulatedView:
    """A `CameraBench` made of a simulator."""

    secrets = ()
    abilities = frozenset({Ability.UNPLUG})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def _see(self, scene: str) -> None:
        self.simulator.ask("camera", scene=scene)

    def uncover(self) -> None:
        self._see("person")

    def cover(self) -> None:
        self._see("covered")

    def defocus(self) -> None:
        self._see("blurred")

    def freeze(self) -> None:
        self._see("frozen")

    def fall_silent(self) -> None:
        raise NotImplementedError("files are never mute")

    def speak_again(self) -> None:
        raise NotImplementedError("files are never mute")

    def unplug(self) -> None:
        self.simulator.ask("camera", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("camera", plugged=True)


class SimulatedPaper:
    """A `PrinterBench` made of a simulator."""

    secrets = ("甲 end", "乙 end")
    abilities = frozenset({Ability.UNPLUG, Ability.MISHAP_WHILE_PRINTING, Ability.SILENCE})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def load_paper(self, *, near_end: bool = False) -> None:
        self.simulator.paper("near" if near_end else "ok")

    def run_out_of_paper(self, *, after_mm: int = 0) -> None:
        self.simulator.paper("out", after_mm)

    def open_cover(self, *, after_mm: int = 0) -> None:
        self.simulator.cover(opened=True, after_mm=after_mm)

    def close_cover(self) -> None:
        self.simulator.cover(opened=False)

    def stick_blade(self) -> None:
        self.simulator.cutter(stuck=True)

    def free_blade(self) -> None:
        self.simulator.cutter(stuck=False)

    def silence(self) -> None:
        self.simulator.silence_printer()

    def papers(self) -> list[tuple[str, ...]]:
        return [paper.rows for paper in self.simulator.printed()]

    def unplug(self) -> None:
        self.simulator.ask("printer", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("printer", plugged=True)
