"""Health as the kiosk sees it: each device on its own thread, on its real wire, its cable pulled and put back.

A fault is posted within two seconds, its end within ten, without anything being started anew; and nothing is posted
that is no change.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from devices.conformance.timing import FAULT_SEEN_SECONDS, RECOVERED_SECONDS, quickest, seconds_until
from devices.conformance.waiting import until
from devices.drivers import camera, card_library, escpos_printer, sam_v, serial_scanner, social_card
from devices.sim.client import Simulator
from kiosk.engine.workers import CardWorker, DeviceWorker, IdWorker
from kiosk.faults import FaultCode
from kiosk.flow.events import DeviceChanged
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardNotRead, CardRead, CardReader, CardReading
from kiosk.ports.driver import Driver, Host
from tests.devices.support.card_library import LibraryCards
from tests.devices.support.simulator import Running


@dataclass(frozen=True)
class Setting:
    """A driver, its settings by the simulator's places, its worker, and its part in the simulator."""

    part: str
    driver: Driver[Any]
    options: Callable[[dict[str, str]], dict[str, object]]
    worker: type[DeviceWorker[Any]] = DeviceWorker


SETTINGS = {
    "card_reader": Setting("reader", social_card.simulated, lambda at: {"socket": at["card"]}, CardWorker),
    "id_reader": Setting("id_reader", sam_v.simulated, lambda at: {"port": at["id_reader"]}, IdWorker),
    "scanner": Setting("scanner", serial_scanner.simulated, lambda at: {"port": at["scanner"]}),
    "receipt_printer": Setting("printer", escpos_printer.simulated, lambda at: {"address": at["printer"]}),
    "camera": Setting("camera", camera.files, lambda at: {"source": at["camera"]}),
}


@dataclass
class Watched:
    """What a worker has posted of its device."""

    changes: list[DeviceChanged]

    def post(self, event: object) -> None:
        if isinstance(event, DeviceChanged):
            self.changes.append(event)

    def usable(self) -> bool:
        return bool(self.changes) and self.changes[-1].health.usable

    def gone(self) -> bool:
        return bool(self.changes) and not self.changes[-1].health.usable


@pytest.fixture
def watched() -> Watched:
    return Watched([])


@pytest.fixture
def workers(sim: Running, simulator: Simulator, host: Host) -> Iterator[dict[str, tuple[DeviceWorker[Any], Watched]]]:
    """All devices at once, as in a kiosk: none may wait for another."""
    made: dict[str, tuple[DeviceWorker[Any], Watched]] = {}
    for name, setting in SETTINGS.items():
        options, seen = setting.driver.settings.model_validate(setting.options(sim.ready)), Watched([])
        made[name] = setting.worker(name, setting.driver.make(options, host), seen.post, host.clock), seen
    for worker, _ in made.values():
        worker.start()
    yield made
    for worker, _ in made.values():
        worker.stop()


def test_pulled_cables_are_told_in_time_and_so_is_their_return(
    workers: dict[str, tuple[DeviceWorker[Any], Watched]], simulator: Simulator
) -> None:
    def all_plugged(plugged: bool) -> None:
        for setting in SETTINGS.values():
            simulator.ask(setting.part, plugged=plugged)

    def usable() -> bool:
        return all(seen.usable() for _, seen in workers.values())

    def gone() -> bool:
        return all(seen.gone() for _, seen in workers.values())

    assert seconds_until(usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS
    told = {name: len(seen.changes) for name, (_, seen) in workers.items()}

    def lost() -> float:
        all_plugged(True)
        seconds_until(usable, RECOVERED_SECONDS)
        all_plugged(False)
        return seconds_until(gone, FAULT_SEEN_SECONDS * 3)

    def found() -> float:
        all_plugged(False)
        seconds_until(gone, FAULT_SEEN_SECONDS * 3)
        all_plugged(True)
        return seconds_until(usable, RECOVERED_SECONDS)

    assert quickest(lost, FAULT_SEEN_SECONDS) <= FAULT_SEEN_SECONDS
    assert quickest(found, RECOVERED_SECONDS) <= RECOVERED_SECONDS
    for name, (worker, seen) in workers.items():
        states = [change.health for change in seen.changes[told[name] - 1 :]]
        assert all(before != after for before, after in itertools.pairwise(states)), f"{name} told twice"
        assert worker.beat > 0


def test_paper_near_its_end_is_posted_once_and_once_when_it_is_mended(
    watched: Watched, sim: Running, simulator: Simulator, host: Host
) -> None:
    settings = escpos_printer.EscposSettings(address=sim.ready["printer"])
    worker = DeviceWorker("receipt_printer", escpos_printer.simulated.make(settings, host), watched.post, host.clock)
    worker.start()
    try:
        assert seconds_until(watched.usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS
        simulator.paper("near")
        seconds_until(lambda: len(watched.changes) == 2, RECOVERED_SECONDS)
        simulator.paper("ok")
        seconds_until(lambda: len(watched.changes) == 3, RECOVERED_SECONDS)
    finally:
        worker.stop()
    assert [change.health.warnings for change in watched.changes] == [(), (FaultCode.PAPER_LOW,), ()]


def children() -> set[int]:
    """Processes that this one has started and that still run."""
    threads = Path("/proc/self/task").iterdir()
    return {int(pid) for thread in threads for pid in (thread / "children").read_text().split()}


def test_a_vendors_library_that_hangs_is_killed_and_started_anew_beneath_its_worker(
    watched: Watched, built_library: Path, fake_card: Path, host: Host
) -> None:
    """The thread of the reader goes on all the while, a reading that was wanted ends in words, and the next card is
    read by a new process: nobody starts the kiosk anew.
    """
    cards = LibraryCards(fake_card, host.clock)
    settings = card_library.LibrarySettings(library=built_library, poll_seconds=0.05, answer_seconds=0.4)
    worker = CardWorker("card_reader", card_library.driver.make(settings, host), watched.post, host.clock)
    others, readings = children(), list[CardReading | None]()

    def read(reader: CardReader, cancel: Cancel) -> None:
        readings.append(reader.read(worker.deadline(5.0), cancel))

    worker.start()
    try:
        until(watched.usable)
        (hung,) = children() - others
        cards.behave("hang")
        worker.ask(read)
        until(lambda: bool(readings))
        assert isinstance(readings[0], CardNotRead)
        until(watched.gone)
        until(lambda: hung not in children())
        before = worker.beat
        until(lambda: worker.beat > before)
        cards.behave("well")
        assert seconds_until(watched.usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS
        cards.insert()
        worker.ask(read)
        until(lambda: len(readings) == 2)
        assert isinstance(readings[1], CardRead)
        assert len(children() - others) == 1
    finally:
        worker.stop()
