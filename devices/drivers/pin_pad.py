"""An encrypting PIN pad on a serial line, in the words of `devices.wire.pin_pad`.

Makers have words of their own (most speak XFS), and a pad of theirs comes with a driver of theirs, under the same
contract. So this one is announced for the simulator alone.
"""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.drivers.exchange import Exchange
from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError, TransportError
from devices.transport.serial_line import serial_line
from devices.wire import pin_pad as wire
from devices.wire.pin_pad import Condition, Misfit
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.pin_pad import NoPin, PadFailed, PinAnswer, PinPad, PinWanted

_GONE: Final = (FaultCode.PIN_PAD_GONE,)
_STATUS_SECONDS: Final = 1.0
_STATES: Final = {
    Condition.READY: Health(DeviceState.ONLINE),
    Condition.BUSY: Health(DeviceState.DEVICE_BUSY),
    Condition.NO_KEYS: Health(DeviceState.HARDWARE_ERROR, _GONE),
    Condition.TAMPERED: Health(DeviceState.FRAUD_ATTEMPT, _GONE),
    Condition.BROKEN: Health(DeviceState.HARDWARE_ERROR, _GONE),
}


class PinPadSettings(BaseModel):
    """Of `sim_pin_pad`, among the `kiosk.pin_pads`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(description="串口，例如 /dev/kiosk-pin-pad")
    baud: int = Field(default=9600, description="波特率")
    answer_seconds: float = Field(default=2.0, gt=0, description="等键盘应答一条指令的秒数；与等患者无关")


class SerialPinPad:
    """A `PinPad`. One that says more than its answers may is believed no more until it is opened anew."""

    def __init__(self, exchange: Exchange, host: Host) -> None:
        self._exchange, self._clock, self._log = exchange, host.clock, host.log
        self._talks = False

    def open(self) -> None:
        self._talks = False
        try:
            self._exchange.open()
        except DeviceGoneError:
            self._log.info("PIN pad absent")

    def close(self) -> None:
        self._exchange.close()

    def status(self) -> Health:
        if self._talks:
            return Health(DeviceState.POTENTIAL_FRAUD, _GONE)
        try:
            soon = Monotonic(self._clock.monotonic() + _STATUS_SECONDS)
            said = wire.read_condition(self._exchange.ask(("S",), soon, Cancel()))
        except (GarbledError, InterruptedTransferError):
            return Health(DeviceState.OFFLINE, _GONE)
        except DeviceGoneError as error:
            silent = type(error) is not DeviceGoneError
            return Health(DeviceState.OFFLINE if silent else DeviceState.NO_DEVICE, _GONE)
        return Health(DeviceState.HARDWARE_ERROR, _GONE) if isinstance(said, Misfit) else _STATES[said]

    def begin(self, wanted: PinWanted, deadline: Monotonic, cancel: Cancel) -> PinAnswer:
        return self._ask(wire.begin(wanted), wanted.number, deadline, cancel)

    def query(self, number: str, deadline: Monotonic, cancel: Cancel) -> PinAnswer:
        return self._ask(("Q", number), number, deadline, cancel)

    def abort(self, number: str, deadline: Monotonic, cancel: Cancel) -> NoPin | PadFailed:
        answer = self._ask(("A", number), number, deadline, cancel)
        return answer if isinstance(answer, NoPin | PadFailed) else PadFailed()

    def _ask(self, question: tuple[str, ...], number: str, deadline: Monotonic, cancel: Cancel) -> PinAnswer:
        """The one place where a cable's exception becomes a value."""
        if self._talks:
            return PadFailed()
        try:
            answer = wire.read(self._exchange.ask(question, deadline, cancel), number)
        except TransportError as error:
            self._log.info("PIN pad lost", extra={"fault": FaultCode.PIN_PAD_GONE, "error": type(error).__name__})
            return PadFailed()
        if not isinstance(answer, Misfit):
            return answer
        self._talks = answer is Misfit.TOO_MUCH
        self._log.info("PIN pad not understood", extra={"fault": FaultCode.PIN_PAD_GONE, "error": answer.value})
        return PadFailed()


def _make(settings: PinPadSettings, host: Host) -> PinPad:
    line = serial_line(settings.port, settings.baud, host.clock)
    return SerialPinPad(Exchange(line, host.clock, settings.answer_seconds), host)


simulated: Driver[PinPad] = Driver(PinPadSettings, simulated=True, make=_make)
