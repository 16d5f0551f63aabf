"""Mistakes put into the killed processes themselves. Each of these functions changes the process that calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.journal.store import JournalUnwritable, Store
from tests.kiosk.saga.insurer_mutants import CLAIMING
from tests.kiosk.saga.mutants import MUTANTS, WITH_DEPOSITS
from tests.kiosk.saga.refund_mutants import REFUNDING

_UNSYNCED = Store._make_safe


def _of_saga(name: str) -> None:
    """One of the saga's own mutants, for the rest of this process."""
    every = (*MUTANTS, *WITH_DEPOSITS, *CLAIMING, *REFUNDING)
    next(mutant for mutant in every if mutant.name == name).mutate(pytest.MonkeyPatch())


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


_OF_LEGS = {
    "refunded twice": "killed between two returns, they get new keys",
    "deposit on a lost 2304": "deposits go back before the hospital booked",
    "silence refuses": "an insurer that does not answer is taken as refused",
}


def legs_mistake(name: str) -> None:
    """One that only a leg after the outpatient's bill can show."""
    _of_saga(_OF_LEGS[name])
