"""The simulated printer on its cables, and the papers that came out of it as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.sim.channels import Connection, Listener, Terminal, listen_loopback
from devices.sim.loop import Loop
from devices.sim.printer import drawing
from devices.sim.printer.mechanism import Model, Sheet
from devices.sim.printer.printer import Printer


@dataclass(frozen=True, slots=True)
class Delivered:
    """A paper that left the printer. `complete` is False for what was torn off unfinished."""

    png: Path
    escpos: Path
    rows: tuple[str, ...]
    codes: tuple[str, ...]
    complete: bool
    length_mm: int
    violations: tuple[str, ...]


class Station:
    """One printer on a TCP port and a pseudo-terminal. `delivered` is told of each paper once its files are written."""

    def __init__(self, loop: Loop, folder: Path, port: int, delivered: Callable[[Delivered], None]) -> None:
        self._loop = loop
        self._paper = folder / "paper"
        self._paper.mkdir(parents=True, exist_ok=True)
        self._delivered = delivered
        self._numbers = self._free_numbers()
        self._terminal = Terminal(
            loop, folder / "printer", lambda data: self.printer.receive(data, self._terminal.send)
        )
        self._listener: Listener | None = None
        self._connections: list[Connection] = []
        self._port = port
        self.papers: list[Delivered] = []
        self.printer = self._new_printer(Model())

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        if self._listener is None:
            listening = listen_loopback(self._port)
            self._port = listening.getsockname()[1]
            self._listener = Listener(self._loop, listening, self._accept)
            self._terminal.plug()

    def unplug(self) -> None:
        """The cable; what was printed hangs on."""
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        for connection in tuple(self._connections):
            connection.close()
        self._terminal.unplug()

    def replace(self, model: Model) -> None:
        self.printer = self._new_printer(model)

    def _new_printer(self, model: Model) -> Printer:
        return Printer(model, self._keep, self._loop.after)

    def _receive_by_terminal(self, data: bytes) -> None:
        self.printer.receive(data, self._terminal.send)

    def _accept(self, connection: Connection) -> None:
        self._connections.append(connection)
        connection.serve(lambda data: self.printer.receive(data, connection.send), lambda: self._hung_up(connection))

    def _hung_up(self, connection: Connection) -> None:
        self._connections.remove(connection)
        self.printer.hang_up(connection.send)

    def _keep(self, sheet: Sheet) -> None:
        number = next(self._numbers)
        png, escpos = self._paper / f"{number:03}.png", self._paper / f"{number:03}.escpos"
        model = self.printer.mechanism.model
        drawing.photograph(drawing.stacked(sheet.strips, model.dots), model.paper_dots).save(png, optimize=True)
        escpos.write_bytes(sheet.raw)
        paper = Delivered(
            png=png,
            escpos=escpos,
            rows=tuple(sheet.rows),
            codes=tuple(sheet.codes),
            complete=sheet.complete,
            length_mm=sheet.dot_rows // 8,
            violations=tuple(sheet.violations),
        )
        self.papers.append(paper)
        self._delivered(paper)

    def _free_numbers(self) -> Iterator[int]:
        """Papers of earlier runs in the same folder are kept."""
        taken = [int(path.stem) for path in self._paper.glob("*.png") if path.stem.isdecimal()]
        number = max(taken, default=0)
        while True:
            number += 1
            yield number
