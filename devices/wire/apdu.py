"""ISO 7816-4 commands and responses, short form, and the layers that a T=0 card needs around them.

An `Exchange` sends one command and returns one response. Each layer wraps the next and knows one habit, so a reader
with an oddity of its own gets its own layer and never an `if` inside a driver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

OK: Final = 0x9000
_MORE_DATA: Final = 0x61
_WRONG_LENGTH: Final = 0x6C
# 256 bytes a reply, and no file of ours needs more than a few: a card that says 61xx for ever is broken.
_LONGEST_CHAIN: Final = 16


class ResponseError(ValueError):
    """A reader answered something that is no R-APDU; its bytes are not repeated here because they may hold personal
    data.
    """


@dataclass(frozen=True, slots=True)
class Command:
    """One C-APDU. `le` is the number of bytes expected: None for none, 256 travels as 00."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    def __post_init__(self) -> None:
        if len(self.data) > 255:
            raise ValueError("a short APDU carries at most 255 bytes")
        if self.le is not None and not 1 <= self.le <= 256:
            raise ValueError("le is 1 to 256")

    def encode(self) -> bytes:
        body = bytes((self.cla, self.ins, self.p1, self.p2))
        if self.data:
            body += bytes((len(self.data),)) + self.data
        if self.le is not None:
            body += bytes((self.le & 0xFF,))
        return body

    @property
    def header(self) -> str:
        """The four header bytes in hex: all of a command that a log may show."""
        return bytes((self.cla, self.ins, self.p1, self.p2)).hex().upper()


@dataclass(frozen=True, slots=True)
class Response:
    """One R-APDU. `data` stays out of its repr: it is a person's."""

    data: bytes
    sw: int

    @classmethod
    def decode(cls, raw: bytes) -> Response:
        """Raises ResponseError for fewer than 2 bytes or more than 258, and where no status word (6xxx, 9xxx) ends
        them.
        """
        if not 2 <= len(raw) <= 258 or raw[-2] >> 4 not in {0x6, 0x9}:
            raise ResponseError(f"{len(raw)} bytes are no short R-APDU")
        return cls(raw[:-2], int.from_bytes(raw[-2:], "big"))

    def __repr__(self) -> str:
        return f"Response({len(self.data)} bytes, sw={self.sw:04X})"

    @property
    def ok(self) -> bool:
        return self.sw == OK


Exchange = Callable[[Command], Response]


def over(transmit: Callable[[bytes], bytes]) -> Exchange:
    """The innermost layer: commands as bytes through `transmit`."""

    def exchange(command: Command) -> Response:
        return Response.decode(transmit(command.encode()))

    return exchange


def correcting_length(exchange: Exchange) -> Exchange:
    """6Cxx means "the length is xx": the same command once more, with that Le (ISO 7816-4, 5.1.3)."""

    def corrected(command: Command) -> Response:
        response = exchange(command)
        if response.sw >> 8 != _WRONG_LENGTH:
            return response
        return exchange(replace(command, le=response.sw & 0xFF or 256))

    return corrected


def collecting(exchange: Exchange) -> Exchange:
    """61xx means "xx more bytes": GET RESPONSE until the card has said all."""

    def collected(command: Command) -> Response:
        response = exchange(command)
        data = response.data
        for _ in range(_LONGEST_CHAIN):
            if response.sw >> 8 != _MORE_DATA:
                break
            response = exchange(Command(command.cla, 0xC0, 0x00, 0x00, le=response.sw & 0xFF or 256))
            data += response.data
        if response.sw >> 8 == _MORE_DATA:
            raise ResponseError("the card announces more data for ever")
        return Response(data, response.sw)

    return collected


def complete(transmit: Callable[[bytes], bytes]) -> Exchange:
    """All layers that every ISO 7816-4 card needs: bytes, 6Cxx, 61xx."""
    return collecting(correcting_length(over(transmit)))
