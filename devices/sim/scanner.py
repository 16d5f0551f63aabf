"""A simulated code scanner on a pseudo-terminal: it looks while its light is on, and sends at the speed of its line."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from devices.sim.channels import Terminal
from devices.sim.loop import Loop
from devices.sim.pacing import Line, Outlet
from devices.sim.spoiling import Spoiled, Spoiling, send_spoilt

_LONGEST_COMMAND: Final = 64
_NOISE: Final = b"\x00\xff\x02"
_HESITATION: Final = 0.01


class Firmware(StrEnum):
    """Whose commands it obeys; `PRESENTATION` looks all the time and obeys none."""

    NEWLAND = "newland"
    HONEYWELL = "honeywell"
    PRESENTATION = "presentation"


class SimulatedScanner:
    """A code held before it stays until it was read; `changed` is told when that happens."""

    def __init__(self, loop: Loop, link: Path, changed: Callable[[str], None]) -> None:
        self._changed = changed
        self._terminal = Terminal(loop, link, self._receive)
        self._outlet = Outlet(loop, self._terminal.send, lambda: self.line)
        self.line = Line()
        self.firmware = Firmware.NEWLAND
        self.refuses = False
        self.silent = False
        self.light = False
        self.spoilt: tuple[Spoiling, int] | None = None
        self._held: list[bytes] = []
        self._commands = b""
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._terminal.plugged

    @property
    def waiting(self) -> int:
        """Codes held before the window and not read yet."""
        return len(self._held)

    def plug(self) -> None:
        self._terminal.plug()

    def unplug(self) -> None:
        self.light = False
        self._commands = b""
        self._outlet.clear()
        self._terminal.unplug()

    def hold(self, raw: bytes) -> None:
        """Hold a code before the window; `raw` is all that will be sent, terminator included."""
        self._held.append(raw)
        self._look()

    def take_away(self) -> None:
        self._held.clear()

    def send(self, raw: bytes) -> None:
        """Bytes out of nowhere: noise on the line."""
        self._outlet.put(raw)

    def _look(self) -> None:
        if not self._terminal.plugged or not (self.light or self.firmware is Firmware.PRESENTATION):
            return
        if self._held:
            self._read(self._held.pop(0))
            self._changed("code_read")

    def _read(self, raw: bytes) -> None:
        spoilt, self.spoilt = self.spoilt, None
        if spoilt is None:
            self.send(raw)
        else:
            kind, at = spoilt
            message = Spoiled(raw, at, noise=_NOISE, hesitation=_HESITATION)
            send_spoilt(self._outlet, kind, message, self.unplug)

    def _receive(self, data: bytes) -> None:
        self._commands = (self._commands + data)[-_LONGEST_COMMAND:]
        if self.firmware is Firmware.NEWLAND:
            self._obey_newland()
        elif self.firmware is Firmware.HONEYWELL:
            self._obey_honeywell()

    def _obey_newland(self) -> None:
        """`~ SOH 0000 #|@ TAG ; ETX`, answered by STX SOH … ACK|NAK ; ETX."""
        while b"\x03" in self._commands:
            frame, _, self._commands = self._commands.partition(b"\x03")
            start = frame.rfind(b"~\x010000")
            if start < 0 or not frame.endswith(b";"):
                continue
            body = frame[start + 2 : -1]
            known = body[4:] in {b"#SCNTRG0", b"#SCNTRG1"} and not self.refuses
            if not self.silent:
                self.send(b"\x02\x01" + body + (b"\x06" if known else b"\x15") + b";\x03")
            if known:
                self._switch(on=body.endswith(b"1"))

    def _obey_honeywell(self) -> None:
        """`SYN T CR` and `SYN U CR`; silent on both."""
        while b"\r" in self._commands:
            frame, _, self._commands = self._commands.partition(b"\r")
            if frame.endswith((b"\x16T", b"\x16U")) and not self.refuses:
                self._switch(on=frame.endswith(b"T"))

    def _switch(self, *, on: bool) -> None:
        self.light = on
        self._changed("light_on" if on else "light_off")
        self._look()
