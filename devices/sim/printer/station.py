"""The simulated printer on its cables, and the papers that came out of it as files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
        self._papers: list[Delivered] = []
        self._painter = ThreadPoolExecutor(1, "painter")
        self._painting: deque[Future[Delivered]] = deque()
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

    def papers(self) -> tuple[Delivered, ...]:
        """All of them, the last picture finished."""
        for painted in tuple(self._painting):
            painted.result()
        self._collect()
        return tuple(self._papers)

    @property
    def count(self) -> int:
        """How many papers there are, painted or not."""
        return len(self._papers) + len(self._painting)

    def clear(self) -> None:
        """Forget what was printed; the files stay. Pictures nobody has begun to paint are not painted any more."""
        for painted in tuple(self._painting):
            if painted.cancel():
                self._painting.remove(painted)
        self.papers()
        self._papers.clear()

    def close(self) -> None:
        self.unplug()
        self.papers()
        self._painter.shutdown()

    def _keep(self, sheet: Sheet) -> None:
        """Pictures are painted on a thread of their own: a printer answers while its paper comes out."""
        painted = self._painter.submit(_paint, sheet, self.printer.mechanism.model, self._paper, next(self._numbers))
        self._painting.append(painted)
        painted.add_done_callback(lambda _: self._loop.hand(self._collect))

    def _collect(self) -> None:
        while self._painting and self._painting[0].done():
            paper = self._painting.popleft().result()
            self._papers.append(paper)
            self._delivered(paper)

    def _free_numbers(self) -> Iterator[int]:
        """Papers of earlier runs in the same folder are kept."""
        taken = [int(path.stem) for path in self._paper.glob("*.png") if path.stem.isdecimal()]
        number = max(taken, default=0)
        while True:
            number += 1
            yield number


def _paint(sheet: Sheet, model: Model, folder: Path, number: int) -> Delivered:
    png, escpos = folder / f"{number:03}.png", folder / f"{number:03}.escpos"
    photograph = drawing.photograph(drawing.stacked(sheet.strips, model.dots), model.paper_dots)
    photograph.save(png, compress_level=1)
    escpos.write_bytes(sheet.raw)
    return Delivered(
        png=png,
        escpos=escpos,
        rows=tuple(sheet.rows),
        codes=tuple(sheet.codes),
        complete=sheet.complete,
        length_mm=sheet.dot_rows // 8,
        violations=tuple(sheet.violations),
    )
