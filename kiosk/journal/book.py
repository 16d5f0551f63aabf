"""The journal as the engine uses it: append a fact, read back every settlement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.journal import seal
from kiosk.journal.codec import Undecodable, decode
from kiosk.journal.keyring import Keyring
from kiosk.journal.store import GENESIS, ChainBreak, Link, Row, Store
from kiosk.journal.upcasting import VERSION, upcast
from kiosk.saga.entry import Entry
from kiosk.saga.facts import Closed, Fact, Opened, Resolved, Stamp
from kiosk.saga.folding import apply, opened

_CHECKPOINT = "checkpoint"
_STEP = 500
"""Rows that are verified in a few milliseconds."""
_KEEP_SECONDS = 180 * 24 * 3600.0
_ENDS = (Closed.__name__, Resolved.__name__)


class Book:
    """Facts sealed per visit in `journal.db`, keys wrapped by the kiosk's own key (`seal.key_path`).

    Rows are never rewritten: what an older version of the program wrote is read through `upcasting`.
    """

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        path, key = folder / "journal.db", seal.key_path(folder)
        first = writable and not path.exists()  # a journal that lost its key must not be given another
        self._master = seal.read_or_make_key(key) if first else seal.read_key(key)
        self._store = Store(path, writable=writable)
        self._keys = Keyring(self._store, self._master)

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        """On disk when this returns; raises JournalUnwritable otherwise."""
        if isinstance(fact, Opened):
            self._keys.make(sid, at)
        self._keys.append(sid, VERSION, fact, at)

    def facts(self) -> Iterator[tuple[Row, Fact, Stamp]]:
        """Every fact that can still be read, in order; visits whose keys were deleted are over and are passed by."""
        kept = self._store.keyed_sids()
        for row in self._store.rows():
            if row.sid in kept:
                yield (row, *self._open(row))

    def _open(self, row: Row) -> tuple[Fact, Stamp]:
        if row.version > VERSION:
            raise Undecodable(f"version {row.version}")
        tree = upcast(self._keys.open(row), row.version)
        return decode(Fact, tree["fact"]), decode(Stamp, tree["at"])

    def entries(self) -> dict[str, Entry]:
        """Every settlement of the last 180 days as its facts left it, in the order they were opened."""
        entries: dict[str, Entry] = {}
        for row, fact, at in self.facts():
            entries[row.sid] = _folded(entries.get(row.sid), row.sid, fact, at)
        return entries

    def open_sids(self) -> list[str]:
        """The settlements that are not over; found without reading those that are."""
        return self._store.sids_without(Opened.__name__, _ENDS)

    def entry(self, sid: str) -> Entry | None:
        """One settlement; Unsealable, Undecodable or JournalUnreadable when it cannot be read."""
        entry: Entry | None = None
        for row in self._store.rows_of(sid):
            entry = _folded(entry, sid, *self._open(row))
        return entry

    def verify(self) -> ChainBreak | None:
        """The whole chain, however long it takes."""
        return self._store.verify()

    def verify_newest(self) -> ChainBreak | None:
        """What was written since the chain was last walked to its end: so much that a start can wait for it."""
        return self._store.verify(self._checkpoint())

    def walk(self, rows: int = _STEP) -> Iterator[ChainBreak | None]:
        """The whole chain a few rows at a time, beside other work; ends with a checkpoint when it is whole."""
        link = GENESIS
        while True:
            found = self._store.follow(link, rows)
            if isinstance(found, ChainBreak):
                yield found
                return
            if found == link:
                break
            link = found
            yield None
        self._store.put_note(_CHECKPOINT, f"{link.seq}:{link.hash.hex()}:{seal.tag(self._master, _place(link))}")

    def _checkpoint(self) -> Link:
        """Genesis when there is none, or it is not ours: then the whole chain is walked."""
        try:
            seq, digest, tag = (self._store.note(_CHECKPOINT) or "").split(":")
            link = Link(int(seq), bytes.fromhex(digest))
        except ValueError:
            return GENESIS
        return link if tag == seal.tag(self._master, _place(link)) else GENESIS

    def forget(self, now: float) -> int:
        """Delete the keys of visits past their 180 days, those that are over; wall seconds."""
        open_sids = self.open_sids()
        self._keys.put_away(all_but=open_sids)
        return self._store.drop_keys(now - _KEEP_SECONDS, open_sids)

    def probe(self) -> None:
        """Write something that means nothing; JournalUnwritable while there is no room."""
        self._store.put_note("probe", "")

    @property
    def last_seq(self) -> int:
        return self._store.last_seq

    def last_msgid(self) -> str | None:
        return self._store.note("last_msgid")

    def remember_msgid(self, msgid: str) -> None:
        self._store.put_note("last_msgid", msgid)

    def close(self) -> None:
        self._store.close()


def _folded(entry: Entry | None, sid: str, fact: Fact, at: Stamp) -> Entry:
    if isinstance(fact, Opened):
        return opened(sid, fact, at)
    if entry is None:
        raise Undecodable("a visit without its beginning")
    return apply(entry, fact, at)


def _place(link: Link) -> bytes:
    return f"{_CHECKPOINT}:{link.seq}:{link.hash.hex()}".encode()
