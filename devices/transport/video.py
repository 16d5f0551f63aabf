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
LIVE: Final = "live"
"""The name of a file that says of its folder: the picture in here is drawn anew all the time."""
_DRAWN_SECONDS, _LOOK_SECONDS = 0.3, 0.01
"""How long the next drawing is waited for, and how often the folder is looked at meanwhile."""
_GRAIN: Final = 2
"""Grey levels of a sensor's noise, each way."""

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
    One that holds a file named `LIVE` is being drawn by somebody while it plays: there is one frame for each drawing,
    as a sensor gives one for each exposure. Who draws too seldom, on a busy machine, has whoever is drawn stand still
    for that long, before a sensor that has its grain all the same: slow, and not frozen. One who draws the very same
    picture again is frozen.
    """

    def __init__(self, source: Path, fps: float, clock: Clock) -> None:
        self._source, self._pause, self._clock = source, 1.0 / fps, clock
        self._pictures: Iterator[Pixels] | None = None
        self._mark: tuple[int, ...] = ()
        self._last: Pixels | None = None
        self._due = clock.monotonic()

    def open(self) -> None:
        mark = self._found()
        if self._pictures is None or self._mark != mark:
            self._mark = mark
            self._last = None
            self._pictures = _from_folder(self._source) if self._source.is_dir() else _from_video(self._source)

    def close(self) -> None:
        self._pictures = self._last = None

    def take(self, deadline: Monotonic, cancel: Cancel) -> Picture | None:
        now = self._clock.monotonic()
        if abs(self._due - now) > self._pause:  # after a rest the pictures begin anew, none is made up for
            self._due = now
        cancel.sleep(min(self._due, deadline) - now)
        if cancel.cancelled or self._due > deadline:
            return None
        self._due = Monotonic(self._due + self._pause)
        pixels = self._next(deadline, cancel)
        return None if pixels is None else (pixels, self._clock.monotonic())

    def _next(self, deadline: Monotonic, cancel: Cancel) -> Pixels | None:
        if self._last is not None and not self._drawn_anew(deadline, cancel):
            return None if cancel.cancelled else _grained(self._last)
        self.open()
        pixels = next(self._pictures, None) if self._pictures is not None else None
        if pixels is None:
            self.close()
            raise DeviceGoneError("no pictures")
        self._last = pixels if (self._source / LIVE).exists() else None
        return pixels

    def _drawn_anew(self, deadline: Monotonic, cancel: Cancel) -> bool:
        """Wait for the next drawing, but not for long."""
        until = min(deadline, self._clock.monotonic() + _DRAWN_SECONDS)
        while self._found() == self._mark:
            left = until - self._clock.monotonic()
            if cancel.cancelled or left <= 0:
                return False
            cancel.sleep(min(_LOOK_SECONDS, left))
        return not cancel.cancelled

    def _found(self) -> tuple[int, ...]:
        try:
            found = self._source.stat()
        except OSError as error:
            self.close()
            raise DeviceGoneError(os.strerror(error.errno or errno.ENODEV)) from error
        return found.st_dev, found.st_ino, found.st_mtime_ns


def _grained(pixels: Pixels) -> Pixels:
    """The same scene, exposed once more."""
    grain = np.random.default_rng().integers(0, 2 * _GRAIN + 1, pixels.shape, np.uint8)
    return np.asarray(cv2.subtract(cv2.add(pixels, grain), np.full_like(pixels, _GRAIN)), np.uint8)


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
