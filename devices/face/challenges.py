"""What is asked, in which order and after which pause: drawn anew for each try from a source nobody can foresee."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ports.face import Challenge, Light, Need

TURNS = frozenset({Challenge.TURN_LEFT, Challenge.TURN_RIGHT, Challenge.NOD})
"""A head that turns shows that it is not flat."""
_SPARED = {
    Need.GLASSES: frozenset({Challenge.BLINK}),  # frames and reflections hide the lids
    Need.STIFF_NECK: TURNS,
    Need.KEEPS_PLACE: frozenset({Challenge.CLOSER}),  # a wheelchair, a walking frame
}
_SHORTEST_PAUSE, _LONGEST_PAUSE = 150, 600
_SHORTEST_LIGHT, _LONGEST_LIGHT = 400, 600
"""Milliseconds. No more than three changes a second, and no deep red: WCAG 2.2, 2.3.1."""
LIGHTS = (Light(255, 190, 110), Light(110, 190, 255), Light(140, 255, 150), Light(255, 140, 225))

Below = Callable[[int], int]
"""A number below another, as `secrets.randbelow` gives it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`pauses` are the seconds of rest before each challenge."""

    challenges: tuple[Challenge, ...]
    pauses: tuple[float, ...]


def pool(needs: frozenset[Need]) -> tuple[Challenge, ...]:
    """What may be asked of somebody with these needs."""
    spared = frozenset[Challenge]().union(*(_SPARED[need] for need in needs))
    return tuple(challenge for challenge in Challenge if challenge not in spared)


def draw_plan(needs: frozenset[Need], count: int, below: Below = secrets.randbelow) -> Plan | None:
    """`count` different challenges, one of them at least a turn where the person can; None when too few are left."""
    left = list(pool(needs))
    if len(left) < count:
        return None
    turns = [challenge for challenge in left if challenge in TURNS]
    first = turns or left
    chosen = [first[below(len(first))]]
    left.remove(chosen[0])
    while len(chosen) < count:
        chosen.insert(below(len(chosen) + 1), left.pop(below(len(left))))
    return Plan(tuple(chosen), tuple(_seconds(_SHORTEST_PAUSE, _LONGEST_PAUSE, below) for _ in chosen))


def next_light(before: Light | None, below: Below = secrets.randbelow) -> tuple[Light, float]:
    """Another colour than before, and for how many seconds."""
    others = [light for light in LIGHTS if light != before]
    return others[below(len(others))], _seconds(_SHORTEST_LIGHT, _LONGEST_LIGHT, below)


def _seconds(shortest: int, longest: int, below: Below) -> float:
    return (shortest + below(longest - shortest + 1)) / 1000
