"""What is said to a camera's driver in Linux: the V4L2 structures (linux/videodev2.h) that taking pictures needs.

The sizes are those of 64-bit machines; a test compares them with the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from struct import Struct
from typing import Final

_CAPTURE: Final = 1  # V4L2_BUF_TYPE_VIDEO_CAPTURE
_MAPPED: Final = 1  # V4L2_MEMORY_MMAP
_ANY_FIELD: Final = 0

_CAPABILITY: Final = Struct("=16s32s32s3I12x")
_FORMAT: Final = Struct("=I4x12I152x")
_RATE: Final = Struct("=7I176x")
_REQUEST: Final = Struct("=4I4x")
_BUFFER: Final = Struct("=5I4x2q16x2IQ2Ii4x")
_NUMBER: Final = Struct("=i")


class Ioctl(IntEnum):
    """_IOR, _IOW and _IOWR of 'V', the request's number and its structure's size."""

    QUERYCAP = 0x80005600 | _CAPABILITY.size << 16
    S_FMT = 0xC0005605 | _FORMAT.size << 16
    REQBUFS = 0xC0005608 | _REQUEST.size << 16
    QUERYBUF = 0xC0005609 | _BUFFER.size << 16
    QBUF = 0xC000560F | _BUFFER.size << 16
    DQBUF = 0xC0005611 | _BUFFER.size << 16
    STREAMON = 0x40005612 | _NUMBER.size << 16
    STREAMOFF = 0x40005613 | _NUMBER.size << 16
    S_PARM = 0xC0005616 | _RATE.size << 16


class PixelFormat(IntEnum):
    """The two that every USB camera has one of: JPEG a picture, or brightness with half the colour."""

    MJPG = int.from_bytes(b"MJPG", "little")
    YUYV = int.from_bytes(b"YUYV", "little")


class _Can(IntFlag):
    VIDEO_CAPTURE = 0x1
    STREAMING = 0x04000000
    DEVICE_CAPS = 0x80000000


class _Says(IntFlag):
    ERROR = 0x40
    TIMESTAMP_MONOTONIC = 0x2000


@dataclass(frozen=True, slots=True)
class Shape:
    """The size and form of the pictures; `form` is a FOURCC that may be none of ours. `line` is bytes a row."""

    width: int
    height: int
    form: int
    line: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A buffer that holds a picture of `used` bytes; `moment` in seconds of the monotonic clock, None if unsaid."""

    index: int
    used: int
    broken: bool
    moment: float | None


def blank_capability() -> bytearray:
    return bytearray(_CAPABILITY.size)


def takes_pictures(capability: bytes | bytearray) -> bool:
    """Whether this node gives video by mapped buffers; a camera has others beside it, for metadata."""
    _, _, _, _, whole, node = _CAPABILITY.unpack(capability)
    can = node if whole & _Can.DEVICE_CAPS else whole
    wanted = _Can.VIDEO_CAPTURE | _Can.STREAMING
    return bool(can & wanted == wanted)


def wanted_shape(width: int, height: int, form: PixelFormat) -> bytearray:
    """For S_FMT, which answers in the same place with what the camera gives instead."""
    return bytearray(_FORMAT.pack(_CAPTURE, width, height, form, _ANY_FIELD, *(0,) * 8))


def shape(answer: bytes | bytearray) -> Shape:
    _, width, height, form, _, line, *_ = _FORMAT.unpack(answer)
    return Shape(width, height, form, line)


def wanted_rate(fps: float) -> bytearray:
    return bytearray(_RATE.pack(_CAPTURE, 0, 0, 1000, round(fps * 1000), 0, 0))


def wanted_buffers(count: int) -> bytearray:
    """For REQBUFS, which answers with how many there are; none gives them back."""
    return bytearray(_REQUEST.pack(count, _CAPTURE, _MAPPED, 0))


def granted_buffers(answer: bytes | bytearray) -> int:
    return int(_REQUEST.unpack(answer)[0])


def buffer(index: int = 0) -> bytearray:
    """For QUERYBUF, QBUF and DQBUF."""
    return bytearray(_BUFFER.pack(index, _CAPTURE, 0, 0, 0, 0, 0, 0, _MAPPED, 0, 0, 0, 0))


def place(answer: bytes | bytearray) -> tuple[int, int]:
    """Where QUERYBUF says that the buffer lies: its length, and the offset to map."""
    fields = _BUFFER.unpack(answer)
    return int(fields[10]), int(fields[9]) & 0xFFFFFFFF


def filled(answer: bytes | bytearray) -> Filled:
    index, _, used, says, _, seconds, micros, *_ = _BUFFER.unpack(answer)
    moment = seconds + micros / 1e6 if says & _Says.TIMESTAMP_MONOTONIC else None
    return Filled(index, used, bool(says & _Says.ERROR), moment)


def capture() -> bytes:
    """For STREAMON and STREAMOFF."""
    return _NUMBER.pack(_CAPTURE)
