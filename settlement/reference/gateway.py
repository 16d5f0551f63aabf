"""The door to the backend: ends TLS, asks for the kiosk's certificate, and loses what it is told to lose.

One HTTP/1.1 request at a time goes to the application behind; its `x-gateway` header says what becomes of the reply.
Only as much HTTP is understood as our client speaks: a length before every body, no transfer codings, no pipelining.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from dataclasses import dataclass

from settlement.wire.codec import LARGEST_MESSAGE

INSTRUCTION = "x-gateway"
CUT, HALF = "cut", "half"

_LARGEST_HEAD = 32 * 1024
_IDLE_SECONDS = 75.0  # longer than any client keeps a connection, so that it is the client that closes
_LOG = logging.getLogger(__name__)


class NotHttp(Exception):
    """Bytes that are no request of ours, with the status that says so."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A head as it came, without its empty line, and a whole body."""

    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.encode():
                return value.strip().decode("latin-1")
        return None

    def without(self, name: str) -> HttpMessage:
        first, *lines = self.head.split(b"\r\n")
        kept = [line for line in lines if line.partition(b":")[0].strip().lower() != name.encode()]
        return HttpMessage(b"\r\n".join([first, *kept]), self.body)

    def written(self) -> bytes:
        return self.head + b"\r\n\r\n" + self.body


class Gateway:
    """Listens for kiosks and forwards to the application's Unix socket."""

    def __init__(self, application_socket: str, tls: ssl.SSLContext) -> None:
        self._application_socket = application_socket
        self._tls = tls
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """The port listened on, which differs from `port` when that is 0; OSError when it is taken."""
        self._server = await asyncio.start_server(self._connected, host, port, ssl=self._tls, limit=_LARGEST_HEAD)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            await self._serve(reader, writer)
        except NotHttp as wrong:
            writer.write(f"HTTP/1.1 {wrong.status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".encode())
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as gone:
            _LOG.debug("connection ended: %s", type(gone).__name__)
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream_reader, upstream_writer = await asyncio.open_unix_connection(
            self._application_socket, limit=_LARGEST_HEAD
        )
        try:
            while True:
                async with asyncio.timeout(_IDLE_SECONDS):
                    request = (await _read(reader)).without(INSTRUCTION)
                upstream_writer.write(request.written())
                await upstream_writer.drain()
                reply = await _read(upstream_reader)
                if not await _deliver(reply, writer):
                    return
        finally:
            upstream_writer.close()


async def _deliver(reply: HttpMessage, writer: asyncio.StreamWriter) -> bool:
    """Whether the connection lives on."""
    match reply.header(INSTRUCTION):
        case None:
            writer.write(reply.written())
            await writer.drain()
            return True
        case value if value == HALF:
            clean = reply.without(INSTRUCTION)
            writer.write(HttpMessage(clean.head, clean.body[: len(clean.body) // 2]).written())
            await writer.drain()
        case _:
            pass
    writer.transport.abort()
    return False


async def _read(reader: asyncio.StreamReader) -> HttpMessage:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).removesuffix(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise NotHttp("431 Request Header Fields Too Large") from None
    message = HttpMessage(head, b"")
    length = message.header("content-length") or "0"
    if message.header("transfer-encoding") or not (length.isascii() and length.isdigit()):
        raise NotHttp("411 Length Required")
    if int(length) > LARGEST_MESSAGE:
        raise NotHttp("413 Content Too Large")
    return HttpMessage(head, await reader.readexactly(int(length)))
