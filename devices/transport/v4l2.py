"""A camera of the machine, spoken to in the kernel's own words: every wait has its end and every picture its moment.

OpenCV's capture waits seconds for a first picture and hears nobody meanwhile; only its decoding is used, elsewhere.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.transport.errors import DeviceGoneError
from devices.wire import v4l2
from devices.wire.v4l2 import Filled, Ioctl, PixelFormat, Shape
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_BUFFERS: Final = 3
_LOOK_SECONDS: Final = 0.05
_STALE_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Mode:
    """What is asked of a camera; it may give another size, which its pictures then have."""

    width: int
    height: int
    fps: float
    form: PixelFormat


@dataclass(frozen=True, slots=True)
class RawPicture:
    """One picture as the camera gave it, and when it was taken."""

    data: bytes
    shape: Shape
    taken: Monotonic


class V4l2Device:
    """Used by one thread. `open` twice and `close` twice are allowed; both `open` and `take` raise DeviceGoneError."""

    def __init__(self, device: Path, mode: Mode, clock: Clock) -> None:
        self._device, self._mode, self._clock = device, mode, clock
        self._fd: int | None = None
        self._shape: Shape | None = None
        self._buffers: list[mmap.mmap] = []

    def open(self) -> None:
        """Begin to take pictures; the lamp goes on."""
        if self._fd is not None:
            return
        with _gone():
            self._fd = os.open(self._device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                self._agree(self._fd)
                self._begin(self._fd)
            except (OSError, DeviceGoneError):
                self.close()
                raise

    def close(self) -> None:
        fd, self._fd = self._fd, None
        if fd is None:
            return
        with suppress(OSError):  # it may be gone already
            fcntl.ioctl(fd, Ioctl.STREAMOFF, v4l2.capture())
        for buffer in self._buffers:
            buffer.close()
        self._buffers.clear()
        os.close(fd)

    def take(self, deadline: Monotonic, cancel: Cancel) -> RawPicture | None:
        """The newest picture; what lay in the camera's buffers before this call has no turn.

        None at the deadline or when cancelled.
        """
        if self._fd is None:
            raise DeviceGoneError("not open")
        with _gone():
            while self._wait(self._fd, deadline, cancel):
                picture = self._newest(self._fd)
                if picture is not None:
                    return picture
        return None

    def _agree(self, fd: int) -> None:
        able = v4l2.blank_capability()
        fcntl.ioctl(fd, Ioctl.QUERYCAP, able)
        if not v4l2.takes_pictures(able):
            raise DeviceGoneError("this node gives no pictures")
        wanted = v4l2.wanted_shape(self._mode.width, self._mode.height, self._mode.form)
        fcntl.ioctl(fd, Ioctl.S_FMT, wanted)
        self._shape = v4l2.shape(wanted)
        if self._shape.form not in set(PixelFormat):
            raise DeviceGoneError("it gives pictures of a form that nobody here reads")
        with suppress(OSError):  # a camera of one speed refuses to be asked
            fcntl.ioctl(fd, Ioctl.S_PARM, v4l2.wanted_rate(self._mode.fps))

    def _begin(self, fd: int) -> None:
        wanted = v4l2.wanted_buffers(_BUFFERS)
        fcntl.ioctl(fd, Ioctl.REQBUFS, wanted)
        for index in range(v4l2.granted_buffers(wanted)):
            buffer = v4l2.buffer(index)
            fcntl.ioctl(fd, Ioctl.QUERYBUF, buffer)
            length, offset = v4l2.place(buffer)
            self._buffers.append(mmap.mmap(fd, length, mmap.MAP_SHARED, mmap.PROT_READ, offset=offset))
            fcntl.ioctl(fd, Ioctl.QBUF, v4l2.buffer(index))
        fcntl.ioctl(fd, Ioctl.STREAMON, v4l2.capture())

    def _wait(self, fd: int, deadline: Monotonic, cancel: Cancel) -> bool:
        """Whether there is a picture before the deadline; somebody who cancels is heard between two looks."""
        poll = select.poll()
        poll.register(fd, select.POLLIN)
        while not cancel.cancelled and (left := deadline - self._clock.monotonic()) > 0:
            ready = dict(poll.poll(min(left, _LOOK_SECONDS) * 1000)).get(fd, 0)
            if ready & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
                raise DeviceGoneError("it went away")
            if ready:
                return True
        return False

    def _newest(self, fd: int) -> RawPicture | None:
        """Of all that are ready the last that is whole and of now; every buffer goes back to the camera."""
        newest: RawPicture | None = None
        while (filled := _taken(fd)) is not None:
            moment = self._moment(filled)
            if moment is not None and self._shape is not None:
                newest = RawPicture(self._buffers[filled.index][: filled.used], self._shape, moment)
            fcntl.ioctl(fd, Ioctl.QBUF, v4l2.buffer(filled.index))
        return newest

    def _moment(self, filled: Filled) -> Monotonic | None:
        """When it was taken; None for a picture that is broken, empty, or has waited."""
        now = self._clock.monotonic()
        moment = now if filled.moment is None else Monotonic(min(filled.moment, now))
        whole = filled.used > 0 and not filled.broken
        return moment if whole and now - moment < _STALE_SECONDS else None


def _taken(fd: int) -> Filled | None:
    """The next buffer that holds a picture; None when there is none yet."""
    buffer = v4l2.buffer()
    try:
        fcntl.ioctl(fd, Ioctl.DQBUF, buffer)
    except BlockingIOError:
        return None
    return v4l2.filled(buffer)


@contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DeviceGoneError(os.strerror(error.errno or errno.EIO)) from error
