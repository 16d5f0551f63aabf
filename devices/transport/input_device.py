"""A USB keypad as the kernel shows it, /dev/input/event*: held alone, and only if its maker is on the list.

Alone, because an event device also types into whatever window has the focus. The list, because anybody can plug a
keyboard into a kiosk: what is not named by vendor and product id is never opened.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Collection
from typing import Final

from devices.transport.stream import DescriptorStream
from kiosk.ports.clock import Clock

_EVIOCGID: Final = 0x80084502  # _IOR('E', 0x02, struct input_id)
_EVIOCGRAB: Final = 0x40044590  # _IOW('E', 0x90, int)
_INPUT_ID: Final = struct.Struct("<HHHH")  # bus, vendor, product, version


def input_device(path: str, allowed: Collection[str], clock: Clock) -> DescriptorStream:
    """The events of `path`; `allowed` are ids as lsusb writes them, such as `2047:0801`."""

    def connect() -> int:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = usb_id(fd)
            if found not in allowed:
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)
            fcntl.ioctl(fd, _EVIOCGRAB, 1)
        except OSError:
            os.close(fd)
            raise
        return fd

    return DescriptorStream(connect, clock)


def usb_id(fd: int) -> str:
    """Vendor and product as lsusb writes them; OSError for what is no input device."""
    _bus, vendor, product, _version = _INPUT_ID.unpack(fcntl.ioctl(fd, _EVIOCGID, bytes(_INPUT_ID.size)))
    return f"{vendor:04x}:{product:04x}"
