"""The frame in which certified closed devices (card terminals, PIN pads) are spoken to over a serial line.

STX, two bytes of length in BCD, that many bytes of text, ETX, and the XOR of all between STX and the XOR itself: the
form that the cash register ports of Chinese card terminals share. The text is our own: fields parted by FS (1C), the
first of them a number that the answer repeats.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

STX, ETX, FS = 0x02, 0x03, "\x1c"
LONGEST: Final = 512
"""Bytes of text; nothing that a device of this kind may say is longer."""
_OVERHEAD: Final = 5


class Noise(Enum):
    """Why bytes were no frame. They are thrown away up to where the next one may begin."""

    NO_FRAME = auto()
    NO_TEXT = auto()


def check_of(inner: bytes) -> int:
    """The XOR of all bytes between STX and itself."""
    check = 0
    for byte in inner:
        check ^= byte
    return check


def encode(fields: tuple[str, ...]) -> bytes:
    """Raises ValueError for what a frame cannot carry."""
    if any(character < " " or character == "\x7f" for field in fields for character in field):
        raise ValueError("control characters part fields and frames")
    text = FS.join(fields).encode()
    if len(text) > LONGEST:
        raise ValueError("too long for a frame")
    inner = bytes.fromhex(f"{len(text):04d}") + text + bytes((ETX,))
    return bytes((STX,)) + inner + bytes((check_of(inner),))


class FrameReader:
    """Finds frames in what arrives; noise before, between and inside them is reported and passed over."""

    def __init__(self) -> None:
        self._held = b""

    @property
    def pending(self) -> bool:
        """Whether part of a frame has come."""
        return bool(self._held)

    def clear(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[tuple[str, ...] | Noise]:
        self._held += data
        found: list[tuple[str, ...] | Noise] = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    def _next(self) -> tuple[str, ...] | Noise | None:
        """The first whole frame, wherever it begins: noise that looks like the start of a long one hides none."""
        place = self._held.find(STX)
        if place != 0:
            return self._pass_over(place)
        while place >= 0:
            end = self._end_of(place)
            if end is not None:
                return self._pass_over(place) if place else self._take(end)
            place = self._held.find(STX, place + 1)
        return self._pass_over(1) if self._hopeless() else None

    def _pass_over(self, place: int) -> Noise | None:
        """Throw away what lies before `place`; all of it where nothing begins."""
        noise, self._held = bool(self._held), self._held[place:] if place > 0 else b""
        return Noise.NO_FRAME if noise else None

    def _end_of(self, place: int) -> int | None:
        """Where the frame that begins there ends; None unless it is whole and right."""
        size = self._size(place)
        if size > LONGEST:
            return None
        end = place + size + _OVERHEAD
        frame = self._held[place:end]
        whole = len(self._held) >= end and frame[-2] == ETX
        return end if whole and check_of(frame[1:-1]) == frame[-1] else None

    def _size(self, place: int) -> int:
        """More than any frame has where these bytes are no length, or have not come."""
        digits = self._held[place + 1 : place + 3].hex()
        return int(digits) if len(digits) == 4 and digits.isdecimal() else LONGEST * 2

    def _hopeless(self) -> bool:
        """Whether what begins at the start can become no frame any more."""
        if len(self._held) < 3:
            return False
        size = self._size(0)
        return size > LONGEST or len(self._held) >= size + _OVERHEAD

    def _take(self, end: int) -> tuple[str, ...] | Noise:
        frame, self._held = self._held[:end], self._held[end:]
        try:
            return tuple(frame[3:-2].decode().split(FS))
        except UnicodeDecodeError:
            return Noise.NO_TEXT
