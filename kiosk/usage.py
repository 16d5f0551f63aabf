"""How much each item asks of people (四最: 材料最少、环节最简、时间最短、服务最优), counted while the kiosk runs.

One line a visit in `usage.jsonl`: which item, how it ended, how often the glass was touched, how many pages, how long,
how many answers and papers were asked for, and the level of the rating. Numbers and names of the catalogue; of the
person, their answers and their money there is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Any, cast

FILE = "usage.jsonl"
_SCHEMA = 1


class Ended(StrEnum):
    """How a visit ended. HERE are those after which nobody has to go anywhere for the same matter."""

    FILED = "filed"
    SETTLED = "settled"
    ANSWERED = "answered"
    AT_WINDOW = "at_window"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    LEFT = "left"


HERE = frozenset({Ended.FILED, Ended.SETTLED, Ended.ANSWERED})


@dataclass(frozen=True, slots=True)
class Usage:
    """One visit. `item` is the catalogue's key, `settlement` for a payment; `rating` 0 where nobody gave one."""

    day: date
    kiosk: str
    pack: str
    item: str
    ended: Ended
    taps: int
    steps: int
    seconds: float
    answers: int = 0
    materials: int = 0
    rating: int = 0


COLUMNS = tuple(field.name for field in fields(Usage))


class UsageUnreadable(ValueError):
    """A line that is none of ours; the text names file and line, not what stands in it."""


class UsageFile:
    """Appends. A full disk costs a line and nothing else: nobody's visit waits for statistics."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, usage: Usage) -> bool:
        line = json.dumps({"schema": _SCHEMA, **asdict(usage), "day": usage.day.isoformat()}, ensure_ascii=False)
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError:
            return False
        return True


def read(path: Path) -> Iterator[Usage]:
    """Every visit of one file, oldest first; a last line that a power cut left half is passed over."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        half = number == len(lines) and not text.endswith("\n")
        try:
            tree = cast("dict[str, Any]", json.loads(line))
            yield _usage(tree)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            if not half:
                raise UsageUnreadable(f"{path.name}:{number}") from problem


def _usage(tree: dict[str, Any]) -> Usage:
    if tree.pop("schema") != _SCHEMA or set(tree) != set(COLUMNS):
        raise ValueError("another schema")
    counted: dict[str, Any] = {**tree, "day": date.fromisoformat(tree["day"]), "ended": Ended(tree["ended"])}
    return Usage(**counted)


@dataclass(frozen=True, slots=True)
class Figures:
    """One item over all its visits. Medians: one person who went for a walk does not count for twenty.

    Taps, steps, seconds, answers and materials are of visits that came to their end here; `here` is their share of all
    that began. `rating` is the mean of `rated` ratings, 0 where there is none.
    """

    item: str
    visits: int
    here: float
    taps: float
    steps: float
    seconds: float
    answers: float
    materials: float
    rated: int
    rating: float


def figures(rows: Iterable[Usage]) -> tuple[Figures, ...]:
    """By item, the most used first."""
    by_item: dict[str, list[Usage]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    found = [_figures(item, mine) for item, mine in by_item.items()]
    return tuple(sorted(found, key=lambda one: (-one.visits, one.item)))


def _figures(item: str, rows: list[Usage]) -> Figures:
    done = [row for row in rows if row.ended in HERE]
    ratings = [row.rating for row in rows if row.rating]

    def middle(values: Iterable[float]) -> float:
        listed = list(values)
        return float(median(listed)) if listed else 0.0

    return Figures(
        item,
        len(rows),
        len(done) / len(rows),
        middle(row.taps for row in done),
        middle(row.steps for row in done),
        middle(row.seconds for row in done),
        middle(row.answers for row in done),
        middle(row.materials for row in done),
        len(ratings),
        sum(ratings) / len(ratings) if ratings else 0.0,
    )
