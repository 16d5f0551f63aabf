"""A limit for a whole reply, however it comes.

The limits of an HTTP client hold for each read. A far end that sends a byte now and then, be it of a header, of an
interim answer (1xx) or of the size of a chunk, keeps all of them, and would keep the thread that moves money for ever.
"""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator

_clock = threading.local()


@contextlib.contextmanager
def until(deadline: float) -> Iterator[None]:
    """What this thread reads meanwhile from a `PunctualSocket` is read by then (monotonic time), or timed out."""
    _clock.deadline = deadline
    try:
        yield
    finally:
        del _clock.deadline


class PunctualSocket(ssl.SSLSocket):
    """Made by a context whose `sslsocket_class` it is; elsewhere than within `until` it is any other socket."""

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """Raises TimeoutError also where the deadline is over and a byte is waiting."""
        deadline: float | None = getattr(_clock, "deadline", None)
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            timeout = self.gettimeout()
            self.settimeout(left if timeout is None else min(timeout, left))
        return super().recv(buflen, flags)
