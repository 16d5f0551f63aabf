"""Presence sensors that the kernel reads: a distance or proximity sensor of its industrial I/O, or a GPIO line that a
motion detector pulls; both are a number in a file under /sys.
"""

from __future__ import annotations

import math
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.attribute import read_number
from devices.transport.errors import DeviceGoneError, GarbledError
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.presence_sensor import PersonCame, PersonLeft, PresenceEvent, PresenceSensor


class PresenceSettings(BaseModel):
    """`[devices.presence_sensor]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path = Field(description="内核给出读数的文件，例如 /sys/bus/iio/devices/iio:device0/in_proximity_raw")
    from_value: float = Field(default=1.0, description="读数不小于它算有人")
    near_is_low: bool = Field(default=False, description="读数是距离：不大于 from_value 才算有人")
    gone_seconds: float = Field(default=3.0, ge=0, le=60, description="多少秒没有人才算走开；动一动、弯腰不算")
    look_seconds: float = Field(default=0.2, gt=0, le=1, description="隔多少秒看一次")


class SysfsPresence:
    """A `PresenceSensor`. What the file says is looked at, because not every sensor can call."""

    def __init__(self, settings: PresenceSettings, host: Host) -> None:
        self._settings, self._clock, self._log = settings, host.clock, host.log
        self._told = False
        self._away_since: float | None = None
        self._open = False

    def open(self) -> None:
        self._open = True

    def close(self) -> None:
        self._open = self._told = False
        self._away_since = None

    def status(self) -> Health:
        if not self._open:
            return Health(DeviceState.NO_DEVICE, (FaultCode.PRESENCE_GONE,))
        try:
            self._near()
        except DeviceGoneError:
            return Health(DeviceState.NO_DEVICE, (FaultCode.PRESENCE_GONE,))
        except GarbledError:
            return Health(DeviceState.HARDWARE_ERROR, (FaultCode.PRESENCE_GONE,))
        return Health(DeviceState.ONLINE)

    def wait(self, deadline: Monotonic, cancel: Cancel) -> PresenceEvent | None:
        self._open = True
        while not cancel.cancelled:
            try:
                changed = self._changed(self._near())
            except (DeviceGoneError, GarbledError) as error:
                self._log.info("presence sensor lost", extra={"error": type(error).__name__})
                return None
            left = deadline - self._clock.monotonic()
            if changed is not None or left <= 0:
                return changed
            cancel.sleep(min(self._settings.look_seconds, left))
        return None

    def _near(self) -> bool:
        value = read_number(self._settings.file)
        if math.isnan(value):
            raise GarbledError("no number")
        limit = self._settings.from_value
        return value <= limit if self._settings.near_is_low else value >= limit

    def _changed(self, near: bool) -> PresenceEvent | None:
        """Whoever comes is told at once, whoever goes only when they stay away."""
        now = self._clock.monotonic()
        if near:
            self._away_since = None
            came, self._told = not self._told, True
            return PersonCame() if came else None
        if not self._told:
            return None
        self._away_since = now if self._away_since is None else self._away_since
        if now - self._away_since < self._settings.gone_seconds:
            return None
        self._told = False
        return PersonLeft()


def _make(settings: PresenceSettings, host: Host) -> PresenceSensor:
    return SysfsPresence(settings, host)


real: Driver[PresenceSensor] = Driver(PresenceSettings, simulated=False, make=_make)
simulated: Driver[PresenceSensor] = Driver(PresenceSettings, simulated=True, make=_make)
