"""Who moves things on the bench: the simulators, a robot, or a person."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.conformance.bench import Ability
from devices.conformance.bench_file import BenchFile
from devices.conformance.human import BEYOND_HANDS, Person
from devices.sim.client import Hand, Simulator


@dataclass(frozen=True)
class Operator:
    """A hand ready to work, where the simulator has put its devices (empty for real ones), and what the hand cannot
    do. `others` are the places of a second simulator's devices, which the hand does not touch.
    """

    hand: Hand
    places: dict[str, str]
    unable: frozenset[Ability] = frozenset()
    others: Callable[[], dict[str, str]] = dict


class Operators:
    """Gives each test a hand on a bench that is as new; starts `kiosk sim` when the first test wants it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._places: dict[str, str] | None = None
        self._others: dict[str, str] | None = None
        self._person: Person | None = None

    def close(self) -> None:
        self._stack.close()

    @contextmanager
    def operator(self, bench: BenchFile) -> Iterator[Operator]:
        if bench.operator == "human":
            person = self._somebody()
            person.reset()
            yield Operator(person, {}, BEYOND_HANDS | bench.unable)
            return
        places = self._simulator() if bench.control is None else {}
        with Simulator(bench.control or Path(places["control"])) as hand:
            hand.reset()
            yield Operator(hand, places, bench.unable, self._second if places else dict)

    def _somebody(self) -> Person:
        if self._person is None:
            self._person = Person()
            self._stack.callback(self._person.close)
        return self._person

    def _simulator(self) -> dict[str, str]:
        if self._places is None:
            self._places = self._stack.enter_context(_simulator(self._folder))
        return self._places

    def _second(self) -> dict[str, str]:
        if self._others is None:
            self._others = self._stack.enter_context(_simulator(self._folder / "2"))
        return self._others


@contextmanager
def _simulator(folder: Path) -> Iterator[dict[str, str]]:
    """The places of a `kiosk sim` that runs for as long as the block does."""
    command = [sys.executable, "-m", "kiosk", "sim", "--workdir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                pytest.fail("kiosk sim does not start", pytrace=False)
            places: dict[str, str] = json.loads(line)
            yield places
        finally:
            process.terminate()
            process.wait(20)
