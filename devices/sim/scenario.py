"""A file of requests with the seconds between them, for demonstrations that play by themselves.

[[step]]
after = 2.0          # seconds after the step before
do = "insert"
person = "zhangsan"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from devices.sim.requests import REQUEST


class ScenarioWrongError(Exception):
    """The file cannot be read as a scenario; the message names the step."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A request and the moment it is due, in seconds since the start."""

    at: float
    request: dict[str, Any]


def read_scenario(path: Path) -> tuple[Timed, ...]:
    """All steps, checked; raises ScenarioWrongError."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioWrongError(f"{path.name}: {error}") from error
    steps = tree.get("step", [])
    if set(tree) - {"step"} or not isinstance(steps, list):
        raise ScenarioWrongError(f"{path.name}: a scenario holds [[step]] tables only")
    timed: list[Timed] = []
    for number, step in enumerate(steps, 1):
        timed.append(_timed(step, timed[-1].at if timed else 0.0, f"{path.name}: step {number}"))
    return tuple(timed)


def _timed(step: dict[str, Any], before: float, place: str) -> Timed:
    request = dict(step)
    after = request.pop("after", 0.0)
    if not isinstance(after, int | float) or after < 0:
        raise ScenarioWrongError(f"{place}: after is a number of seconds")
    try:
        REQUEST.validate_python(request)
    except ValidationError as error:
        raise ScenarioWrongError(f"{place}: {error.errors(include_url=False)[0]['msg']}") from error
    return Timed(before + after, request)
