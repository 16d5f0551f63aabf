"""A simulated SAM-V reader on a pseudo-terminal: strict about what it hears, slow as its line, spoilt on demand.

What a real reader would complain of is answered with its complaint and noted in `violations`, of which there should be
none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from devices.sim.channels import Terminal
from devices.sim.id_card.contents import IdFlaw
from devices.sim.id_card.plate import LaidCard, Plate
from devices.sim.loop import Loop
from devices.sim.pacing import Line, Outlet
from devices.sim.spoiling import Spoiled, Spoiling, send_spoilt

_START: Final = b"\xaa\xaa\xaa\x96\x69"
_RATES: Final = (115200, 57600, 38400, 19200, 9600)
_LONGEST: Final = 64
_DONE, _FOUND, _NONE, _NOT_SELECTED, _NOT_READ = 0x90, 0x9F, 0x80, 0x81, 0x41
_COMPLAINTS: Final = {IdFlaw.NOT_AUTHENTIC: 0x33, IdFlaw.OTHER_CARD: 0x40}
_NOISE: Final = bytes.fromhex("00FFAA5596AAAAAA9669AAAAAAAA9669")
"""With a false beginning in it, and one that announces more than there is."""
_HESITATION: Final = 0.12


class Module(StrEnum):
    """How the security module in the reader is."""

    WELL = "well"
    SELF_TEST_FAILED = "self_test_failed"
    NOT_AUTHORISED = "not_authorised"


class Command(StrEnum):
    RESET = "reset"
    STATUS = "status"
    FIND = "find"
    SELECT = "select"
    READ = "read"
    BAUD = "baud"


_COMMANDS: Final = {
    b"\x10\xff": Command.RESET,
    b"\x11\xff": Command.STATUS,
    b"\x20\x01": Command.FIND,
    b"\x20\x02": Command.SELECT,
    b"\x30\x01": Command.READ,
    **{bytes((0x60, place)): Command.BAUD for place in range(len(_RATES))},
}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The next answer to `command` is spoilt, and only that."""

    kind: Spoiling
    command: Command
    at: int = 0


class SimulatedIdReader:
    """`changed` is told what happens to the card without anybody having asked for it."""

    def __init__(self, loop: Loop, link: Path, changed: Callable[[str], None]) -> None:
        self._loop = loop
        self._changed = changed
        self._terminal = Terminal(loop, link, self._receive)
        self.plate = Plate()
        self.renew()
        self._outlet = Outlet(loop, self._terminal.send, lambda: self.line)
        self.plug()

    def renew(self) -> None:
        """As it comes from the factory, with nothing on it."""
        self.plate.lift()
        self.plate.finds_again = False
        self.line = Line()
        self.module = Module.WELL
        self.silent = False
        self.read_ms = 0
        self.spoilt: Spoilt | None = None
        self.violations: list[str] = []
        self.asked = 0
        self._held = b""

    @property
    def plugged(self) -> bool:
        return self._terminal.plugged

    def plug(self) -> None:
        self._terminal.plug()

    def unplug(self) -> None:
        self._held = b""
        self._outlet.clear()
        self._terminal.unplug()

    def lay(self, card: LaidCard) -> None:
        self.plate.lay(card)
        self._changed("id_card_laid")

    # --- what it hears ------------------------------------------------------------------------------------------------
    def _receive(self, data: bytes) -> None:
        if self._terminal.speed != self.line.baud:
            return  # bits of another speed are no bytes
        self._held += data
        while (frame := self._frame()) is not None:
            self.asked += 1
            wire_time = self.line.seconds(len(frame)) - self.line.pause_ms / 1000
            self._loop.after(wire_time, lambda heard=frame: self._obey(heard))  # type: ignore[misc]

    def _frame(self) -> bytes | None:
        """The next whole frame; what stands before a beginning is a violation."""
        at = self._held.find(_START)
        if at < 0 and len(self._held) >= len(_START):
            self._object("no preamble")
            self._held = b""
        if at > 0:
            self._object("bytes before the preamble")
            self._held = self._held[at:]
        if len(self._held) < 7:
            return None
        end = 7 + int.from_bytes(self._held[5:7], "big")
        if end > _LONGEST:
            self._object("too long")
            self._held = b""
            return None
        if len(self._held) < end:
            return None
        frame, self._held = self._held[:end], self._held[end:]
        return frame

    def _object(self, why: str) -> None:
        self.violations.append(why)

    def _obey(self, frame: bytes) -> None:
        counted, check = frame[5:-1], frame[-1]
        command = _COMMANDS.get(frame[7:-1])
        if _exclusive_or(counted) != check:
            self._object("check")
            self._complain(0x10)
        elif command is None:
            self._object(f"command {frame[7:-1].hex()}")
            self._complain(0x21)
        elif self.module is not Module.WELL and command is not Command.RESET:
            self._answer(command, 0x60 if self.module is Module.SELF_TEST_FAILED else 0x66)
        else:
            self._do(command, frame[8])

    def _do(self, command: Command, parameter: int) -> None:
        match command:
            case Command.RESET | Command.STATUS:
                self._answer(command, _DONE)
            case Command.FIND if self.plate.find():
                self._answer(command, _FOUND, bytes(4))
            case Command.FIND:
                self._answer(command, _NONE)
            case Command.SELECT if self.plate.select():
                self._answer(command, _DONE, bytes(8))
            case Command.SELECT:
                self._answer(command, _NOT_SELECTED)
            case Command.READ:
                card = self.plate.begin_reading()
                self._loop.after(self.read_ms / 1000, lambda: self._end_reading(card))
            case Command.BAUD:
                self._answer(command, _DONE, then=lambda: self._speak_at(_RATES[parameter]))

    def _end_reading(self, card: LaidCard | None) -> None:
        if card is None or not self.plate.end_reading(card):
            self._answer(Command.READ, _NOT_READ)
        elif card.flaw is not None and card.flaw in _COMPLAINTS:
            self._answer(Command.READ, _COMPLAINTS[card.flaw])
        else:
            self._answer(Command.READ, _DONE, b"\x01\x00\x04\x00" + card.text + card.portrait)
            self._changed("id_card_read")

    def _speak_at(self, baud: int) -> None:
        self.line = Line(baud, self.line.fragment, self.line.pause_ms)

    # --- what it says -------------------------------------------------------------------------------------------------
    def _complain(self, status: int) -> None:
        if not self.silent:
            self._outlet.put(_answer(status))

    def _answer(self, command: Command, status: int, data: bytes = b"", then: Callable[[], None] | None = None) -> None:
        if self.silent:
            return
        spoilt, frame = self.spoilt, _answer(status, data)
        if spoilt is None or spoilt.command is not command:
            self._outlet.put(frame, then)
            return
        self.spoilt = None
        self._spoil(spoilt, frame)

    def _spoil(self, spoilt: Spoilt, frame: bytes) -> None:
        if spoilt.kind is Spoiling.LENGTH:
            self._outlet.put(frame[:5] + b"\x10\x00" + frame[7:])
            return
        message = Spoiled(frame, spoilt.at, noise=_NOISE, hesitation=_HESITATION)
        send_spoilt(self._outlet, spoilt.kind, message, self.unplug)


def _answer(status: int, data: bytes = b"") -> bytes:
    body = bytes((0, 0, status)) + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return _START + counted + bytes((_exclusive_or(counted),))


def _exclusive_or(data: bytes) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total
