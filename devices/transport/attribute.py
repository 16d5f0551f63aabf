"""A device's value as a small file: what Linux shows of LEDs, GPIO lines and industrial sensors under /sys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from devices.transport.errors import DeviceGoneError, GarbledError

_LONGEST: Final = 64


def read_number(path: Path) -> float:
    """The number that stands there now; DeviceGoneError without the file, GarbledError when it holds no number."""
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST)
    except OSError as error:
        raise DeviceGoneError(os.strerror(error.errno or 0)) from error
    try:
        return float(text.decode("ascii"))
    except ValueError as error:
        raise GarbledError("no number") from error


def write_number(path: Path, value: int) -> None:
    """Of a file that is there already: an attribute is never made by whoever writes it."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_TRUNC)
    except OSError as error:
        raise DeviceGoneError(os.strerror(error.errno or 0)) from error
    try:
        os.write(fd, f"{value}\n".encode("ascii"))
    except OSError as error:
        raise DeviceGoneError(os.strerror(error.errno or 0)) from error
    finally:
        os.close(fd)
