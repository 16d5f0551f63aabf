"""Where a simulated device meets its driver: pseudo-terminals with a name that stays, and listening sockets."""

from __future__ import annotations

import errno
import os
import pty
import socket
import termios
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.sim.loop import Loop

_AT_ONCE: Final = 65536
_SPEEDS: Final = {
    termios.B9600: 9600,
    termios.B19200: 19200,
    termios.B38400: 38400,
    termios.B57600: 57600,
    termios.B115200: 115200,
}

Received = Callable[[bytes], None]


class Terminal:
    """A pseudo-terminal whose link stays the same through unplugging and plugging in, like a udev name.

    The simulator keeps the far end open too: otherwise its own end reports a hang-up whenever no driver has it open.
    """

    def __init__(self, loop: Loop, link: Path, received: Received) -> None:
        self._loop = loop
        self._link = link
        self._received = received
        self._ends: tuple[int, int] | None = None

    @property
    def plugged(self) -> bool:
        return self._ends is not None

    @property
    def speed(self) -> int | None:
        """The baud rate that the driver has set; a pseudo-terminal keeps it without heeding it."""
        return _SPEEDS.get(termios.tcgetattr(self._ends[1])[5]) if self._ends else None

    def plug(self) -> None:
        if self._ends is not None:
            return
        near, far = pty.openpty()
        tty.setraw(far)
        os.set_blocking(near, False)
        self._ends = near, far
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(far))
        self._loop.read(near, self._read)

    def unplug(self) -> None:
        """Hang up: whoever has it open gets EIO, and the name is gone."""
        if self._ends is None:
            return
        (near, far), self._ends = self._ends, None
        self._link.unlink(missing_ok=True)
        self._loop.forget(near)
        os.close(far)
        os.close(near)

    def send(self, data: bytes) -> None:
        if self._ends is not None:
            self._loop.write(self._ends[0], data)

    def _read(self) -> None:
        if self._ends is None:
            return
        try:
            data = os.read(self._ends[0], _AT_ONCE)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return
        self._received(data)


class Connection:
    """One accepted stream."""

    def __init__(self, loop: Loop, stream: socket.socket) -> None:
        stream.setblocking(False)
        self._loop = loop
        self._stream = stream
        self._received: Received = _ignored
        self._closed: Callable[[], None] = _nothing
        self._open = True

    def serve(self, received: Received, closed: Callable[[], None]) -> None:
        """Start reading: `received` gets bytes, `closed` is called once at the end."""
        self._received, self._closed = received, closed
        self._loop.read(self._stream.fileno(), self._read)

    def send(self, data: bytes) -> None:
        if self._open:
            self._loop.write(self._stream.fileno(), data)

    def close(self) -> None:
        if not self._open:
            return
        self._open = False
        self._loop.forget(self._stream.fileno())
        self._stream.close()
        self._closed()

    def _read(self) -> None:
        try:
            data = self._stream.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._received(data)
        else:
            self.close()


class Listener:
    """Accepts streams; `accepted` calls `serve` on each."""

    def __init__(self, loop: Loop, listening: socket.socket, accepted: Callable[[Connection], None]) -> None:
        listening.setblocking(False)
        self._loop = loop
        self._socket = listening
        self._accepted = accepted
        loop.read(listening.fileno(), self._accept)

    def close(self) -> None:
        self._loop.forget(self._socket.fileno())
        self._socket.close()

    def _accept(self) -> None:
        try:
            stream, _ = self._socket.accept()
        except OSError:
            return
        self._accepted(Connection(self._loop, stream))


def listen_unix(path: Path) -> socket.socket:
    """Listen on a file that only this user may open; a stale file of a killed simulator is replaced."""
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen()
    return listening


class NamedSocket:
    """A listening Unix socket that can be unplugged: its name is gone then, and nobody new is let in."""

    def __init__(self, loop: Loop, path: Path, accepted: Callable[[Connection], None]) -> None:
        self._loop, self._path, self._accepted = loop, path, accepted
        self._listener: Listener | None = None

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        if self._listener is None:
            self._listener = Listener(self._loop, listen_unix(self._path), self._accepted)

    def unplug(self) -> None:
        """Connections that were let in before are their owner's to close."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            self._path.unlink(missing_ok=True)


def listen_loopback(port: int) -> socket.socket:
    """Listen on 127.0.0.1; port 0 takes a free one."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    return listening


def _ignored(_: bytes) -> None:
    """Before `serve`."""


def _nothing() -> None:
    """Before `serve`."""
