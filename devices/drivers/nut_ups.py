"""An uninterruptible power supply behind the service of Network UPS Tools, which speaks to nearly every make."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.stream import ByteStream, tcp_stream, unix_stream
from devices.wire import nut
from devices.wire.nut import Misfit, Supply
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.power_source import PowerSource

_ILL: Final = (FaultCode.POWER_SOURCE_ILL,)


class UpsSettings(BaseModel):
    """`[devices.power_source]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ups: str = Field(default="ups", pattern=r"^[A-Za-z0-9_.-]{1,64}$", description="upsd 里这台 UPS 的名字")
    address: str = Field(
        default="127.0.0.1:3493",
        pattern=r"^(.*/.+|[0-9A-Za-z.-]+:\d{1,5})$",
        description="upsd 的 主机:端口（RFC 9271），或本机的套接字",
    )
    answer_seconds: float = Field(default=1.0, gt=0, le=1, description="等一句应答的秒数")


class NutUps:
    """A `PowerSource`. It asks anew each time: what was heard a minute ago says nothing of the mains."""

    def __init__(self, line: ByteStream, settings: UpsSettings, host: Host) -> None:
        self._line, self._settings, self._clock, self._log = line, settings, host.clock, host.log

    def open(self) -> None:
        """The line is taken when it is asked for the first time."""

    def close(self) -> None:
        self._line.close()

    def status(self) -> Health:
        try:
            said = nut.read_status(self._asked(), self._settings.ups)
        except DeviceGoneError:
            self._line.close()
            return Health(DeviceState.NO_DEVICE, _ILL)
        except InterruptedTransferError:
            self._line.close()  # a late answer would be taken for the next one's
            return Health(DeviceState.OFFLINE, _ILL)
        if isinstance(said, Misfit):
            self._line.close()
            return Health(DeviceState.OFFLINE if said is Misfit.REFUSED else DeviceState.HARDWARE_ERROR, _ILL)
        return Health(DeviceState.ONLINE, _warnings(said))

    def _asked(self) -> bytes:
        """The service's next line, or as much of it as any line may have."""
        deadline, cancel = Monotonic(self._clock.monotonic() + self._settings.answer_seconds), Cancel()
        self._line.open()
        self._line.discard()
        self._line.send(nut.ask_status(self._settings.ups), deadline, cancel)
        answer = b""
        while b"\n" not in answer and len(answer) < nut.LONGEST_LINE:
            more = self._line.receive(deadline, cancel)
            if not more:
                raise InterruptedTransferError
            answer += more
        return answer.partition(b"\n")[0]


def _warnings(said: frozenset[Supply]) -> tuple[FaultCode, ...]:
    """A supply that is off, or told to shut down, ends as surely as one whose battery is nearly empty."""
    on_battery = Supply.ON_BATTERY in said
    ending = bool(said & {Supply.OFF, Supply.SHUTTING_DOWN}) or (on_battery and Supply.LOW_BATTERY in said)
    warnings = {
        FaultCode.POWER_ON_BATTERY: on_battery,
        FaultCode.POWER_ENDING: ending,
        FaultCode.POWER_SOURCE_ILL: Supply.REPLACE_BATTERY in said,
    }
    return tuple(fault for fault, is_so in warnings.items() if is_so)


def _make(settings: UpsSettings, host: Host) -> PowerSource:
    place, clock = settings.address, host.clock
    if "/" in place:
        return NutUps(unix_stream(place, clock), settings, host)
    name, _, port = place.rpartition(":")
    return NutUps(tcp_stream(name, int(port), clock, settings.answer_seconds), settings, host)


real: Driver[PowerSource] = Driver(UpsSettings, simulated=False, make=_make)
simulated: Driver[PowerSource] = Driver(UpsSettings, simulated=True, make=_make)
