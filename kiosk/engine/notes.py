"""Facts on their way to the disk, and what happens while it takes none."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from kiosk.faults import FaultCode
from kiosk.journal.store import JournalUnwritable
from kiosk.saga.entry import Entry
from kiosk.saga.facts import Fact, Stamp

_log = logging.getLogger(__name__)
_DAY = 24 * 3600.0
JOURNAL_RETRY = 2.0
"""Seconds after which a full disk is tried again."""


class Journal(Protocol):
    """What of `journal.book.Book` is needed here."""

    def append(self, sid: str, fact: Fact, at: Stamp) -> None: ...

    def open_sids(self) -> list[str]: ...

    def entry(self, sid: str) -> Entry | None: ...

    def probe(self) -> None: ...

    def forget(self, now: float) -> int: ...


class Notes:
    """Writes facts, and says JOURNAL_FULL while it cannot; tries by itself whether there is room again."""

    def __init__(self, book: Journal, faulted: Callable[[FaultCode, bool], None]) -> None:
        self._book, self._faulted = book, faulted
        self._probe_at: float | None = None
        self._forgotten_on: int | None = None

    def write(self, sid: str, fact: Fact, at: Stamp) -> bool:
        """Whether the fact is on the disk."""
        return self._tried(lambda: self._book.append(sid, fact, at), at)

    def tick(self, at: Stamp) -> None:
        """With nothing to write the fault would stand for ever."""
        if self._probe_at is not None and at.mono >= self._probe_at:
            self._tried(self._book.probe, at)

    def forget(self, now: float) -> None:
        """Destroy the keys of visits that are over for 180 days, once for each of `now`'s days (wall seconds).

        A key cannot be brought back, so `now` is a time that both our clock and the platform's have reached: either
        may be years ahead.
        """
        day = int(now // _DAY)
        if day == self._forgotten_on:
            return
        self._forgotten_on = day
        try:
            gone = self._book.forget(now)
        except JournalUnwritable:  # tomorrow, then
            return
        _log.info("keys destroyed", extra={"count": gone})

    def _tried(self, write: Callable[[], None], at: Stamp) -> bool:
        try:
            write()
        except JournalUnwritable:
            self._probe_at = at.mono + JOURNAL_RETRY
            self._faulted(FaultCode.JOURNAL_FULL, True)
            return False
        self._probe_at = None
        self._faulted(FaultCode.JOURNAL_FULL, False)
        return True
