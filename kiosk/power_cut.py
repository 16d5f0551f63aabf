"""A power cut in a scripted visit: another visit is played by a process of its own, and that process is killed.

It is killed from outside, when its journal says how far it is, and told nothing of it: the product has no switch for
dying. What the next start makes of it is what the script shows then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kiosk.children import Child
from kiosk.journal.book import Book
from kiosk.ports.obstacle import Obstacle
from kiosk.saga.entry import Entry

_LOOK_SECONDS = 0.02
_PATIENCE = 90.0


class PowerCut(BaseModel):
    """Which visit loses its kiosk, and where: `at` is a state as `kiosk journal list` names it.

    The far party has to be slow there (`misbehave`), or the place is passed before anybody looks.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    visit: str = Field(description="a script of config/visits, played first by a process of its own")
    at: str = Field(description="the state of its settlement at which that process is killed")


class NotReached(Obstacle):
    """The visit ended, or went on for a minute and a half, without having been seen at the place of the cut."""


def entries_in(folder: Path) -> dict[str, Entry]:
    """What the journal there says now."""
    book = Book(folder, writable=False)
    try:
        return book.entries()
    finally:
        book.close()


def lose_power(cut: PowerCut, options: Sequence[str], folder: Path, log: Path) -> None:
    """Play the visit with these `options` of `kiosk visit`, and kill its kiosk at the place; its journal is there.

    Raises:
        NotReached: there was no such place.
    """
    known = set(entries_in(folder))
    child = Child(["visit", cut.visit, *options], log)
    until, pause = time.monotonic() + _PATIENCE, threading.Event()
    try:
        while not any(entry.state_name() == cut.at for sid, entry in entries_in(folder).items() if sid not in known):
            if child.ended or time.monotonic() > until:
                raise NotReached(f"{cut.visit}: 没有走到 {cut.at} · never seen at {cut.at}, see {log}")
            pause.wait(_LOOK_SECONDS)
    finally:
        child.kill()
