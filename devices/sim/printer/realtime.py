"""The printer's receiving end: picks real-time commands out of the stream, wherever they stand, before anything is
understood.

A real printer does the same, inside pictures too; a driver that lets DLE EOT slip into a picture spoils it here as
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

_DLE: Final = 0x10
_FORGET: Final = b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class Order(Enum):
    """Real-time orders other than questions."""

    FORGET = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """DLE EOT n."""

    number: int


Received = bytes | Question | Order


class Receiver:
    """Splits the stream into plain bytes and real-time commands; a command cut by the line is waited for."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[Received]:
        stream, self._held = self._held + data, b""
        received: list[Received] = []
        while stream:
            at = stream.find(_DLE)
            plain, stream = (stream, b"") if at < 0 else (stream[:at], stream[at:])
            if plain:
                received.append(plain)
            if stream:
                item, used = _command(stream)
                if item is None:
                    self._held = stream
                    break
                received.append(item)
                stream = stream[used:]
        return received


def _command(stream: bytes) -> tuple[Received | None, int]:
    """What the DLE at the start of `stream` begins, and its length; None while that cannot be said."""
    if len(stream) < 2:
        return None, 0
    match stream[1]:
        case 0x04:
            return _question(stream)
        case 0x05:
            return Order.UNKNOWN, 2
        case 0x14:
            return _order(stream)
        case _:
            return stream[:1], 1


def _question(stream: bytes) -> tuple[Received | None, int]:
    if len(stream) < 3:
        return None, 0
    return (Question(stream[2]), 3) if 1 <= stream[2] <= 4 else (Order.UNKNOWN, 3)


def _order(stream: bytes) -> tuple[Received | None, int]:
    said = stream[1 : 1 + len(_FORGET)]
    if said == _FORGET:
        return Order.FORGET, 1 + len(_FORGET)
    return (None, 0) if _FORGET.startswith(said) else (Order.UNKNOWN, 2)
