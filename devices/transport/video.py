"""Pictures one after another, decoded: from a camera of the machine, or from files that stand for one.

Slow to import, and OpenCV is an extra: a driver imports this when it opens.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.transport.errors import DeviceGoneError
from devices.transport.v4l2 import RawPicture, V4l2Device
from devices.wire.v4l2 import PixelFormat
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

Pixels = NDArray[np.uint8]
Picture = tuple[Pixels, Monotonic]
"""Height × width × (blue, green, red), and the moment it was taken."""

_KINDS: Final = frozenset({".bmp", ".jpeg", ".jpg", ".png"})

cv2.setNumThreads(1)  # a camera and the judging of its pictures share two cores with the screen


class Video(Protocol):
    """Used by one thread. `open` twice and `close` twice are allowed; `open` and `take` may raise DeviceGoneError."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def take(self, deadline: Monotonic, cancel: Cancel) -> Picture | None:
        """The next picture; None at the deadline or when cancelled."""
        ...


class V4l2Video:
    def __init__(self, device: V4l2Device) -> None:
        self._device = device

    def open(self) -> None:
        self._device.open()

    def close(self) -> None:
        self._device.close()

    def take(self, deadline: Monotonic, cancel: Cancel) -> Picture | None:
        while (raw := self._device.take(deadline, cancel)) is not None:
            pixels = _decoded(raw)
            if pixels is not None:
                return pixels, raw.taken
        return None


def _decoded(raw: RawPicture) -> Pixels | None:
    """None for a picture that came in pieces, as cameras on a busy USB line send now and then."""
    data, shape = np.frombuffer(raw.data, np.uint8), raw.shape
    if shape.form == PixelFormat.MJPG:
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
        return None if pixels is None else np.asarray(pixels, np.uint8)
    line = shape.line or 2 * shape.width
    if data.size < line * shape.height:
        return None
    rows = data[: line * shape.height].reshape(shape.height, line)[:, : 2 * shape.width]
    pairs = rows.reshape(shape.height, shape.width, 2)
    return np.asarray(cv2.cvtColor(pairs, cv2.COLOR_YUV2BGR_YUY2), np.uint8)


class FileVideo:
    """A folder of pictures, or a video, played in a loop at `fps`. For demonstrations and tests.

    A folder that another one takes the place of is read anew, and one that is gone is a camera that was unplugged.
    """

    def __init__(self, source: Path, fps: float, clock: Clock) -> None:
        self._source, self._pause, self._clock = source, 1.0 / fps, clock
        self._pictures: Iterator[Pixels] | None = None
        self._mark: tuple[int, ...] = ()
        self._due = clock.monotonic()

    def open(self) -> None:
        mark = self._found()
        if self._pictures is None or self._mark != mark:
            self._mark = mark
            self._pictures = _from_folder(self._source) if self._source.is_dir() else _from_video(self._source)

    def close(self) -> None:
        self._pictures = None

    def take(self, deadline: Monotonic, cancel: Cancel) -> Picture | None:
        now = self._clock.monotonic()
        if abs(self._due - now) > self._pause:  # after a rest the pictures begin anew, none is made up for
            self._due = now
        cancel.sleep(min(self._due, deadline) - now)
        if cancel.cancelled or self._due > deadline:
            return None
        self._due = Monotonic(self._due + self._pause)
        self.open()
        pixels = next(self._pictures, None) if self._pictures is not None else None
        if pixels is None:
            self.close()
            raise DeviceGoneError("no pictures")
        return pixels, self._clock.monotonic()

    def _found(self) -> tuple[int, ...]:
        try:
            found = self._source.stat()
        except OSError as error:
            self.close()
            raise DeviceGoneError(os.strerror(error.errno or errno.ENODEV)) from error
        return found.st_dev, found.st_ino, found.st_mtime_ns


def _from_folder(folder: Path) -> Iterator[Pixels]:
    """The pictures by name, for ever; ends when one cannot be read, or there is none."""
    names = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    while names:
        for name in names:
            pixels = cv2.imread(str(name), cv2.IMREAD_COLOR)
            if pixels is None:
                return
            yield np.asarray(pixels, np.uint8)


def _from_video(path: Path) -> Iterator[Pixels]:
    """The video's pictures, for ever; ends when it cannot be read."""
    any_pixels = True
    while any_pixels:
        any_pixels = False
        for pixels in _once(path):
            any_pixels = True
            yield pixels


def _once(path: Path) -> Iterator[Pixels]:
    capture = cv2.VideoCapture(str(path))
    try:
        while (got := capture.read())[0]:
            yield np.asarray(got[1], np.uint8)
    finally:
        capture.release()
