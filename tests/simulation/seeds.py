"""One number, one history: what goes wrong, when the kiosk dies, and every number it makes, all from the seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from kiosk.domain import sid
from kiosk.saga.entry import Entry
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import History

T = TypeVar("T")


class Dice:
    """Stands where `kiosk.domain.sid` reads its random numbers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def randbits(self, bits: int) -> int:
        return self._random.getrandbits(bits)

    def choice(self, of: Sequence[T]) -> T:
        return self._random.choice(of)


@contextmanager
def thrown(seed: int) -> Iterator[None]:
    """Numbers of settlements and orders come from the seed within the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sid, "secrets", Dice(seed))
        yield


@dataclass(slots=True)
class Played:
    """How many histories, how each bill of them ended, and what was wrong with any."""

    count: int = 0
    ends: Counter[str] = field(default_factory=Counter[str])
    broken: dict[int, list[str]] = field(default_factory=dict[int, list[str]])

    def add(self, other: Played) -> None:
        self.count += other.count
        self.ends += other.ends
        self.broken |= other.broken


def play(seeds: Iterable[int]) -> Played:
    played = Played()
    for seed in seeds:
        with thrown(seed):
            history = History(scenarios.of(seed))
            objections = history.play()
        played.ends.update([_end(entry) for entry in history.entries()] or ["nothing noted"])
        played.count += 1
        if objections:
            played.broken[seed] = objections
    return played


def _end(entry: Entry) -> str:
    """Course and outcome, so that a count shows whether the histories go everywhere."""
    return f"{entry.course}, {'booked' if entry.booking is not None else 'not booked'}"
