"""A far end on this machine that answers, breaks off, lies or falls silent as told: real TLS and sockets."""

import contextlib
import functools
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Action = Callable[["Conversation", Received], None]


@dataclass
class Conversation:
    """One accepted connection."""

    sock: socket.socket
    stopping: threading.Event
    _buffer: bytes = b""

    def requests(self) -> Iterator[Received]:
        """Until the other side closes."""
        while b"\r\n\r\n" in self._buffer or self._receive():
            if b"\r\n\r\n" not in self._buffer:
                continue
            head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            length = int(headers.get("content-length", 0))
            while len(self._buffer) < length and self._receive():
                pass
            body, self._buffer = self._buffer[:length], self._buffer[length:]
            method, path, _ = first.split(" ")
            yield Received(method, path, headers, body)

    def _receive(self) -> bool:
        data = self.sock.recv(65536)
        self._buffer += data
        return bool(data)


def says(body: bytes, status: int = 200, headers: tuple[str, ...] = ("Content-Type: application/json",)) -> Action:
    def act(conversation: Conversation, _request: Received) -> None:
        conversation.sock.sendall(response(body, status, headers))

    return act


def response(body: bytes, status: int = 200, headers: tuple[str, ...] = (), length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    head = "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Length: {size}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def sends(raw: bytes) -> Action:
    """These bytes, and the end of the connection."""

    def act(conversation: Conversation, _request: Received) -> None:
        conversation.sock.sendall(raw)
        hangs_up(conversation, _request)

    return act


def hangs_up(conversation: Conversation, _request: Received) -> None:
    conversation.sock.close()


def resets(conversation: Conversation, _request: Received) -> None:
    """RST instead of FIN: what a crashing machine or a firewall does."""
    conversation.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conversation.sock.close()


def stays_silent(conversation: Conversation, _request: Received) -> None:
    conversation.stopping.wait()


GREETED = says(b"", 404)


@dataclass
class FarEnd:
    """Listens on loopback; without a context it speaks no TLS.

    `act` answers what is asked, `greet` every GET; `received` keeps all that arrived.
    """

    context: ssl.SSLContext | None
    act: Action
    greet: Action = GREETED
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    _stopping: threading.Event = field(default_factory=threading.Event)
    _sockets: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Gone for good; a second time does nothing."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self.close_door()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join()

    def close_door(self) -> None:
        """Refuse further connections; those that are open live on."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def asked(self) -> list[Received]:
        """All that arrived but greetings."""
        return [request for request in self.received if request.method != "GET"]

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
            )  # else a reply after the session tickets waits 40 ms
            self.connections += 1
            self._sockets.append(sock)
            self._start(functools.partial(self._serve, sock))

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the client's end of these stories is what the tests look at
            if self.context is None:
                sock.sendall(response(b"this port speaks plain HTTP", 400))
                return
            sock = self.context.wrap_socket(sock, server_side=True)
            self._sockets.append(sock)
            conversation = Conversation(sock, self._stopping)
            for request in conversation.requests():
                self.received.append(request)
                (self.greet if request.method == "GET" else self.act)(conversation, request)
