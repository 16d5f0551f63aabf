"""Card insert → name on screen, and the reading of the card alone.

The card is pushed into the simulated slot; the clock stops at the first frame of the real pages that shows the
holder's name: reading the card, 1101, the unpaid bills, the page. The peer does what no program can do without: the
same APDUs on the same socket, the same two requests by `http.client` on a warm TLS connection, and shows nothing.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kiosk.app import Application
from kiosk.building import Builder, FaultBoard
from kiosk.demo import Simulator, Surroundings, surroundings
from kiosk.flow.events import Entered, Left
from kiosk.flow.rules import Door
from kiosk.flow.states import AwaitingCard, ChoosingBill, Farewell, Home
from kiosk.journal.book import Book
from kiosk.ports.settlement import PersonFound
from kiosk.workdir import Workdir
from settlement.transport import Line
from tests.bench import panel, reading
from tests.bench.far_end import RawLine, access
from tests.bench.figures import Figure, percentile, tell
from tests.bench.living import certno, credential, foundation
from tests.bench.watched import Watched

_PERSON, _NAME = "zhangsan", "张*"
_VISITS, _READS, _TURNS = 30, 200, 4


@dataclass(frozen=True)
class Errand:
    """What leaves the kiosk between a card and its holder's name: APDUs, then (path, body) of each request."""

    apdus: list[bytes]
    requests: list[tuple[str, bytes]]


def _errand(around: Surroundings, folder: Path) -> Errand:
    """Record it once."""
    requests: list[tuple[str, bytes]] = []
    post = Line.post

    def recorded(line: Line, path: str, body: bytes, *others: Any) -> Any:
        requests.append((path, body))
        return post(line, path, body, *others)

    book = Book(folder)
    builder = Builder(foundation(around), book, FaultBoard(lambda _faults: None))
    parties = builder.parties(builder.terminal())
    parties.settlement.sign_in()
    with patch.object(Line, "post", recorded):
        found = parties.settlement.find_person(credential(_PERSON))
        assert isinstance(found, PersonFound), found
        parties.hospital.unpaid(found.person)
    book.close()
    return Errand(reading.recorded(reading.socket_slot(_socket(around))), requests)


def _socket(around: Surroundings) -> Path:
    return around.control.parent / "card.sock"


def _insert(simulator: Simulator) -> float:
    began = time.perf_counter()
    simulator.ask("insert", person=_PERSON)
    return began


def _names(around: Surroundings, simulator: Simulator) -> list[float]:
    """Milliseconds from the card to the name, visit after visit."""
    frontend = Watched()
    measured: list[float] = []
    application = Application(foundation(around, {"KIOSK__RULES__FAREWELL_PAGE": "0.05"}), frontend)

    def visit() -> float:
        frontend.pages.wait_for(Home)
        application.send(Entered(Door.OUTPATIENT))
        frontend.pages.wait_for(AwaitingCard)
        time.sleep(0.2)  # for the page to come to rest
        frontend.look_for(_NAME)
        began = _insert(simulator)
        frontend.pages.wait_for(ChoosingBill)
        seen = frontend.seen()
        application.send(Left())
        frontend.pages.wait_for(Farewell)
        simulator.ask("remove")
        return (seen - began) * 1000

    def conduct() -> None:
        try:
            frontend.pages.wait_for(Home)
            time.sleep(1.0)  # for the devices to be there
            visit()
            measured.extend(visit() for _ in range(_VISITS))
        finally:
            frontend.stop(0)

    threading.Thread(target=conduct, name="conductor").start()
    application.run()
    return measured


def _bare_errands(around: Surroundings, simulator: Simulator, errand: Errand) -> list[float]:
    """Milliseconds from the card to the last reply, with nothing shown."""
    card, line, measured = reading.RawCard(_socket(around)), RawLine(access(around)), []
    for _ in range(_VISITS):
        began = _insert(simulator)
        card.frame()
        card.read(errand.apdus)
        for path, body in errand.requests:
            json.loads(line.ask("POST", path, body))
        measured.append((time.perf_counter() - began) * 1000)
        simulator.ask("remove")
        card.frame()
    card.close()
    line.close()
    return measured


def _reads(around: Surroundings, errand: Errand) -> tuple[list[float], list[float]]:
    """Milliseconds of each reading: ours, and the same APDUs by hand. In turns: the slot has one host at a time."""
    ours: list[float] = []
    raw: list[float] = []
    for _ in range(_TURNS):
        driver = reading.reader(reading.socket_slot(_socket(around)))
        reading.read_once(driver)
        ours += [reading.read_once(driver) for _ in range(_READS // _TURNS)]
        driver.close()
        card = reading.RawCard(_socket(around))
        card.read(errand.apdus)
        raw += [card.read(errand.apdus) for _ in range(_READS // _TURNS)]
        card.close()
    return ours, raw


def measure(folder: Path) -> list[Figure]:
    panel.prepare(folder)
    with surroundings(Workdir(folder / "house")) as around:
        around.fresh_bill(certno(_PERSON), "ct")
        simulator = around.simulator()
        _insert(simulator)
        errand = _errand(around, folder)
        ours, raw = _reads(around, errand)
        simulator.ask("remove")
        bare = _bare_errands(around, simulator, errand)
        names = _names(around, simulator)
        simulator.close()
    return [
        Figure(
            "card insert -> name on screen, p95",
            percentile(names, 0.95),
            "ms",
            len(names),
            None,
            "same APDUs and requests, bare, nothing shown",
            percentile(bare, 0.95),
            f"median {percentile(names, 0.5):.0f}, peer's {percentile(bare, 0.5):.0f}",
        ),
        Figure(
            "card read, median",
            percentile(ours, 0.5),
            "ms",
            len(ours),
            None,
            "same APDUs by hand on the same socket",
            percentile(raw, 0.5),
            f"{len(errand.apdus)} APDUs; p99 {percentile(ours, 0.99):.1f}, peer's {percentile(raw, 0.99):.1f}",
        ),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
