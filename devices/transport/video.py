"""Pictures from a V4L2 device, or from files that stand for one. The only importer of cv2 that opens anything.

Slow to import, and OpenCV is an extra: a driver imports this when it opens.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.transport.errors import DeviceGoneError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

Pixels = NDArray[np.uint8]

_LOOK_SECONDS: Final = 0.05
_KINDS: Final = frozenset({".bmp", ".jpeg", ".jpg", ".png"})

cv2.setNumThreads(1)  # a camera and the judging of its pictures share two cores with the screen


class Video(Protocol):
    """Used by one thread. `open` twice and `close` twice are allowed; `open` and `take` may raise DeviceGoneError."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def there(self) -> bool:
        """Whether there is something that could be opened; opens nothing."""
        ...

    def take(self, deadline: Monotonic, cancel: Cancel) -> Pixels | None:
        """The next picture, blue-green-red; None at the deadline or when cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class Mode:
    """What is asked of a camera; it may give another size, which its pictures then have."""

    width: int
    height: int
    fps: float
    compressed: bool


class V4l2Video:
    """A camera of the machine. Pictures are taken one at a time, so that none waits in a queue and grows old."""

    def __init__(self, device: Path, mode: Mode, clock: Clock) -> None:
        self._device, self._mode, self._clock = device, mode, clock
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        if self._capture is not None:
            return
        if not self.there():
            raise DeviceGoneError("no such device")
        capture = cv2.VideoCapture(str(self._device.resolve()), cv2.CAP_V4L2)
        if not capture.isOpened():
            raise DeviceGoneError("it does not open")
        mode = self._mode
        if mode.compressed:  # a USB 2 line carries 720 rows at 30 a second only so
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, mode.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, mode.height)
        capture.set(cv2.CAP_PROP_FPS, mode.fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._capture = capture

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def there(self) -> bool:
        return self._device.exists()

    def take(self, deadline: Monotonic, cancel: Cancel) -> Pixels | None:
        capture = self._capture
        if capture is None:
            raise DeviceGoneError("not open")
        if not self._ready(capture, deadline, cancel):
            return None
        got, picture = capture.read()
        if not got:
            raise DeviceGoneError("no picture")
        return np.asarray(picture, np.uint8)

    def _ready(self, capture: cv2.VideoCapture, deadline: Monotonic, cancel: Cancel) -> bool:
        """OpenCV's own read would wait for seconds and hear nobody: it is called only once a picture lies there."""
        while not cancel.cancelled:
            left = min(deadline - self._clock.monotonic(), _LOOK_SECONDS)
            if left <= 0:
                return False
            try:
                ready, _ = cv2.VideoCapture.waitAny([capture], round(left * 1e9))
            except cv2.error as error:
                raise DeviceGoneError("it went away") from error
            if ready:
                return True
            if not self.there():
                raise DeviceGoneError("it went away")
        return False


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
        if self._pictures is not None and self._mark == self._found():
            return
        self._mark = self._found()
        self._pictures = _from_folder(self._source) if self._source.is_dir() else _from_video(self._source)

    def close(self) -> None:
        self._pictures = None

    def there(self) -> bool:
        return self._source.exists()

    def take(self, deadline: Monotonic, cancel: Cancel) -> Pixels | None:
        now = self._clock.monotonic()
        if abs(self._due - now) > self._pause:  # after a rest the pictures begin anew, none is made up for
            self._due = now
        cancel.sleep(min(self._due, deadline) - now)
        if cancel.cancelled or self._due > deadline:
            return None
        self._due = Monotonic(self._due + self._pause)
        self.open()
        picture = next(self._pictures, None) if self._pictures is not None else None
        if picture is None:
            self.close()
            raise DeviceGoneError("no pictures")
        return picture

    def _found(self) -> tuple[int, ...]:
        try:
            found = self._source.stat()
        except OSError as error:
            self.close()
            raise DeviceGoneError(os.strerror(error.errno or 0)) from error
        return found.st_dev, found.st_ino, found.st_mtime_ns


def _from_folder(folder: Path) -> Iterator[Pixels]:
    """The pictures by name, for ever; ends when one cannot be read, or there is none."""
    names = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    while names:
        for name in names:
            picture = cv2.imread(str(name), cv2.IMREAD_COLOR)
            if picture is None:
                return
            yield np.asarray(picture, np.uint8)


def _from_video(path: Path) -> Iterator[Pixels]:
    """The video's pictures, for ever; ends when it cannot be read."""
    while True:
        capture, any_picture = cv2.VideoCapture(str(path)), False
        try:
            while True:
                got, picture = capture.read()
                if not got:
                    break
                any_picture = True
                yield np.asarray(picture, np.uint8)
        finally:
            capture.release()
        if not any_picture:
            return
