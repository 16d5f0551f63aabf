"""The record form of a social security card: tag (1 byte), length (1 byte), value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class TlvFault(Enum):
    """Why bytes are no record."""

    TOO_SHORT = auto()
    WRONG_TAG = auto()
    WRONG_LENGTH = auto()


@dataclass(frozen=True, slots=True)
class Record:
    """One record; the value stays out of its repr because it is a person's."""

    tag: int
    value: bytes

    def __repr__(self) -> str:
        return f"Record(tag={self.tag:02X}, {len(self.value)} bytes)"

    def encode(self) -> bytes:
        """Raises ValueError beyond what one byte can say."""
        if len(self.value) > 255:
            raise ValueError("a record holds at most 255 bytes")
        return bytes((self.tag, len(self.value))) + self.value


def decode_record(data: bytes, tag: int) -> Record | TlvFault:
    """The record of `tag` that fills `data` to its last byte: a length that disagrees means that the card or the line
    is broken.
    """
    if len(data) < 2:
        return TlvFault.TOO_SHORT
    if data[0] != tag:
        return TlvFault.WRONG_TAG
    if data[1] != len(data) - 2:
        return TlvFault.WRONG_LENGTH
    return Record(tag, data[2:])
