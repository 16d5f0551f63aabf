"""The keys of one journal's cases, each wrapped by the kiosk's own, and what they seal.

The books of money and of applications keep different facts, and keep them the same way.
"""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any

from kiosk.journal import seal
from kiosk.journal.codec import encode
from kiosk.journal.store import Row, Store
from kiosk.saga.facts import Stamp


class Keyring:
    """Whoever deletes a case's key from the store deletes what its rows say; `master` is never stored."""

    def __init__(self, store: Store, master: bytes) -> None:
        self._store, self._master = store, master
        self._known: dict[str, bytes] = {}

    def make(self, sid: str, at: Stamp) -> None:
        """A key for a case that begins; on disk before its first row."""
        key = seal.new_key()
        self._store.put_key(sid, at.wall, seal.seal(self._master, key, sid.encode()))
        self._known[sid] = key

    def append(self, sid: str, version: int, fact: object, at: Stamp) -> None:
        """The fact's row, sealed, on disk when this returns; raises JournalUnwritable, or Unsealable without a key."""
        kind = type(fact).__name__
        content = json.dumps({"at": encode(at), "fact": encode(fact)}, ensure_ascii=False).encode()
        sealed = seal.seal(self._of(sid), content, _context(sid, kind, version))
        self._store.append(sid, kind, version, sealed)

    def open(self, row: Row) -> Any:
        """The tree of a row's fact and stamp; Unsealable when it is damaged, moved, or its key is gone."""
        return json.loads(seal.unseal(self._of(row.sid), row.body, _context(row.sid, row.kind, row.version)))

    def _of(self, sid: str) -> bytes:
        if sid not in self._known:
            wrapped = self._store.key(sid)
            if wrapped is None:
                raise seal.Unsealable("the key of the case is gone")
            self._known[sid] = seal.unseal(self._master, wrapped, sid.encode())
        return self._known[sid]

    def put_away(self, all_but: Container[str] = ()) -> None:
        """Keep in memory only the keys that are still used."""
        self._known = {sid: key for sid, key in self._known.items() if sid in all_but}


def _context(sid: str, kind: str, version: int) -> bytes:
    """What a sealed body is bound to, so that none can be moved to another row's place."""
    return f"{sid}/{kind}/{version}".encode()
