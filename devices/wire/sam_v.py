"""What a reader of resident ID cards says and understands over a serial line (SAM-V, GA/T 467; 115200 8N1).

Both ways a frame is `AA AA AA 96 69 | length (2, big-endian) | body | check`. The length counts body and check; the
check is the XOR of everything between preamble and itself. A command's body is command, parameter and data; an answer's
is three status bytes, of which the third speaks, and data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Final

PREAMBLE: Final = bytes.fromhex("AAAAAA9669")
TEXT_BYTES: Final = 256
PORTRAIT_BYTES: Final = 1024
_HEAD: Final = len(PREAMBLE) + 2
# 3 status bytes, 3 length words, text, portrait, two fingerprints, check: the longest that the standard knows.
_LONGEST: Final = 3 + 6 + TEXT_BYTES + PORTRAIT_BYTES + 1024 + 1
_SHORTEST: Final = 4


class Ask(bytes, Enum):
    """Commands by command and parameter. Fingerprints (3010) are not asked for: nobody here has a use for them."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    BAUD_115200 = b"\x60\x00"
    BAUD_57600 = b"\x60\x01"
    BAUD_38400 = b"\x60\x02"
    BAUD_19200 = b"\x60\x03"
    BAUD_9600 = b"\x60\x04"


SET_BAUD: Final = {
    115200: Ask.BAUD_115200,
    57600: Ask.BAUD_57600,
    38400: Ask.BAUD_38400,
    19200: Ask.BAUD_19200,
    9600: Ask.BAUD_9600,
}
"""Every speed that readers know, the usual first. The answer comes at the old speed, all after it at the new."""


class Status(IntEnum):
    """The third status byte."""

    DONE = 0x90
    EMPTY = 0x91
    FOUND = 0x9F
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    NOT_ALLOWED = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    NOT_VERIFIED = 0x33
    UNKNOWN_CARD = 0x40
    NOT_READ = 0x41
    NO_RANDOM = 0x47
    SELF_TEST = 0x60
    NOT_AUTHORISED = 0x66
    NONE_FOUND = 0x80
    NOT_SELECTED = 0x81


class Flaw(Enum):
    """Why bytes are no answer."""

    LENGTH = auto()
    CHECKSUM = auto()
    STATUS = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """A reader's answer; the data stays out of its repr because it is a person's."""

    status: Status
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Answer({self.status.name}, {len(self.data)} bytes)"


def command(ask: Ask) -> bytes:
    """The frame of a command."""
    counted = (len(ask) + 1).to_bytes(2, "big") + ask
    return PREAMBLE + counted + bytes((check(counted),))


def check(counted: bytes) -> int:
    """XOR of length and body."""
    total = 0
    for byte in counted:
        total ^= byte
    return total


_SUCCESS: Final = {
    Ask.FIND: (Status.FOUND, 4),
    Ask.SELECT: (Status.DONE, 8),
    Ask.READ: (Status.DONE, 4 + TEXT_BYTES + PORTRAIT_BYTES),
}
"""Status and data of an answer that says yes; DONE and nothing for every other command."""


def fits(ask: Ask, answer: Answer) -> bool:
    """Whether this can be the answer to that command: nothing numbers them, so a late one is known by its form alone.
    A complaint carries no data.
    """
    if answer.status in {Status.DONE, Status.FOUND}:
        return (answer.status, len(answer.data)) == _SUCCESS.get(ask, (Status.DONE, 0))
    return not answer.data


def text_and_portrait(data: bytes) -> tuple[bytes, bytes] | Flaw:
    """The parts of the answer to READ, whose lengths stand before them; the portrait is WLT and stays undecoded."""
    counts = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if counts != (TEXT_BYTES, PORTRAIT_BYTES) or len(data) != 4 + sum(counts):
        return Flaw.LENGTH
    return data[4 : 4 + TEXT_BYTES], data[4 + TEXT_BYTES :]


class Framer:
    """Cuts a stream of bytes into answers, wherever the line happens to split it.

    What is no frame is skipped to the next preamble, so a good frame is found behind garbage, and behind a broken frame
    whose length swallowed its beginning. Never holds more than one frame of the longest kind.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def pending(self) -> bool:
        """Whether an answer is under way."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Answer | Flaw]:
        """What is complete now. Of long input, piece by piece, so that no flood is held."""
        found: list[Answer | Flaw] = []
        for start in range(0, len(data), _LONGEST):
            self._held += data[start : start + _LONGEST]
            found += self._cut()
        return found

    def silence(self) -> list[Answer | Flaw]:
        """Nothing more comes: a frame without its end is given up, and what stands whole behind its start is found."""
        found: list[Answer | Flaw] = []
        while self._held:
            del self._held[0]
            found += self._cut()
        return found

    def _cut(self) -> Iterator[Answer | Flaw]:
        while self._begins():
            size = int.from_bytes(self._held[len(PREAMBLE) : _HEAD], "big")
            if not _SHORTEST <= size <= _LONGEST:
                self._skip()
                yield Flaw.LENGTH
                continue
            if len(self._held) < _HEAD + size:
                return
            frame = bytes(self._held[len(PREAMBLE) : _HEAD + size])
            answer = _answer(frame)
            if answer is Flaw.CHECKSUM:
                self._skip()
            else:
                del self._held[: _HEAD + size]
            yield answer

    def _begins(self) -> bool:
        """Whether a whole head stands at the front, after dropping what cannot be the beginning of one."""
        at = self._held.find(PREAMBLE)
        if at < 0:
            end = len(self._held)
            tails = range(max(0, end - len(PREAMBLE) + 1), end)
            at = next((start for start in tails if PREAMBLE.startswith(self._held[start:])), end)
        del self._held[:at]
        return len(self._held) >= _HEAD

    def _skip(self) -> None:
        """Past this preamble, whose frame is broken."""
        del self._held[0]


def _answer(frame: bytes) -> Answer | Flaw:
    if check(frame[:-1]) != frame[-1]:
        return Flaw.CHECKSUM
    body = frame[2:-1]
    if body[:2] != b"\x00\x00" or body[2] not in {status.value for status in Status}:
        return Flaw.STATUS
    return Answer(Status(body[2]), body[3:])
