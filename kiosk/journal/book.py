"""The journal as the engine uses it: append a fact, read back every settlement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kiosk.journal import seal
from kiosk.journal.codec import decode, encode
from kiosk.journal.store import ChainBreak, Row, Store
from kiosk.saga.entry import Entry
from kiosk.saga.facts import Fact, Opened, Stamp
from kiosk.saga.folding import apply, opened

_VERSION = 1
_KEEP_SECONDS = 180 * 24 * 3600.0


class Book:
    """Facts sealed per visit in `journal.db`, keys wrapped by the kiosk's own `key` file beside it."""

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self._master = seal.read_or_make_key(folder / "key")
        self._store = Store(folder / "journal.db", writable=writable)
        self._keys: dict[str, bytes] = {}

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        """On disk when this returns; raises JournalUnwritable otherwise."""
        key = self._key(sid, at) if isinstance(fact, Opened) else self._known_key(sid)
        kind = type(fact).__name__
        content = json.dumps({"at": encode(at), "fact": encode(fact)}, ensure_ascii=False).encode()
        self._store.append(sid, kind, _VERSION, seal.seal(key, content, _context(sid, kind)))

    def _key(self, sid: str, at: Stamp) -> bytes:
        key = seal.new_key()
        self._store.put_key(sid, at.wall, seal.seal(self._master, key, sid.encode()))
        self._keys[sid] = key
        return key

    def _known_key(self, sid: str) -> bytes:
        if sid not in self._keys:
            wrapped = self._store.key(sid)
            if wrapped is None:
                raise seal.Unsealable("the visit's key is gone")
            self._keys[sid] = seal.unseal(self._master, wrapped, sid.encode())
        return self._keys[sid]

    def facts(self) -> Iterator[tuple[Row, Fact, Stamp]]:
        """Every fact that can still be read, in order; visits whose keys were deleted are over and are passed by."""
        for row in self._store.rows():
            if self._store.key(row.sid) is None:
                continue
            raw = seal.unseal(self._known_key(row.sid), row.body, _context(row.sid, row.kind))
            tree = json.loads(raw)
            yield row, decode(Fact, tree["fact"]), decode(Stamp, tree["at"])

    def entries(self) -> dict[str, Entry]:
        """Every settlement as its facts left it, in the order they were opened."""
        entries: dict[str, Entry] = {}
        for row, fact, at in self.facts():
            if isinstance(fact, Opened):
                entries[row.sid] = opened(row.sid, fact, at)
            else:
                entries[row.sid] = apply(entries[row.sid], fact, at)
        return entries

    def verify(self) -> ChainBreak | None:
        return self._store.verify()

    def forget(self, now: float) -> int:
        """Delete the keys of visits past their 180 days; wall seconds."""
        return self._store.drop_keys(now - _KEEP_SECONDS)

    @property
    def last_seq(self) -> int:
        return self._store.last_seq

    def last_msgid(self) -> str | None:
        return self._store.note("last_msgid")

    def remember_msgid(self, msgid: str) -> None:
        self._store.put_note("last_msgid", msgid)

    def close(self) -> None:
        self._store.close()


def _context(sid: str, kind: str) -> bytes:
    return f"{sid}/{kind}/{_VERSION}".encode()
