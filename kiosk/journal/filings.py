"""The journal of applications: `filings.db` beside the money's journal, of the same make, sealed the same way.

A file of its own, so that the thread which writes it never waits for the one that moves money.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from kiosk.filing.course import Dossier, apply, begun
from kiosk.filing.facts import Begun, Ended, Fact
from kiosk.journal import seal
from kiosk.journal.codec import Undecodable, decode
from kiosk.journal.keyring import Keyring
from kiosk.journal.store import ChainBreak, Row, Store
from kiosk.saga.facts import Stamp

VERSION = 1
_FILE = "filings.db"
_KEEP_SECONDS = 30 * 24 * 3600.0
"""The office has the case; the kiosk keeps what it needs to answer for its own part."""


class FilingBook:
    """Facts sealed per application; append-only and chained as `journal.book.Book`'s."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        key = seal.key_path(folder)
        master = seal.read_or_make_key(key) if writable else seal.read_key(key)
        self._store = Store(folder / _FILE, writable=writable)
        self._keys = Keyring(self._store, master)

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        """On disk when this returns; raises JournalUnwritable otherwise."""
        if isinstance(fact, Begun):
            self._keys.make(sid, at)
        self._keys.append(sid, VERSION, fact, at)

    def open_sids(self) -> list[str]:
        """Applications for which something may still have to be done."""
        return self._store.sids_without(Begun.__name__, (Ended.__name__,))

    def dossier(self, sid: str) -> Dossier | None:
        """One application; Unsealable, Undecodable or JournalUnreadable when it cannot be read."""
        found: Dossier | None = None
        for row in self._store.rows_of(sid):
            fact, at = self._open(row)
            if isinstance(fact, Begun):
                found = begun(sid, fact, at)
            elif found is None:
                raise Undecodable("an application without its beginning")
            else:
                found = apply(found, fact, at)
        return found

    def dossiers(self) -> list[Dossier]:
        """Every application whose key is still here, oldest first."""
        sids = dict.fromkeys(row.sid for row in self._store.rows())
        found = [self.dossier(sid) for sid in sids if sid in self._store.keyed_sids()]
        return [one for one in found if one is not None]

    def _open(self, row: Row) -> tuple[Fact, Stamp]:
        if row.version != VERSION:
            raise Undecodable(f"version {row.version}")
        tree = self._keys.open(row)
        return cast("Fact", decode(Fact, tree["fact"])), cast("Stamp", decode(Stamp, tree["at"]))

    def verify(self) -> ChainBreak | None:
        """The whole chain, however long it takes."""
        return self._store.verify()

    def forget(self, now: float) -> int:
        """Destroy the keys of applications that are over for long; wall seconds. How many."""
        self._keys.put_away()
        return self._store.drop_keys(now - _KEEP_SECONDS, self.open_sids())

    def close(self) -> None:
        self._store.close()


def dossiers_in(folder: Path) -> list[Dossier]:
    """Every application of a work directory, for whoever only looks; none where nothing was ever filed."""
    if not (folder / _FILE).exists():
        return []
    book = FilingBook(folder, writable=False)
    try:
        return book.dossiers()
    finally:
        book.close()
