"""One thread a device: opens it, keeps it open, asks it how it is, and does one job at a time with it.

A worker's job is given as a function of the device, a deadline and a cancel; a new job ends the idle wait. Drivers
stay passive.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kiosk.flow.events import DeviceChanged, Event
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardReader
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.health import DeviceState, Health

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_REOPEN_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)


class Device(Protocol):
    """What every device port has in common."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...


DeviceT = TypeVar("DeviceT", bound=Device)
Job = Callable[[DeviceT, Cancel], None]


class DeviceWorker(Generic[DeviceT]):
    """Owns `device`. `ask` queues a job; `cancel_job` ends the one that runs; changes of health are posted."""

    def __init__(self, name: str, device: DeviceT, post: Callable[[Event], None], clock: Clock) -> None:
        self.name = name
        self._device, self._post, self._clock = device, post, clock
        self._jobs: queue.SimpleQueue[Job[DeviceT] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._idle_cancel: Cancel | None = None
        self._job_cancel: Cancel | None = None
        self._health: Health | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def ask(self, job: Job[DeviceT]) -> None:
        self._jobs.put(job)
        self._wake()

    def cancel_job(self) -> None:
        with self._lock:
            cancel = self._job_cancel
        if cancel is not None:
            cancel.cancel()

    def stop(self) -> None:
        self._stopping.set()
        self._jobs.put(None)
        self.cancel_job()
        self._wake()
        self._thread.join(2.0)

    def _wake(self) -> None:
        with self._lock:
            cancel = self._idle_cancel
        if cancel is not None:
            cancel.cancel()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._device.open()
                failures = 0
                self._serve()
            except Exception as problem:
                # a defect of one driver must not end the kiosk: say so, close, and try again later
                _log.error("device thread failed", extra={"device": self.name, "error": type(problem).__name__})
                self._tell(Health(DeviceState.HARDWARE_ERROR))
            finally:
                self._close()
            self._stopping.wait(_REOPEN_SECONDS[min(failures, len(_REOPEN_SECONDS) - 1)])
            failures += 1

    def _close(self) -> None:
        try:
            self._device.close()
        except Exception as problem:
            _log.error("device does not close", extra={"device": self.name, "error": type(problem).__name__})

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self.beat = self._clock.monotonic()
            self._tell(self._device.status())
            idle = Cancel()
            with self._lock:
                self._idle_cancel = idle
            if self._jobs.empty():
                self.idle(self._device, idle)
            with self._lock:
                self._idle_cancel = None
            self._work()

    def _work(self) -> None:
        try:
            job = self._jobs.get_nowait()
        except queue.Empty:
            return
        if job is None:
            return
        cancel = Cancel()
        with self._lock:
            self._job_cancel = cancel
        try:
            job(self._device, cancel)
        finally:
            with self._lock:
                self._job_cancel = None

    def idle(self, device: DeviceT, cancel: Cancel) -> None:
        """What the device does while nobody wants anything of it; at most a second."""
        del device
        cancel.sleep(_IDLE_SECONDS)

    def _tell(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._post(DeviceChanged(self.name, health))

    def deadline(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)

    def post(self, event: Event) -> None:
        self._post(event)


class CardWorker(DeviceWorker[CardReader]):
    """Watches the slot whenever nothing else is to be done."""

    def idle(self, device: CardReader, cancel: Cancel) -> None:
        event = device.wait(self.deadline(_IDLE_SECONDS), cancel)
        if event is not None:
            self.post(event)
        elif not device.status().usable:
            cancel.sleep(_IDLE_SECONDS)
