"""The peer of settling: Python's own `http.client` on the same TLS, and the time anybody spends waiting on it."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from kiosk.demo import Surroundings
from settlement.access import Access
from settlement.wire.demo import DEMO_BILL


def access(around: Surroundings) -> Access:
    folder = around.backend_folder
    return Access(url=around.backend_url, ca=folder / "ca.pem", cert=folder / "kiosk.pem", key=folder / "kiosk.key")


class RawLine:
    """One connection that stays open; everything sent was made before, everything received is at most JSON."""

    def __init__(self, access: Access) -> None:
        place = urlsplit(access.url)
        self._connection = HTTPSConnection(place.hostname or "", place.port, context=access.tls(), timeout=30)
        self.ask("GET", "/")

    def close(self) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        self._connection.request(method, path, body, {"Content-Type": "application/json;charset=utf-8"})
        return self._connection.getresponse().read()

    def fresh_bill(self, certno: str, scenario: str) -> str:
        """A new unpaid bill's batch_no."""
        wish = json.dumps({"certno": certno, "scenario": scenario}).encode()
        return str(json.loads(self.ask("POST", DEMO_BILL, wish))["batch_no"])


class Waiting:
    """Seconds that all threads spent reading from TLS, which is waiting: for the far end, and for the loopback."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        with (
            patch.object(ssl.SSLSocket, "recv", self._timed(ssl.SSLSocket.recv)),
            patch.object(ssl.SSLSocket, "recv_into", self._timed(ssl.SSLSocket.recv_into)),
        ):
            yield

    def _timed(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return read(*arguments, **named)
            finally:
                self.seconds += time.perf_counter() - began

        return timed
