"""A figure of `make bench`: what was measured, what we want, and a peer that did comparable work beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`value`, `goal` and `peer_value` are in `unit`; `count` is how many times it was measured.

    A ratio below one means that we need less than the peer. Figures without a peer say in `note` why.
    """

    name: str
    value: float
    unit: str
    count: int
    goal: float | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if not self.peer_value else self.value / self.peer_value

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def tell(figures: Sequence[Figure]) -> None:
    """The last line of a measuring process, read by whoever started it."""
    sys.stdout.write(json.dumps([asdict(each) for each in figures]) + "\n")
    sys.stdout.flush()


def told(line: str) -> list[Figure]:
    return [Figure(**each) for each in json.loads(line)]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def slope(values: Sequence[float], step: float = 1.0) -> float:
    """Theil-Sen: the median of the slopes between all pairs of equally spaced values; an outlier does not move it."""
    return median((later - sooner) / ((b - a) * step) for (a, sooner), (b, later) in combinations(enumerate(values), 2))
