"""Watches how long the certificates by which far parties know us still live."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from kiosk.faults import FaultCode
from kiosk.ports.clock import Clock

_log = logging.getLogger(__name__)
WARNING_DAYS = 30


class CertificateWatch:
    """`add` while the kiosk is put together, `look` as often as one likes: it looks once a day, more often in trouble.

    A certificate in its last 24 hours has 0 days left, and no new settlement starts: one that were begun now might have
    to be undone when nobody lets us in any more. A file that cannot be read is told by the connection that needs it.
    """

    def __init__(self, clock: Clock, faulted: Callable[[FaultCode, bool], None]) -> None:
        self._clock, self._faulted = clock, faulted
        self._ends: list[Callable[[], datetime]] = []
        self._looked: date | None = None

    def add(self, ends: Callable[[], datetime]) -> None:
        """`ends` gives when the certificate in use ends; OSError or ValueError when its file tells no such time."""
        self._ends.append(ends)

    def look(self) -> None:
        now = self._clock.now()
        if self._looked == now.date():
            return
        left = min((days for days in map(self._days, self._ends) if days is not None), default=None)
        ended = left is not None and left <= 0
        ending = left is not None and 0 < left <= WARNING_DAYS
        if ending or ended:
            _log.warning("a client certificate ends", extra={"count": left})
        self._faulted(FaultCode.CERTIFICATE_ENDING, ending)
        self._faulted(FaultCode.CERTIFICATE_ENDED, ended)
        self._looked = None if ended else now.date()  # a renewed one is noticed at once

    def _days(self, ends: Callable[[], datetime]) -> int | None:
        """Whole days left, negative after the end."""
        try:
            return (ends() - self._clock.now()) // timedelta(days=1)
        except (OSError, ValueError):
            return None
