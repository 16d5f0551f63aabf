"""What a serial code scanner sends and understands: codes ended by CR, LF or silence, trigger commands, and their
acknowledgements.

Newland's frame is `~ SOH 0000 # TAG ; ETX` and is answered by `STX SOH 0000 # TAG ACK ; ETX`; `#` keeps a setting out
of the flash, whose write cycles are limited. Honeywell's trigger is `SYN T CR` / `SYN U CR` and is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, StrEnum, auto
from typing import Final

from kiosk.domain.personal import Voucher

LONGEST_CODE: Final = 512
_LONGEST_REPLY: Final = 64
_CR, _LF, _STX, _ETX = 0x0D, 0x0A, 0x02, 0x03
# "]Q1" and its like say which symbology was read (ISO/IEC 15424); the code itself begins behind it.
_AIM_PREFIX: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")


class Dialect(StrEnum):
    """How the scanner is told to look. `NONE` always looks (presentation mode) and takes no commands."""

    NONE = "none"
    NEWLAND = "newland"
    HONEYWELL = "honeywell"


class Rejection(Enum):
    """Why what came is no code."""

    CONTROL_CHARACTER = auto()
    NO_TEXT = auto()
    TOO_LONG = auto()
    CUT_SHORT = auto()


class Reply(Enum):
    """A scanner's answer to a command."""

    ACK = 0x06
    NAK = 0x15
    ENQ = 0x05
    """The command is known, its value is not."""


Frame = Voucher | Rejection | Reply


def trigger(dialect: Dialect, *, on: bool) -> bytes:
    """The command that starts or stops looking; empty for a scanner that takes none."""
    match dialect:
        case Dialect.NONE:
            return b""
        case Dialect.NEWLAND:
            return b"~\x010000#SCNTRG" + (b"1" if on else b"0") + b";\x03"
        case Dialect.HONEYWELL:
            return b"\x16T\r" if on else b"\x16U\r"


def answers(dialect: Dialect) -> bool:
    """Whether a scanner of this dialect acknowledges its trigger."""
    return dialect is Dialect.NEWLAND


class Framer:
    """Cuts a stream of bytes into codes and replies, wherever the line happens to split it.

    With `terminated`, CR, LF or both end a code and what silence leaves unended is `CUT_SHORT`; without, silence ends
    it. Never holds more than `longest` bytes: the rest of a longer code is dropped until its end, which is then
    reported once.
    """

    def __init__(self, dialect: Dialect, *, terminated: bool, longest: int = LONGEST_CODE) -> None:
        self._replies = answers(dialect)
        self._terminated = terminated
        self._longest = longest
        self._code = bytearray()
        self._reply: bytearray | None = None
        self._too_long = False

    @property
    def pending(self) -> bool:
        """Whether silence would now mean something."""
        return bool(self._code) or self._too_long or self._reply is not None

    def feed(self, data: bytes) -> list[Frame]:
        return [frame for byte in data for frame in self._take(byte)]

    def silence(self) -> list[Frame]:
        """The line has been quiet for the idle time."""
        self._reply = None
        if self._terminated and self._code and not self._too_long:
            self._code.clear()
            return [Rejection.CUT_SHORT]
        return list(self._end())

    def _take(self, byte: int) -> Iterator[Frame]:
        if self._reply is not None:
            yield from self._take_reply(self._reply, byte)
        elif byte == _STX and self._replies and not self._code:
            self._reply = bytearray()
        elif byte in {_CR, _LF}:
            yield from self._end()
        elif len(self._code) == self._longest:
            self._too_long = True
        else:
            self._code.append(byte)

    def _take_reply(self, reply: bytearray, byte: int) -> Iterator[Frame]:
        if byte != _ETX and len(reply) < _LONGEST_REPLY:
            reply.append(byte)
            return
        self._reply = None
        yield _reply(bytes(reply)) if byte == _ETX else Rejection.TOO_LONG

    def _end(self) -> Iterator[Frame]:
        code, too_long = bytes(self._code), self._too_long
        self._code.clear()
        self._too_long = False
        if too_long:
            yield Rejection.TOO_LONG
        elif code:
            yield _code(code)


def _reply(body: bytes) -> Frame:
    """The byte before the closing `;` says yes or no."""
    if len(body) < 2 or body[-1:] != b";" or body[-2] not in {reply.value for reply in Reply}:
        return Rejection.CONTROL_CHARACTER
    return Reply(body[-2])


def _code(raw: bytes) -> Frame:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Rejection.NO_TEXT
    if any(character < " " or "\x7f" <= character < "\xa0" for character in text):
        return Rejection.CONTROL_CHARACTER
    text = _AIM_PREFIX.sub("", text, count=1) if _AIM_PREFIX.match(text) else text
    return Voucher(text) if text.strip() else Rejection.NO_TEXT
