"""A stream of bytes both ways with one device, whatever it is plugged into."""

from __future__ import annotations

import errno
import os
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_AT_ONCE: Final = 65536


class ByteStream(Protocol):
    """Used by one thread. `open` twice and `close` twice are allowed; everything may raise DeviceGoneError."""

    @property
    def opened(self) -> bool: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, data: bytes, deadline: Monotonic, cancel: Cancel) -> None:
        """All of it, or InterruptedTransferError."""
        ...

    def receive(self, deadline: Monotonic, cancel: Cancel) -> bytes:
        """At least one byte; empty at the deadline or when cancelled."""
        ...

    def discard(self) -> None:
        """Throw away what has come and was not read."""
        ...


class DescriptorStream:
    """A stream over a file descriptor: a TCP or Unix socket, or a device file. A bell of its own ends a wait."""

    def __init__(self, connect: Callable[[], int], clock: Clock) -> None:
        self._connect = connect
        self._clock = clock
        self._fd: int | None = None
        self._bell: tuple[int, int] | None = None

    @property
    def opened(self) -> bool:
        return self._fd is not None

    def open(self) -> None:
        if self._fd is not None:
            return
        try:
            fd = self._connect()
        except OSError as error:
            raise DeviceGoneError(os.strerror(error.errno or errno.ENODEV)) from error
        os.set_blocking(fd, False)
        self._fd, self._bell = fd, os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

    def close(self) -> None:
        if self._fd is None or self._bell is None:
            return
        for fd in (self._fd, *self._bell):
            with suppress(OSError):
                os.close(fd)
        self._fd = self._bell = None

    def send(self, data: bytes, deadline: Monotonic, cancel: Cancel) -> None:
        sent = 0
        while sent < len(data):
            if not self._wait(select.POLLOUT, deadline, cancel):
                raise InterruptedTransferError(sent)
            sent += self._write(data[sent : sent + _AT_ONCE])

    def receive(self, deadline: Monotonic, cancel: Cancel) -> bytes:
        while self._wait(select.POLLIN, deadline, cancel):
            data = self._read()
            if data is not None:
                return data
        return b""

    def discard(self) -> None:
        while self._read() is not None:
            pass

    def _wait(self, event: int, deadline: Monotonic, cancel: Cancel) -> bool:
        """Whether the descriptor is ready before the deadline; False when cancelled, even with data waiting."""
        fd, bell = self._open_ends()
        self._silence(bell[0])
        poll = select.poll()
        poll.register(fd, event)
        poll.register(bell[0], select.POLLIN)
        with cancel.wake(lambda: _ring(bell[1])):
            seconds = max(0.0, deadline - self._clock.monotonic())
            ready = dict(poll.poll(seconds * 1000))
        return fd in ready and not cancel.cancelled

    def _open_ends(self) -> tuple[int, tuple[int, int]]:
        if self._fd is None or self._bell is None:
            raise DeviceGoneError("not open")
        return self._fd, self._bell

    @staticmethod
    def _silence(bell: int) -> None:
        """Of an earlier wait that ended for another reason."""
        with suppress(BlockingIOError):
            os.read(bell, _AT_ONCE)

    def _read(self) -> bytes | None:
        """What lies there; None when nothing does."""
        try:
            data = os.read(self._open_ends()[0], _AT_ONCE)
        except BlockingIOError:
            return None
        except OSError as error:
            raise DeviceGoneError(os.strerror(error.errno or errno.EIO)) from error
        if not data:
            raise DeviceGoneError("the far end closed")
        return data

    def _write(self, data: bytes) -> int:
        try:
            return os.write(self._open_ends()[0], data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise DeviceGoneError(os.strerror(error.errno or errno.EIO)) from error


def _ring(bell: int) -> None:
    """Runs in the cancelling thread; a bell that is full rings already."""
    with suppress(BlockingIOError, OSError):
        os.write(bell, b"!")


def tcp_stream(host: str, port: int, clock: Clock, connect_seconds: float) -> DescriptorStream:
    """A device with a network plug, such as a printer on port 9100."""

    def connect() -> int:
        connection = socket.create_connection((host, port), timeout=connect_seconds)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return connection.detach()

    return DescriptorStream(connect, clock)


def unix_stream(path: str, clock: Clock) -> DescriptorStream:
    """A program on this machine."""

    def connect() -> int:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(path)
        except OSError:
            connection.close()
            raise
        return connection.detach()

    return DescriptorStream(connect, clock)


def device_stream(path: str, clock: Clock) -> DescriptorStream:
    """A device file that needs no settings, such as /dev/usb/lp0."""
    return DescriptorStream(lambda: os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC), clock)
