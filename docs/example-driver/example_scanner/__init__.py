"""A code scanner on a serial port that looks on SYN T CR, stops on SYN U CR, answers neither, and ends a code by CR."""

from contextlib import suppress

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.serial_line import serial_line
from devices.transport.stream import ByteStream
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.scanner import CodeRejected, CodeScanned, ScanEvent, Scanner

_QUIET, _AGAIN, _LONGEST = 0.05, 0.5, 512


class ExampleSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(description="串口设备，例如 /dev/kiosk-scanner")
    baud: int = Field(default=115200, ge=300, description="波特率")


class ExampleScanner:
    def __init__(self, line: ByteStream, host: Host) -> None:
        self._line, self._clock = line, host.clock

    def open(self) -> None:
        with suppress(DeviceGoneError):  # it may be plugged in later
            self._line.open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> Health:
        try:
            self._line.open()
            self._line.discard()  # what comes while nobody waits is nobody's; a pulled cable shows here too
        except DeviceGoneError:
            self._line.close()
            return Health(DeviceState.NO_DEVICE, (FaultCode.SCANNER_GONE,))
        return Health(DeviceState.UNKNOWN)  # it answers no command, so nothing better is known

    def scan(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        while not self.status().usable:
            if cancel.sleep(min(_AGAIN, deadline - self._clock.monotonic())) or self._clock.monotonic() >= deadline:
                return None
        try:
            while self._line.receive(min(deadline, self._soon(_QUIET)), cancel):
                pass  # the tail of a code that was for somebody else
            self._line.send(b"\x16T\r", self._soon(_QUIET), cancel)
            return self._read(deadline, cancel)
        except (DeviceGoneError, InterruptedTransferError):
            return None
        finally:
            with suppress(DeviceGoneError, InterruptedTransferError):
                self._line.send(b"\x16U\r", self._soon(_QUIET), Cancel())  # a light left on blinds the next patient

    def _read(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        held = b""
        while data := self._line.receive(min(deadline, self._soon(_QUIET)) if held else deadline, cancel):
            held += data
            code, end, _ = held.partition(b"\r")
            if end or len(held) > _LONGEST:
                text = code.decode("utf-8", "replace")
                good = text.isprintable() and "\ufffd" not in text and 0 < len(text) <= _LONGEST
                return CodeScanned(Voucher(text)) if good else CodeRejected()
        return CodeRejected() if held and not cancel.cancelled else None  # half a code, and the line fell silent

    def _soon(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)


def _make(settings: ExampleSettings, host: Host) -> Scanner:
    return ExampleScanner(serial_line(settings.port, settings.baud, host.clock), host)


driver: Driver[Scanner] = Driver(ExampleSettings, simulated=False, make=_make)
