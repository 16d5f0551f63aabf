"""The one HTTPS adapter: bytes out, bytes in, and the truth about what may have left us.

What must never be wrong is the line between "nothing left us" and "something may have": a settlement that may have left
is undone, one that did not is simply tried again. So three things are done here that a plain client does not do:

- Under TLS 1.3 a far end refuses our certificate only when we first read. A message that matters is therefore never the
  first on a connection: a fresh one is greeted with `GET /`, and a greeting that fails has lost nothing.
- `NotSent` needs two witnesses: the exception says that no connection came about, and the trace saw no request begin.
- Limits hold for the whole reply: its size, and its time, although the far end does send something now and then.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Unknown
from settlement.access import Access
from settlement.punctual import PunctualSocket, until

LARGEST_REPLY = 4 * 1024 * 1024
"""Bytes; a bill of a thousand lines is below one MiB."""

_KEEP_ALIVE = 30.0  # well below the 75 s after which servers close, so that we never write into a closing connection
_LIMITS = httpx2.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=_KEEP_ALIVE)
_HEADERS = {
    "User-Agent": "yibao-kiosk",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # a packed reply has no size before it is unpacked
    "Content-Type": "application/json;charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: for a connection, and then for the reply."""

    connect: float
    reply: float


@dataclass(frozen=True, slots=True)
class Sent:
    """A whole reply with HTTP status 200; whether it means anything is the caller's to see."""

    body: bytes

    def __repr__(self) -> str:
        return f"Sent({len(self.body)} bytes)"


@dataclass(frozen=True, slots=True)
class Warm:
    """The far end answers us on a connection that is open now."""


class _NoConnection(Exception):
    """No open connection is left, and this message may not open one."""


class _NoReply(Exception):
    """What came back is no reply. `why` is a word for the log; without a fault of its own the party counts as gone."""

    def __init__(self, why: str, fault: FaultCode | None = None) -> None:
        super().__init__(why)
        self.why, self.fault = why, fault


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    body: bytes
    waits: Waits
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class _Witness:
    """httpx2's `trace` extension: notes the moment from which bytes may have left, and that a reply began."""

    def __init__(self, *, may_connect: bool) -> None:
        self._may_connect = may_connect
        self.sending = False
        self.replying = False

    def __call__(self, event: str, _info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started" and not self._may_connect:
            raise _NoConnection
        if event == "http11.send_request_headers.started":
            self.sending = True
        if event == "http11.receive_response_headers.complete":
            self.replying = True


class Line:
    """Connections to one far party, kept open between calls; used by several threads.

    `unreachable` is the fault of this party when nothing can be heard of it.
    """

    def __init__(self, access: Access, unreachable: FaultCode, log: logging.Logger) -> None:
        self._access = access
        self._unreachable = unreachable
        self._log = log
        self._lock = threading.Lock()
        self._client: httpx2.Client | None = None
        self._retired: httpx2.Client | None = None
        self._written: tuple[int, ...] = ()

    def close(self) -> None:
        with self._lock:
            clients, self._client, self._retired = (self._client, self._retired), None, None
        for client in clients:
            if client is not None:
                client.close()

    def warm(self, connect: float) -> Warm | NotSent:
        """Open and greet a connection unless one is open; cheap enough for every inserted card."""
        # GET, because home-made front servers wait for the body that a reply to HEAD announces and does not have
        answer = self._try(_Call("GET", self._url("/"), b"", Waits(connect, connect)), may_connect=True)
        match answer:
            case Sent():
                return Warm()
            case NotSent(fault) | Unknown(fault):  # what was lost is a greeting
                return NotSent(fault)

    def post(
        self, path: str, body: bytes, waits: Waits, label: str, headers: Mapping[str, str] | None = None
    ) -> Sent | NotSent | Unknown:
        """Send `body` once, never again by itself. `label` is for the log and holds nothing personal.

        `headers` are the gateway's and may hold secrets: they are in no log.
        """
        started = time.monotonic()
        answer = self._post(_Call("POST", self._url(path), body, waits, headers or {}))
        word = answer.why if isinstance(answer, Unknown) else type(answer).__name__
        ms = round((time.monotonic() - started) * 1000)
        self._log.info("call %s: %s in %d ms", label, word, ms, extra={"infno": label, "status": word, "ms": ms})
        return answer

    def _post(self, call: _Call) -> Sent | NotSent | Unknown:
        try:
            return self._try(call, may_connect=False)
        except _NoConnection:
            greeted = self.warm(call.waits.connect)
        if isinstance(greeted, NotSent):
            return greeted
        # a far end that closes after each reply is met on a new connection, but it has just taken our certificate
        return self._try(call, may_connect=True)

    def _try(self, call: _Call, *, may_connect: bool) -> Sent | NotSent | Unknown:
        try:
            client = self._connected()
        except OSError as problem:
            why = type(problem).__name__
            self._log.error("certificate files cannot be used: %s", why, extra={"error": why})
            return NotSent(FaultCode.SETTINGS_WRONG)
        witness = _Witness(may_connect=may_connect)
        try:
            return Sent(_exchange(client, call, witness))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as problem:
            fault = self._fault_of(problem)
            return Unknown(fault, type(problem).__name__) if witness.sending else NotSent(fault)
        except httpx2.ProtocolError as problem:  # under TLS also a reset, which is no reply at all
            fault = FaultCode.REPLY_BROKEN if witness.replying else self._unreachable
            return Unknown(fault, type(problem).__name__)
        except httpx2.TransportError as problem:
            return Unknown(self._fault_of(problem), type(problem).__name__)
        except _NoReply as problem:
            return Unknown(problem.fault or self._unreachable, problem.why)

    def _fault_of(self, problem: httpx2.TransportError) -> FaultCode:
        return FaultCode.CERTIFICATE_NOT_OURS if _is_about_certificates(problem) else self._unreachable

    def _url(self, path: str) -> str:
        return self._access.url.rstrip("/") + path

    def _connected(self) -> httpx2.Client:
        """The client with the certificate as it is on the disk: a renewed one is shown from the next connection on.

        A renewal that is half done, a certificate without its key, leaves the former in use.
        """
        with self._lock:
            client = self._client
            try:
                written = self._access.written()
                if client is None or written != self._written:
                    client = self._replace()
                    self._written = written
            except OSError:
                if client is None:
                    raise
            return client

    def _replace(self) -> httpx2.Client:
        """Another thread may still be talking over the former client: it is closed when the next one retires."""
        context = self._access.tls()
        context.sslsocket_class = PunctualSocket
        transport = httpx2.HTTPTransport(context, trust_env=False, limits=_LIMITS, retries=0)
        if self._retired is not None:
            self._retired.close()
        self._retired = self._client
        self._client = httpx2.Client(transport=transport, trust_env=False, headers=_HEADERS)
        weakref.finalize(self, self._client.close)  # a port has no end of its own
        return self._client


def _exchange(client: httpx2.Client, call: _Call, witness: _Witness) -> bytes:
    """The body of a reply that can be believed to be one; the status of a greeting does not matter."""
    waits = httpx2.Timeout(call.waits.reply, connect=call.waits.connect, pool=call.waits.connect)
    deadline = time.monotonic() + call.waits.connect + call.waits.reply
    extensions = {"trace": witness}
    asking = client.stream(
        call.method,
        call.url,
        content=call.body,
        headers=dict(call.headers),
        timeout=waits,
        extensions=extensions,
        follow_redirects=False,
    )
    with until(deadline), asking as response:
        body = _read(response.iter_raw())
        if call.method == "POST":
            _check_reply(response, body)
    return body


def _read(chunks: Iterator[bytes]) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > LARGEST_REPLY:
            raise _NoReply("too large", FaultCode.REPLY_BROKEN)
    return bytes(body)


def _check_reply(response: httpx2.Response, body: bytes) -> None:
    if response.status_code >= 500:
        raise _NoReply(f"http {response.status_code}")
    if response.status_code != 200:
        raise _NoReply(f"http {response.status_code}", FaultCode.REPLY_BROKEN)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _NoReply("packed", FaultCode.REPLY_BROKEN)
    if body.lstrip()[:1] == b"<":  # a page of a proxy or of a portal between us
        raise _NoReply("html", FaultCode.REPLY_BROKEN)


_CERTIFICATE_WORDS = ("CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE", "ACCESS_DENIED")
"""In OpenSSL's reasons: ours was refused or theirs is not signed by our authority."""


def _is_about_certificates(problem: BaseException) -> bool:
    seen: BaseException | None = problem
    while seen is not None:
        reason = seen.reason if isinstance(seen, ssl.SSLError) else None
        if reason and any(word in reason for word in _CERTIFICATE_WORDS):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
