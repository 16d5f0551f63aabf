"""A file of requests with the seconds between them, for demonstrations and long runs that play by themselves.

seed = 7                      # the same seed plays the same; without one, every run differs
rounds = 100                  # how often the steps are played

[[step]]
after = [0.5, 3.0]            # seconds after the step before, or a range to choose from
chance = 0.02                 # how likely the step is
do = "insert"
person = ["zhangsan", "lihong"]   # any value may be a list to choose from
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final, cast

from pydantic import ValidationError

from devices.sim.requests import REQUEST

_LISTS: Final = frozenset({"p1"})
"""Values that are lists themselves: a choice among them is a list of lists."""
_MOST_ROUNDS: Final = 100_000


class ScenarioWrongError(Exception):
    """The file cannot be read as a scenario; the message names the step."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A request and the moment it is due, in seconds since the start."""

    at: float
    request: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Step:
    """A step as written: every choice still open."""

    after: tuple[float, float]
    chance: float
    choices: dict[str, list[Any]]

    def play(self, random: Random) -> tuple[float, dict[str, Any]]:
        """Draws each choice in the order it is written, so that a seed fixes all of them."""
        seconds = random.uniform(*self.after)
        return seconds, {key: random.choice(values) for key, values in self.choices.items()}


def read_scenario(path: Path) -> tuple[Timed, ...]:
    """All steps of all rounds, drawn and checked; raises ScenarioWrongError."""
    tree = _read(path)
    steps, rounds, seed = tree.get("step", []), tree.get("rounds", 1), tree.get("seed")
    if set(tree) - {"step", "rounds", "seed"} or not isinstance(steps, list):
        raise ScenarioWrongError(f"{path.name}: a scenario holds seed, rounds and [[step]] tables only")
    if not isinstance(rounds, int) or not 1 <= rounds <= _MOST_ROUNDS:
        raise ScenarioWrongError(f"{path.name}: rounds is a number from 1 to {_MOST_ROUNDS}")
    if seed is not None and not isinstance(seed, int):
        raise ScenarioWrongError(f"{path.name}: seed is a whole number")
    tables = cast("list[dict[str, Any]]", steps)
    written = [_step(step, f"{path.name}: step {number}") for number, step in enumerate(tables, 1)]
    random = Random(seed)  # noqa: S311 - a play, and one that can be repeated
    return tuple(_played(written, rounds, random))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioWrongError(f"{path.name}: {error}") from error


def _played(steps: list[_Step], rounds: int, random: Random) -> Iterator[Timed]:
    at = 0.0
    for _ in range(rounds):
        for step in steps:
            seconds, request = step.play(random)
            at += seconds
            if random.random() < step.chance:
                yield Timed(at, request)


def _step(step: dict[str, Any], place: str) -> _Step:
    written = dict(step)
    after, chance = written.pop("after", 0.0), written.pop("chance", 1.0)
    span = after if isinstance(after, list) else [after, after]
    if len(span) != 2 or not all(isinstance(each, int | float) for each in span) or not 0 <= span[0] <= span[1]:
        raise ScenarioWrongError(f"{place}: after is a number of seconds, or the least and the most of them")
    if not isinstance(chance, int | float) or not 0 <= chance <= 1:
        raise ScenarioWrongError(f"{place}: chance is a number from 0 to 1")
    made = _Step((float(span[0]), float(span[1])), float(chance), {k: _choices(k, v) for k, v in written.items()})
    _check(made, place)
    return made


def _choices(key: str, value: Any) -> list[Any]:
    """What a value may be; an empty list is refused by the request itself."""
    is_choice = isinstance(value, list) and value and (key not in _LISTS or isinstance(value[0], list))
    return list(value) if is_choice else [value]


def _check(step: _Step, place: str) -> None:
    """Each choice must make a request, whatever is drawn beside it."""
    first = {key: values[0] for key, values in step.choices.items()}
    for key, values in step.choices.items():
        for value in values:
            try:
                REQUEST.validate_python(first | {key: value})
            except ValidationError as error:
                raise ScenarioWrongError(f"{place}: {error.errors(include_url=False)[0]['msg']}") from error
    if not step.choices:
        raise ScenarioWrongError(f"{place}: does nothing")
