"""The journal in memory, which can crash the kiosk or run out of room at a chosen row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.journal.store import JournalUnwritable
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Fact, Opened, Stamp
from kiosk.saga.folding import apply, opened


class Crash(BaseException):
    """The process ends here. No `except Exception` holds it."""


class Side(StrEnum):
    """Of a row: the kiosk dies just before it is on the disk, or just after."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Death:
    row: int
    side: Side

    def __str__(self) -> str:
        return f"dies {self.side} row {self.row}"


@dataclass(slots=True)
class MemoryBook:
    """One settlement's rows. `deaths` happen once each; `full` are the writes that find no room, counted from 1."""

    deaths: tuple[Death, ...] = ()
    full: range = range(0)
    rows: list[tuple[str, Fact, Stamp]] = field(default_factory=list[tuple[str, Fact, Stamp]])
    facts: list[Fact] = field(default_factory=list[Fact])
    writes: int = 0
    forgotten: list[float] = field(default_factory=list[float])
    folded: dict[str, tuple[int, Entry | None]] = field(default_factory=dict[str, tuple[int, "Entry | None"]])

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        self.writes += 1
        if self.writes in self.full:
            raise JournalUnwritable("SQLITE_FULL")
        due = next((death for death in self.deaths if death.row == len(self.rows) + 1), None)
        if due and due.side is Side.BEFORE:
            self._die(due)
        self.rows.append((sid, fact, at))
        self.facts.append(fact)
        if due:
            self._die(due)

    def _die(self, death: Death) -> None:
        self.deaths = tuple(other for other in self.deaths if other != death)
        raise Crash

    def open_sids(self) -> list[str]:
        sids = dict.fromkeys(sid for sid, _, _ in self.rows)
        return [sid for sid in sids if (entry := self.entry(sid)) and entry.course is not Course.CLOSED]

    def entry(self, sid: str) -> Entry | None:
        """Folded from its rows; how far is remembered, because a history asks after every act."""
        known, entry = self.folded.get(sid, (0, None))
        for row_sid, fact, at in self.rows[known:]:
            if row_sid != sid:
                continue
            if isinstance(fact, Opened):
                entry = opened(sid, fact, at)
            elif entry is not None:
                entry = apply(entry, fact, at)
        self.folded[sid] = (len(self.rows), entry)
        return entry

    def probe(self) -> None:
        self.writes += 1
        if self.writes in self.full:
            raise JournalUnwritable("SQLITE_FULL")

    def forget(self, now: float) -> int:
        self.forgotten.append(now)
        return 0
