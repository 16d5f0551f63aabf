"""One request and its answer over HTTP to a service of this machine or its network, by TCP or a Unix socket.

A connection for each request: between two of them minutes pass, and a service that restarted meanwhile is not missed.
"""

from __future__ import annotations

import http.client
import socket
from contextlib import closing, suppress
from typing import Final

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_LARGEST_ANSWER: Final = 1 << 20
_LONGEST_CONNECT: Final = 5.0


class HttpPost:
    """Used by one thread. `address` is host:port, or the path of a socket."""

    def __init__(self, address: str, clock: Clock) -> None:
        self._address, self._clock = address, clock

    def post(self, path: str, kind: str, body: bytes, deadline: Monotonic, cancel: Cancel) -> bytes:
        """The answer's body.

        DeviceGoneError when nobody answered there and nothing was sent. InterruptedTransferError when the deadline
        came, the call was cancelled or the connection broke meanwhile: it may have been understood all the same.
        """
        connection = _Connection(self._address, self._left(deadline, _LONGEST_CONNECT))
        with closing(connection):
            plug = self._connected(connection)
            with cancel.wake(lambda: _pull(plug)):
                if cancel.cancelled:
                    raise InterruptedTransferError
                try:
                    plug.settimeout(self._left(deadline))
                    connection.request("POST", path, body, {"Content-Type": kind})
                    return self._answer(connection, plug, deadline)
                except (OSError, http.client.HTTPException) as error:
                    raise InterruptedTransferError(len(body)) from error

    def _left(self, deadline: Monotonic, most: float = float("inf")) -> float:
        """Seconds; never none, which would mean not to wait at all."""
        return min(most, max(0.001, deadline - self._clock.monotonic()))

    @staticmethod
    def _connected(connection: http.client.HTTPConnection) -> socket.socket:
        try:
            connection.connect()
        except OSError as error:
            raise DeviceGoneError("nobody answers there") from error
        return connection.sock

    def _answer(self, connection: http.client.HTTPConnection, plug: socket.socket, deadline: Monotonic) -> bytes:
        plug.settimeout(self._left(deadline))
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise http.client.HTTPException(f"status {answer.status}")
        data = answer.read(_LARGEST_ANSWER + 1)
        if len(data) > _LARGEST_ANSWER:
            raise http.client.HTTPException("an answer without end")
        return data


def _pull(plug: socket.socket) -> None:
    """Runs in the cancelling thread: whoever reads or writes there wakes up."""
    with suppress(OSError):
        plug.shutdown(socket.SHUT_RDWR)


class _Connection(http.client.HTTPConnection):
    """By a path where one is given; the host's name is then only what HTTP/1.1 wants to read."""

    def __init__(self, address: str, seconds: float) -> None:
        self._path = address if address.startswith("/") else None
        super().__init__("localhost" if self._path else address, timeout=seconds)

    def connect(self) -> None:
        if self._path is None:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
