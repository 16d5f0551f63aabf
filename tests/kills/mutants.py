"""Mistakes put into the killed processes themselves. Each of these functions changes the process that calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.journal.store import JournalUnwritable, Store
from tests.kiosk.saga.mutants import MUTANTS

_UNSYNCED = Store._make_safe


def _of_saga(name: str) -> None:
    """One of the saga's own mutants, for the rest of this process."""
    next(mutant for mutant in MUTANTS if mutant.name == name).mutate(pytest.MonkeyPatch())


def no_fsync() -> None:
    """SQLite hands rows to the kernel and waits for no disk."""

    def make_unsafe(self: Store) -> None:
        _UNSYNCED(self)
        self._db.execute("PRAGMA synchronous = OFF")

    Store._make_safe = make_unsafe  # type: ignore[method-assign]


def no_room_to_read() -> None:
    """Whoever opens the journal for reading finds a disk without room for it, as SQLite says it."""
    made = Store.__init__

    def make(self: Store, path: Path, *, writable: bool = True) -> None:
        if not writable:
            raise JournalUnwritable("SQLITE_CANTOPEN")
        made(self, path, writable=writable)

    Store.__init__ = make  # type: ignore[method-assign]


def send_then_save() -> None:
    _of_saga("the intent is noted after the send")


def new_key_per_retry() -> None:
    _of_saga("every refund has a new key")


def new_order_per_retry() -> None:
    _of_saga("an unknown payment is not closed")


def no_reversal() -> None:
    _of_saga("no reversal")
