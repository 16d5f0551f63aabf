"""What the simulated printer understands, written from the printer's side of the wire.

Strict: a byte sequence that is not here is a `Violation`, never skipped in silence. Written apart from
`devices.wire.escpos` on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reset:
    pass


@dataclass(frozen=True, slots=True)
class ChineseMode:
    on: bool


@dataclass(frozen=True, slots=True)
class Justify:
    """0 left, 1 centre, 2 right."""

    side: int


@dataclass(frozen=True, slots=True)
class Embolden:
    on: bool


@dataclass(frozen=True, slots=True)
class Magnify:
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Character:
    """One character and the bytes it came as."""

    text: str
    size: int


@dataclass(frozen=True, slots=True)
class EndRow:
    pass


@dataclass(frozen=True, slots=True)
class FeedRows:
    count: int


@dataclass(frozen=True, slots=True)
class CutHere:
    """`feed`: first bring the last row under the blade."""

    feed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """`stride` bytes a row, most significant dot first; each dot is printed `scale` wide and high."""

    stride: int
    rows: int
    dots: bytes
    scale: int = 1


@dataclass(frozen=True, slots=True)
class QrModule:
    dots: int


@dataclass(frozen=True, slots=True)
class QrLevel:
    level: str


@dataclass(frozen=True, slots=True)
class QrContent:
    content: bytes


@dataclass(frozen=True, slots=True)
class QrDraw:
    pass


@dataclass(frozen=True, slots=True)
class QrModel:
    number: int


@dataclass(frozen=True, slots=True)
class TellInOrder:
    """GS r: 1 asks for the paper sensor."""

    what: int


@dataclass(frozen=True, slots=True)
class Violation:
    why: str


Operation = (
    Reset
    | ChineseMode
    | Justify
    | Embolden
    | Magnify
    | Character
    | EndRow
    | FeedRows
    | CutHere
    | Picture
    | QrModel
    | QrModule
    | QrLevel
    | QrContent
    | QrDraw
    | TellInOrder
    | Violation
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One operation and how many bytes it was."""

    operation: Operation
    used: int


def parse(buffer: bytes, *, chinese: bool) -> Parsed | None:
    """The first operation in `buffer`; None when its end is not there yet. `buffer` is not empty."""
    first = buffer[0]
    if first == 0x0A:
        return Parsed(EndRow(), 1)
    if 0x20 <= first <= 0x7E:
        return Parsed(Character(chr(first), 1), 1)
    if 0x81 <= first <= 0xFE:
        return _hanzi(buffer) if chinese else Parsed(Violation("a hanzi outside of Chinese mode"), 1)
    if first in {0x1B, 0x1C, 0x1D}:
        return _command(buffer)
    return Parsed(Violation("no command begins so"), 1)


def _hanzi(buffer: bytes) -> Parsed | None:
    """GB18030: the second byte tells two bytes from four."""
    if len(buffer) < 2:
        return None
    size = 4 if 0x30 <= buffer[1] <= 0x39 else 2
    if len(buffer) < size:
        return None
    try:
        return Parsed(Character(buffer[:size].decode("gb18030"), size), size)
    except UnicodeDecodeError:
        return Parsed(Violation("no GB18030 character"), 1)


def _one_of(values: range | set[int], make: Callable[[int], Operation]) -> Callable[[bytes], Operation]:
    def build(arguments: bytes) -> Operation:
        value = arguments[0]
        return make(value) if value in values else Violation("an argument out of range")

    return build


def _magnify(arguments: bytes) -> Operation:
    width, height = arguments[0] >> 4, arguments[0] & 0x0F
    return Magnify(width + 1, height + 1) if max(width, height) < 8 else Violation("an argument out of range")


# Command → number of argument bytes, and what it means.
_FIXED: Final[dict[bytes, tuple[int, Callable[[bytes], Operation]]]] = {
    b"\x1b@": (0, lambda _: Reset()),
    b"\x1c&": (0, lambda _: ChineseMode(True)),
    b"\x1c.": (0, lambda _: ChineseMode(False)),
    b"\x1ba": (1, _one_of(range(3), Justify)),
    b"\x1bE": (1, _one_of(range(2), lambda on: Embolden(on == 1))),
    b"\x1bd": (1, lambda arguments: FeedRows(arguments[0])),
    b"\x1d!": (1, _magnify),
    b"\x1dr": (1, _one_of({1, 2}, TellInOrder)),
}


def _command(buffer: bytes) -> Parsed | None:
    if len(buffer) < 2:
        return None
    name = buffer[:2]
    if name in _FIXED:
        size, build = _FIXED[name]
        return Parsed(build(buffer[2 : 2 + size]), 2 + size) if len(buffer) >= 2 + size else None
    if name == b"\x1dV":
        return _cut(buffer)
    if name == b"\x1dv":
        return _picture(buffer)
    if name == b"\x1d(":
        return _qr(buffer)
    return Parsed(Violation("an unknown command"), 2)


def _cut(buffer: bytes) -> Parsed | None:
    """GS V 0 and 1 cut at once; 65 and 66 take a distance and feed to the blade first."""
    if len(buffer) < 3:
        return None
    if buffer[2] in {0, 1}:
        return Parsed(CutHere(feed=False), 3)
    if buffer[2] in {65, 66}:
        return Parsed(CutHere(feed=True), 4) if len(buffer) >= 4 else None
    return Parsed(Violation("an unknown cut"), 3)


def _picture(buffer: bytes) -> Parsed | None:
    """GS v 0 m xL xH yL yH, then the dots; m = 0 normal size, m = 3 doubled both ways."""
    if len(buffer) < 8:
        return None
    if buffer[2:4] not in {b"0\x00", b"0\x03"}:
        return Parsed(Violation("an unknown picture"), 4)
    stride, rows = int.from_bytes(buffer[4:6], "little"), int.from_bytes(buffer[6:8], "little")
    if not stride or not rows:
        return Parsed(Violation("a picture without size"), 8)
    end = 8 + stride * rows
    scale = 2 if buffer[3] else 1
    return Parsed(Picture(stride, rows, buffer[8:end], scale), end) if len(buffer) >= end else None


def _qr(buffer: bytes) -> Parsed | None:
    """GS ( k pL pH cn fn …; cn 49 is QR."""
    if len(buffer) < 5:
        return None
    end = 5 + int.from_bytes(buffer[3:5], "little")
    if len(buffer) < end:
        return None
    if buffer[2:3] != b"k" or buffer[5:6] != b"1":
        return Parsed(Violation("an unknown function"), end)
    return Parsed(_qr_function(buffer[6:7], buffer[7:end]), end)


def _qr_function(function: bytes, arguments: bytes) -> Operation:
    match function, len(arguments):
        case b"A", 2 if arguments in {b"1\x00", b"2\x00"}:
            return QrModel(arguments[0] - 0x30)
        case b"C", 1 if 1 <= arguments[0] <= 16:
            return QrModule(arguments[0])
        case b"E", 1 if arguments in {b"0", b"1", b"2", b"3"}:
            return QrLevel("LMQH"[arguments[0] - 0x30])
        case b"P", size if size > 1 and arguments[:1] == b"0":
            return QrContent(arguments[1:])
        case b"Q", 1 if arguments == b"0":
            return QrDraw()
        case _:
            return Violation("an unknown QR function")
