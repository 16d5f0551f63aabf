"""Code scanners on a serial port: Newland, Honeywell, and any that looks by itself."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.serial_line import serial_line
from devices.transport.stream import ByteStream
from devices.wire.scanner import LONGEST_CODE, Dialect, Frame, Framer, Rejection, Reply, trigger
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.scanner import CodeRejected, CodeScanned, ScanEvent, Scanner

_LOOK_AGAIN_SECONDS: Final = 0.5
_SWITCH_SECONDS: Final = 0.2


class SerialScannerSettings(BaseModel):
    """`[devices.scanner]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(description="串口设备，例如 /dev/kiosk-scanner")
    baud: int = Field(default=115200, ge=300, description="波特率")
    dialect: Dialect = Field(default=Dialect.NEWLAND, description="触发命令：newland、honeywell、none（常亮）")
    terminated: bool = Field(default=True, description="每个码以 CR 或 LF 结尾；没有结尾符时设为 false，以停顿分隔")
    idle_seconds: float = Field(default=0.05, gt=0, le=1, description="停顿多少秒算一个码结束")
    longest: int = Field(default=LONGEST_CODE, ge=1, le=4096, description="最长的码，字符数")


class SerialScanner:
    """A `Scanner`. What it cannot know it does not claim: a line that has said nothing yet is `unknown`."""

    def __init__(self, line: ByteStream, settings: SerialScannerSettings, host: Host) -> None:
        self._line = line
        self._settings = settings
        self._clock = host.clock
        self._log = host.log
        self._heard: Reply | None = None

    def open(self) -> None:
        with suppress(DeviceGoneError):
            self._open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> Health:
        try:
            self._open()
            self._line.discard()  # nobody waits for a code now; a cable that was pulled shows here too
        except DeviceGoneError:
            self._line.close()
            return Health(DeviceState.NO_DEVICE, (FaultCode.SCANNER_GONE,))
        if self._heard is None:
            return Health(DeviceState.UNKNOWN)
        if self._heard is Reply.ACK:
            return Health(DeviceState.ONLINE)
        return Health(DeviceState.HARDWARE_ERROR, (FaultCode.SCANNER_GONE,))

    def scan(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        if not self._wait_for_line(deadline, cancel):
            return None
        try:
            self._wait_for_quiet(deadline, cancel)
            self._switch(on=True)
            return self._scan(deadline, cancel)
        except DeviceGoneError as error:
            self._lose(error)
            return None
        finally:
            with suppress(DeviceGoneError):
                self._switch(on=False)

    def _open(self) -> None:
        if not self._line.opened:
            self._line.open()
            self._heard = None

    def _lose(self, error: Exception) -> None:
        self._log.info("scanner lost", extra={"error": type(error).__name__})
        self._line.close()

    def _wait_for_line(self, deadline: Monotonic, cancel: Cancel) -> bool:
        """A scanner that is not there is waited for; it may be plugged in meanwhile."""
        while not cancel.cancelled:
            try:
                self._open()
            except DeviceGoneError:
                left = deadline - self._clock.monotonic()
                if left <= 0:
                    return False
                cancel.sleep(min(_LOOK_AGAIN_SECONDS, left))
            else:
                return True
        return False

    def _wait_for_quiet(self, deadline: Monotonic, cancel: Cancel) -> None:
        """Let go of what came for somebody else, to the end of a code that is just arriving."""
        while self._clock.monotonic() < deadline and self._line.receive(
            self._soon(self._settings.idle_seconds), cancel
        ):
            pass

    def _switch(self, *, on: bool) -> None:
        """Not cancellable: a light that stays on blinds the next patient."""
        command = trigger(self._settings.dialect, on=on)
        if command:
            with suppress(InterruptedTransferError):
                self._line.send(command, self._soon(_SWITCH_SECONDS), Cancel())

    def _scan(self, deadline: Monotonic, cancel: Cancel) -> ScanEvent | None:
        framer = Framer(self._settings.dialect, terminated=self._settings.terminated, longest=self._settings.longest)
        while True:
            until = Monotonic(min(deadline, self._soon(self._settings.idle_seconds))) if framer.pending else deadline
            data = self._line.receive(until, cancel)
            if not data and (cancel.cancelled or self._clock.monotonic() >= deadline):
                return None
            event = self._first_event(framer.feed(data) if data else framer.silence())
            if event is not None:
                return event

    def _first_event(self, frames: list[Frame]) -> ScanEvent | None:
        """The first code or rejection; what follows it in the same breath is a repetition and dropped."""
        for frame in frames:
            match frame:
                case Voucher():
                    self._heard = Reply.ACK
                    return CodeScanned(frame)
                case Rejection():
                    self._log.info("code rejected", extra={"error": frame.name})
                    return CodeRejected()
                case Reply():
                    self._heard = frame
        return None

    def _soon(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)


def _make(settings: SerialScannerSettings, host: Host) -> Scanner:
    return SerialScanner(serial_line(settings.port, settings.baud, host.clock), settings, host)


real: Driver[Scanner] = Driver(SerialScannerSettings, simulated=False, make=_make)
simulated: Driver[Scanner] = Driver(SerialScannerSettings, simulated=True, make=_make)
