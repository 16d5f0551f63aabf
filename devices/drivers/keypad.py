"""Tactile keypads: on a serial port, or on USB as an input device of a listed maker."""

from __future__ import annotations

from contextlib import suppress
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict, Field, field_validator

from devices.transport.errors import DeviceGoneError
from devices.transport.input_device import input_device
from devices.transport.serial_line import serial_line
from devices.transport.stream import ByteStream
from devices.wire.keypad import EVENT_KEYS, SERIAL_KEYS, EventKeys, SerialKeys
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.keypad import Key, Keypad, KeyPressed

_BOUNCE_SECONDS: Final = 0.12


class _KeypadSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    bounce_seconds: float = Field(default=_BOUNCE_SECONDS, ge=0, le=1, description="同一个键多少秒内再按不算（手抖）")


class SerialKeypadSettings(_KeypadSettings):
    """`[devices.keypad]` of a keypad on a serial port."""

    port: str = Field(description="串口设备，例如 /dev/kiosk-keypad")
    baud: int = Field(default=9600, ge=300, description="波特率")
    keys: dict[str, Key] = Field(default_factory=lambda: dict(SERIAL_KEYS), description="键盘发来的字符 → 键")

    @field_validator("keys")
    @classmethod
    def _one_byte_each(cls, keys: dict[str, Key]) -> dict[str, Key]:
        if not all(len(character) == 1 and character.isascii() for character in keys):
            raise ValueError("one ASCII character a key")
        return keys


class UsbKeypadSettings(_KeypadSettings):
    """`[devices.keypad]` of a USB keypad."""

    device: str = Field(description="输入设备，例如 /dev/input/by-id/…-event-kbd")
    allowed: tuple[str, ...] = Field(min_length=1, description="允许的 USB 编号，例如 2047:0801（lsusb 的写法）")
    keys: dict[int, Key] = Field(default_factory=lambda: dict(EVENT_KEYS), description="内核键码 → 键")


class Decoder(Protocol):
    """Bytes of a keypad become keys."""

    def feed(self, data: bytes) -> list[Key]: ...

    def clear(self) -> None: ...


class StreamKeypad:
    """A `Keypad`. One that has said nothing yet is `unknown`: a line cannot tell a keypad from an open end."""

    def __init__(self, line: ByteStream, decoder: Decoder, bounce_seconds: float, host: Host) -> None:
        self._line, self._decoder, self._bounce = line, decoder, bounce_seconds
        self._clock, self._log = host.clock, host.log
        self._heard = False
        self._last: tuple[Key, float] | None = None
        self._ready: list[Key] = []

    def open(self) -> None:
        with suppress(DeviceGoneError):
            self._open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> Health:
        """Only reading shows that a keypad is gone; a key that comes to light so is kept for the next wait."""
        try:
            self._open()
            self._hear(Monotonic(self._clock.monotonic()), Cancel())
        except DeviceGoneError:
            self._line.close()
            return Health(DeviceState.NO_DEVICE, (FaultCode.KEYPAD_GONE,))
        return Health(DeviceState.ONLINE if self._heard else DeviceState.UNKNOWN)

    def wait(self, deadline: Monotonic, cancel: Cancel) -> KeyPressed | None:
        try:
            self._open()
            while not self._ready:
                if not self._hear(deadline, cancel):
                    return None
        except DeviceGoneError as error:
            self._log.info("keypad lost", extra={"error": type(error).__name__})
            self._line.close()
            return None
        self._heard = True
        return KeyPressed(self._ready.pop(0))

    def _hear(self, deadline: Monotonic, cancel: Cancel) -> bool:
        """Whether anything came, keys or not."""
        data = self._line.receive(deadline, cancel)
        self._ready += self._steady(self._decoder.feed(data))
        return bool(data)

    def _open(self) -> None:
        """What was pressed before anybody waited is let go."""
        if self._line.opened:
            return
        self._line.open()
        self._line.discard()
        self._decoder.clear()
        self._ready.clear()
        self._heard, self._last = False, None

    def _steady(self, keys: list[Key]) -> list[Key]:
        """Without the second press of a finger that trembles, or of a contact that bounces."""
        now = self._clock.monotonic()
        steady: list[Key] = []
        for key in keys:
            if self._last is None or self._last[0] is not key or now - self._last[1] >= self._bounce:
                steady.append(key)
            self._last = key, now
        return steady


def _make_serial(settings: SerialKeypadSettings, host: Host) -> Keypad:
    line = serial_line(settings.port, settings.baud, host.clock)
    return StreamKeypad(line, SerialKeys(settings.keys), settings.bounce_seconds, host)


def _make_usb(settings: UsbKeypadSettings, host: Host) -> Keypad:
    line = input_device(settings.device, settings.allowed, host.clock)
    return StreamKeypad(line, EventKeys(settings.keys), settings.bounce_seconds, host)


serial: Driver[Keypad] = Driver(SerialKeypadSettings, simulated=False, make=_make_serial)
simulated: Driver[Keypad] = Driver(SerialKeypadSettings, simulated=True, make=_make_serial)
usb: Driver[Keypad] = Driver(UsbKeypadSettings, simulated=False, make=_make_usb)
