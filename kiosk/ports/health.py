"""The words in which every device says how it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.faults import FaultCode


class DeviceState(StrEnum):
    """XFS4IoT's device states, and `unknown` for one that cannot say: a silent printer is not one without paper."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"
    STARTING = "starting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Health:
    """A device's state and its warnings; a device may be online and low on paper."""

    state: DeviceState
    warnings: tuple[FaultCode, ...] = ()

    @property
    def usable(self) -> bool:
        return self.state in {DeviceState.ONLINE, DeviceState.UNKNOWN, DeviceState.DEVICE_BUSY}
