"""One thread a device: opens it, keeps it open, asks it how it is, and does one job at a time with it.

Drivers stay passive. Whoever asks for a job hears its end: from the job itself, or by `lost` when the device failed
first.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from kiosk.flow.events import DeviceChanged, Event, HeadsetChanged
from kiosk.ports.camera import Camera, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardReader
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdReader
from kiosk.ports.keypad import Key, Keypad
from kiosk.ports.presence_sensor import PresenceSensor

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_PLUGS: dict[Key, Event] = {Key.JACK_IN: HeadsetChanged(plugged=True), Key.JACK_OUT: HeadsetChanged(plugged=False)}
_REOPEN_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)


class Device(Protocol):
    """What every device port has in common."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...


DeviceT = TypeVar("DeviceT", bound=Device)


@dataclass(frozen=True, slots=True, eq=False)
class _Job(Generic[DeviceT]):
    run: Callable[[DeviceT, Cancel], None]
    lost: Callable[[], None]
    cancel: Cancel = field(default_factory=Cancel)


class DeviceWorker(Generic[DeviceT]):
    """Owns `device`. `ask` queues a job, `cancel_jobs` ends all of them; changes of health are posted."""

    def __init__(self, name: str, device: DeviceT, post: Callable[[Event], None], clock: Clock) -> None:
        self.name = name
        self._device, self._post, self._clock = device, post, clock
        self._lock = threading.Lock()
        self._waiting: deque[_Job[DeviceT]] = deque()
        self._running: _Job[DeviceT] | None = None
        self._idle_cancel: Cancel | None = None
        self._health: Health | None = None
        self._failures = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def ask(self, run: Callable[[DeviceT, Cancel], None], lost: Callable[[], None] = lambda: None) -> None:
        """Have `run` called with the device; `lost` instead when the device fails before or meanwhile."""
        with self._lock:
            self._waiting.append(_Job(run, lost))
        self._wake()

    def cancel_jobs(self) -> None:
        """Nobody waits for them any more: the one that runs ends, the others never begin, and nothing is told."""
        with self._lock:
            jobs = [*self._waiting, *([self._running] if self._running else [])]
            self._waiting.clear()
        for job in jobs:
            job.cancel.cancel()

    def stop(self) -> None:
        self._stopping.set()
        self.cancel_jobs()
        self._wake()
        self._thread.join(2.0)

    def deadline(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)

    def post(self, event: Event) -> None:
        self._post(event)

    def idle(self, device: DeviceT, cancel: Cancel) -> None:
        """What the device does while nobody wants anything of it; at most a second."""
        del device
        cancel.sleep(_IDLE_SECONDS)

    def _wake(self) -> None:
        with self._lock:
            cancel = self._idle_cancel
        if cancel is not None:
            cancel.cancel()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.beat = self._clock.monotonic()
            try:
                self._device.open()
                self._serve()
            except Exception:  # noqa: BLE001 - a defect of one driver must not end the kiosk
                _log.exception("device thread failed", extra={"device": self.name})
                self._tell(Health(DeviceState.HARDWARE_ERROR))
                self._lose_jobs()
            finally:
                self._close()
            self._stopping.wait(_REOPEN_SECONDS[min(self._failures, len(_REOPEN_SECONDS) - 1)])
            self._failures += 1

    def _close(self) -> None:
        try:
            self._device.close()
        except Exception:  # noqa: BLE001 - it is reopened all the same
            _log.exception("device does not close", extra={"device": self.name})

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self.beat = self._clock.monotonic()
            self._tell(self._device.status())
            self._idle()
            self._work()
            self._failures = 0

    def _idle(self) -> None:
        idle = Cancel()
        with self._lock:
            if self._waiting:
                return
            self._idle_cancel = idle
        self.idle(self._device, idle)
        with self._lock:
            self._idle_cancel = None

    def _work(self) -> None:
        with self._lock:
            job = self._running = self._waiting.popleft() if self._waiting else None
        if job is None:
            return
        try:
            job.run(self._device, job.cancel)
        except Exception:
            job.lost()
            raise
        finally:
            with self._lock:
                self._running = None

    def _lose_jobs(self) -> None:
        with self._lock:
            jobs = list(self._waiting)
            self._waiting.clear()
        for job in jobs:
            job.lost()

    def _tell(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._post(DeviceChanged(self.name, health))


class CardWorker(DeviceWorker[CardReader]):
    """Watches the slot whenever nothing else is to be done."""

    def idle(self, device: CardReader, cancel: Cancel) -> None:
        event = device.wait(self.deadline(_IDLE_SECONDS), cancel)
        if event is not None:
            self.post(event)
        elif not device.status().usable:
            cancel.sleep(_IDLE_SECONDS)


class IdWorker(DeviceWorker[IdReader]):
    """Watches the plate whenever nothing else is to be done; a card nobody wants is told once a second."""

    def idle(self, device: IdReader, cancel: Cancel) -> None:
        placed = device.wait(self.deadline(_IDLE_SECONDS), cancel)
        if placed is not None:
            self.post(placed)
        if placed is not None or not device.status().usable:
            cancel.sleep(_IDLE_SECONDS)


class CameraWorker(DeviceWorker[Camera]):
    """Takes pictures while somebody looks into `slot`, and lets the camera rest when nobody does."""

    def __init__(
        self, device: Camera, slot: FrameSlot, post: Callable[[Event], None], clock: Clock, name: str = "camera"
    ) -> None:
        super().__init__(name, device, post, clock)
        self.slot = slot
        slot.wake_by(self._wake)

    def idle(self, device: Camera, cancel: Cancel) -> None:
        if not self.slot.wanted:
            device.rest()
            cancel.sleep(_IDLE_SECONDS)
            return
        until, usable = self.deadline(_IDLE_SECONDS), device.status().usable
        if not usable:
            self.slot.clear()  # a picture that stands still is no picture of now
        while self.slot.wanted and not cancel.cancelled and self._clock.monotonic() < until:
            frame = device.frame(until, cancel)
            if frame is None:
                return
            if usable:
                self.slot.put(frame)


class KeypadWorker(DeviceWorker[Keypad]):
    """Listens for keys whenever nothing else is to be done."""

    def idle(self, device: Keypad, cancel: Cancel) -> None:
        pressed = device.wait(self.deadline(_IDLE_SECONDS), cancel)
        if pressed is not None:
            self.post(_PLUGS.get(pressed.key, pressed))
        elif not device.status().usable:
            cancel.sleep(_IDLE_SECONDS)


class PresenceWorker(DeviceWorker[PresenceSensor]):
    """Looks whether anybody is there, all the time."""

    def idle(self, device: PresenceSensor, cancel: Cancel) -> None:
        changed = device.wait(self.deadline(_IDLE_SECONDS), cancel)
        if changed is not None:
            self.post(changed)
        elif not device.status().usable:
            cancel.sleep(_IDLE_SECONDS)
