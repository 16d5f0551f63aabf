"""A worker keeps its device open, does one job at a time, and always tells how it ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from kiosk.engine import workers
from kiosk.engine.clock import SystemClock
from kiosk.engine.workers import CameraWorker, CardWorker, DeviceWorker
from kiosk.flow.events import DeviceChanged
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardInserted, CardRemoved
from kiosk.ports.health import DeviceState, Health
from tests.kiosk.engine.inbox import Inbox, wait_until
from tests.support.fake_devices import FakeCamera, FakeReader, FakeReceiptPrinter, FakeScanner
from tests.support.people import IDENTITY

OFFLINE = Health(DeviceState.OFFLINE)
BROKEN = pytest.mark.expected_log("kiosk.engine.workers", logging.ERROR, "device thread failed")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_REOPEN_SECONDS", (0.01, 0.02))
    monkeypatch.setattr(workers, "_IDLE_SECONDS", 0.05)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def printer(inbox: Inbox) -> Iterator[DeviceWorker[FakeReceiptPrinter]]:
    worker = DeviceWorker("receipt_printer", FakeReceiptPrinter(), inbox.post, SystemClock())
    yield worker
    worker.stop()


def device_of(worker: DeviceWorker[FakeReceiptPrinter]) -> FakeReceiptPrinter:
    return worker._device


def note(inbox: Inbox, text: str) -> Callable[[object, Cancel], None]:
    return lambda _device, _cancel: inbox.post(text)


def test_health_is_told_at_the_start_and_when_it_changes(
    inbox: Inbox, printer: DeviceWorker[FakeReceiptPrinter]
) -> None:
    printer.start()
    assert inbox.wait_for(DeviceChanged) == DeviceChanged("receipt_printer", Health(DeviceState.ONLINE))
    device_of(printer).health = OFFLINE
    assert inbox.wait_for(DeviceChanged, 2) == DeviceChanged("receipt_printer", OFFLINE)
    assert len(inbox.items) == 2


def test_jobs_are_done_in_their_order(inbox: Inbox, printer: DeviceWorker[FakeReceiptPrinter]) -> None:
    for number in range(5):
        printer.ask(note(inbox, f"job {number}"))
    printer.start()
    inbox.wait_for(str, 5)
    assert [item for item in inbox.items if isinstance(item, str)] == [f"job {number}" for number in range(5)]


@BROKEN
def test_a_driver_that_throws_is_closed_and_opened_again(
    inbox: Inbox, printer: DeviceWorker[FakeReceiptPrinter]
) -> None:
    device_of(printer).breaks.extend([RuntimeError("at open"), OSError("again")])
    printer.start()
    assert inbox.wait_for(DeviceChanged).health.state is DeviceState.HARDWARE_ERROR
    assert inbox.wait_for(DeviceChanged, 2).health.state is DeviceState.ONLINE
    printer.ask(note(inbox, "works"))
    assert inbox.wait_for(str) == "works"


@BROKEN
def test_whoever_waits_for_a_job_that_throws_hears_of_it(
    inbox: Inbox, printer: DeviceWorker[FakeReceiptPrinter]
) -> None:
    printer.start()
    inbox.wait_for(DeviceChanged)

    def fail(_device: object, _cancel: Cancel) -> None:
        raise RuntimeError("vendor library")

    printer.ask(fail, lambda: inbox.post("lost"))
    printer.ask(note(inbox, "next"), lambda: inbox.post("next lost"))
    assert inbox.wait_for(str) == "lost"
    assert inbox.wait_for(str, 2) in {"next", "next lost"}
    inbox.wait_for(DeviceChanged, 2, lambda event: event.health.state is DeviceState.ONLINE)


@BROKEN
def test_a_job_waiting_for_a_device_that_never_comes_is_lost_not_kept(
    inbox: Inbox, printer: DeviceWorker[FakeReceiptPrinter]
) -> None:
    """Else a receipt would come out for whoever stands there when the printer is mended."""
    printer.ask(note(inbox, "printed"), lambda: inbox.post("lost"))
    device_of(printer).breaks.extend(RuntimeError("gone") for _ in range(3))
    printer.start()
    assert inbox.wait_for(str) == "lost"
    inbox.wait_for(DeviceChanged, 1, lambda event: event.health.usable)
    assert "printed" not in inbox.items


def test_a_cancelled_job_ends_and_one_that_waits_never_begins(inbox: Inbox) -> None:
    scanner = FakeScanner()
    worker = DeviceWorker("scanner", scanner, inbox.post, SystemClock())
    worker.start()
    begun = threading.Event()

    def scan(device: FakeScanner, cancel: Cancel) -> None:
        begun.set()
        inbox.post(("scan", device.scan(worker.deadline(60), cancel), cancel.cancelled))

    worker.ask(scan, lambda: inbox.post("lost"))
    worker.ask(note(inbox, "never"), lambda: inbox.post("never lost"))
    assert begun.wait(20)
    worker.cancel_jobs()
    assert inbox.wait_for(tuple) == ("scan", None, True)
    worker.ask(note(inbox, "later"))
    assert inbox.wait_for(str) == "later"
    worker.stop()
    assert not scanner.scanning.is_set()


def test_the_card_slot_is_watched_and_left_for_a_job(inbox: Inbox) -> None:
    reader = FakeReader()
    worker = CardWorker("card_reader", reader, inbox.post, SystemClock())
    worker.start()
    reader.insert(IDENTITY)
    inbox.wait_for(CardInserted)
    worker.ask(lambda device, cancel: inbox.post(device.read(worker.deadline(5), cancel)))
    wait_until(lambda: "CardRead" in inbox.kinds())
    reader.remove()
    inbox.wait_for(CardRemoved)
    worker.stop()


@BROKEN
def test_a_driver_that_keeps_throwing_is_tried_less_and_less_often(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    printer = FakeReceiptPrinter()
    worker = DeviceWorker("receipt_printer", printer, inbox.post, SystemClock())
    monkeypatch.setattr(workers, "_REOPEN_SECONDS", (0.001, 0.002, 0.003))
    real = worker._stopping.wait

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return real(seconds)

    monkeypatch.setattr(worker._stopping, "wait", wait)
    monkeypatch.setattr(printer, "status", lambda: (_ for _ in ()).throw(RuntimeError("opens well, and then not")))
    worker.start()
    wait_until(lambda: len(waits) > 4)
    worker.stop()
    assert waits[:4] == [0.001, 0.002, 0.003, 0.003]


def test_a_worker_stops_while_its_device_waits(inbox: Inbox) -> None:
    worker = CardWorker("card_reader", FakeReader(), inbox.post, SystemClock())
    worker.start()
    inbox.wait_for(DeviceChanged)
    worker.stop()
    assert not worker._thread.is_alive()


def test_a_camera_takes_pictures_only_while_somebody_looks(inbox: Inbox) -> None:
    camera, slot = FakeCamera(), FrameSlot(SystemClock())
    worker = CameraWorker(camera, slot, inbox.post, SystemClock())
    worker.start()
    wait_until(lambda: camera.rests > 1)
    assert camera.frames == 0
    with slot.look() as look:
        assert look.next(worker.deadline(20), Cancel()) is not None
        later = look.next(worker.deadline(20), Cancel())
        assert later is not None
        assert later.serial > 0
    rests = camera.rests
    wait_until(lambda: camera.rests > rests)
    taken = camera.frames
    wait_until(lambda: camera.rests > rests + 2)
    assert camera.frames == taken
    worker.stop()


def test_a_camera_that_is_lost_leaves_no_picture_and_is_found_again(inbox: Inbox) -> None:
    camera, slot = FakeCamera(), FrameSlot(SystemClock())
    worker = CameraWorker(camera, slot, inbox.post, SystemClock())
    worker.start()
    with slot.look() as look:
        assert look.next(worker.deadline(20), Cancel()) is not None
        camera.health = OFFLINE
        inbox.wait_for(DeviceChanged, 1, lambda event: event.health == OFFLINE)
        wait_until(lambda: look.newest() is None)
        camera.health = Health(DeviceState.ONLINE)
        assert look.next(worker.deadline(20), Cancel()) is not None
    worker.stop()


@BROKEN
def test_a_camera_driver_that_throws_is_opened_again(inbox: Inbox) -> None:
    camera, slot = FakeCamera(), FrameSlot(SystemClock())
    worker = CameraWorker(camera, slot, inbox.post, SystemClock())
    with slot.look() as look:
        worker.start()
        assert look.next(worker.deadline(20), Cancel()) is not None
        camera.breaks.append(RuntimeError("vendor library"))
        wait_until(lambda: camera.opened > 1)
        assert look.next(worker.deadline(20), Cancel()) is not None
    worker.stop()
