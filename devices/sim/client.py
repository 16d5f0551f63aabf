"""A hand for the simulators: what dock, scripted visits and tests use to insert cards and take papers."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

Value = str | int | float | bool | list[int] | None

_DRAWN_WITHIN = 90.0
"""Seconds until somebody stands before the camera: a process begins, and draws them first."""


class SimulatorError(Exception):
    """The simulator refused a request, or is gone; the message is its own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that left the printer, as files and as what can be read on it."""

    png: Path
    escpos: Path
    rows: tuple[str, ...]
    codes: tuple[str, ...]
    complete: bool
    length_mm: int
    violations: tuple[str, ...]


class Hand:
    """Does to devices what people do to them. `ask` is the whole of it; the other methods give its requests a name."""

    def ask(self, do: str, **fields: Value) -> dict[str, Any]:
        """Any request of docs/simulators.md; SimulatorError when it is refused."""
        raise NotImplementedError(do, fields)

    def insert(self, person: str, **how: Value) -> None:
        """Put the card of `person` in; `how` is what else `insert` takes (generation, flaw, transport, delay_ms …)."""
        self.ask("insert", person=person, **how)

    def remove(self, transport: str = "socket") -> None:
        self.ask("remove", transport=transport)

    def yank(self, apdu: int, transport: str = "socket") -> None:
        """Pull the card out instead of answering its `apdu`-th APDU."""
        self.ask("yank", apdu=apdu, transport=transport)

    def lay(self, person: str, **how: Value) -> None:
        """Lay the ID card of `person` on the plate; `how` is what else `lay` takes (layout, flaw, lift_at …)."""
        self.ask("lay", person=person, **how)

    def lift(self) -> None:
        self.ask("lift")

    def scan(self, code: str) -> None:
        """Hold a code before the scanner until it was read."""
        self.ask("scan", code=code)

    def press(self, *keys: str) -> None:
        """Press keys of the keypad, one after another (next, select, help, 0 …)."""
        for key in keys:
            self.ask("press", key=key)

    def paper(self, state: Literal["out", "near", "ok"], after_mm: float = 0) -> None:
        self.ask("paper", state=state, after_mm=after_mm)

    def cover(self, *, opened: bool, after_mm: float = 0) -> None:
        self.ask("cover", open=opened, after_mm=after_mm)

    def cutter(self, *, stuck: bool) -> None:
        self.ask("cutter", stuck=stuck)

    def silence_printer(self, *, on: bool = True) -> None:
        self.ask("silent", on=on)

    def take_paper(self) -> None:
        self.ask("take_paper")

    def printed(self) -> tuple[Paper, ...]:
        """All papers since the start or the last reset, oldest first."""
        return tuple(_paper(each) for each in self.ask("printed")["papers"])

    def state(self) -> dict[str, Any]:
        return self.ask("state")

    def put(self, part: str, **qualities: Value) -> None:
        """Another device of these qualities in the place of a simulated one; a real one is what it is."""
        self.ask(part, **qualities)

    def sees(self, part: str, name: str) -> Any:
        """How something is at a device that can be seen or heard, by the names of `state`."""
        return self.state()[part][name]

    def reset(self) -> None:
        self.ask("reset")


class Simulator(Hand):
    """One connection to the control socket; for one thread. Requests wait `timeout` seconds for their answer."""

    def __init__(self, control: Path, timeout: float = 10.0) -> None:
        self._control = control
        self._timeout = timeout
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        try:
            self._socket.connect(str(control))
        except OSError as error:
            self._socket.close()
            raise SimulatorError(f"no simulator at {control}") from error
        self._lines = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._lines.close()
        self._socket.close()

    def ask(self, do: str, **fields: Value) -> dict[str, Any]:
        self._socket.settimeout(max(self._timeout, _DRAWN_WITHIN if do == "person" else 0.0))
        try:
            self._socket.sendall(json.dumps({"do": do} | fields).encode() + b"\n")
            line = self._lines.readline()
        except OSError as error:
            raise SimulatorError(f"{do}: no answer") from error
        answer: dict[str, Any] = json.loads(line) if line else {"ok": False, "error": "the simulator is gone"}
        if not answer["ok"]:
            raise SimulatorError(f"{do}: {answer['error']}")
        return answer

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """What happens from here on, on a connection of its own; the iterator ends after `timeout` seconds of quiet."""
        with Simulator(self._control, self._timeout) as listening:
            listening.ask("subscribe")
            yield listening._each_event()

    def _each_event(self) -> Iterator[dict[str, Any]]:
        try:
            while line := self._lines.readline():
                yield json.loads(line)
        except OSError:
            return


def _paper(said: dict[str, Any]) -> Paper:
    return Paper(
        png=Path(said["png"]),
        escpos=Path(said["escpos"]),
        rows=tuple(said["rows"]),
        codes=tuple(said["codes"]),
        complete=said["complete"],
        length_mm=said["length_mm"],
        violations=tuple(said["violations"]),
    )
