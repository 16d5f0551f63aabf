"""From measurements to an answer: each signal has a name, a figure and a limit, and the first that fails decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from devices.face.flash import Shown, reflected
from devices.face.liveness import Course, Ended
from devices.face.planarity import depth
from kiosk.faults import FaultCode
from kiosk.ports.face import Challenge, Hint, Refusal, Signal

_ROTATED = (Challenge.TURN_LEFT, Challenge.TURN_RIGHT)
"""A nod moves brow and chin too little against one another to tell a plane."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is demanded. `likeness` is the site's operating point; the others belong to the method (docs/face.md).

    `continuity` is stricter than any operating point: the same person, camera and light, seconds apart. `second` is one
    less the distance that dlib's author allows, 0.6.
    """

    likeness: float = 0.415
    continuity: float = 0.6
    flash: float | None = 0.55
    depth: float = 0.10
    grid: float = 9.0
    passive: float = 0.5
    second: float = 0.4


@dataclass(slots=True)
class Gathered:
    """What one try has measured so far; numbers only."""

    tints: list[tuple[float, tuple[float, float]]] = field(default_factory=list[tuple[float, tuple[float, float]]])
    lights: list[Shown] = field(default_factory=list[Shown])
    grids: list[float] = field(default_factory=list[float])
    likenesses: list[float] = field(default_factory=list[float])
    continuity: list[float] = field(default_factory=list[float])
    passive: list[float] = field(default_factory=list[float])
    second: list[float] = field(default_factory=list[float])


def signals(course: Course, gathered: Gathered, limits: Limits) -> tuple[Signal, ...]:
    """Every signal by name. None where it does not apply or too little was seen to say."""
    flash = reflected(gathered.tints, gathered.lights) if limits.flash is not None else None
    return (
        Signal("continuity", min(gathered.continuity, default=None), limits.continuity),
        Signal("depth", _depth(course), limits.depth),
        Signal("grid", median(gathered.grids) if gathered.grids else None, limits.grid),
        Signal("flash", flash, limits.flash or 0.0),
        Signal("passive", median(gathered.passive) if gathered.passive else None, limits.passive),
        Signal("likeness", max(gathered.likenesses, default=None), limits.likeness),
        Signal("second", max(gathered.second, default=None), limits.second),
    )


def _depth(course: Course) -> float | None:
    rest = course.rest
    turned = [mesh for asked, mesh in zip(course.plan.challenges, course.turned, strict=False) if asked in _ROTATED]
    return min(depth(rest.mesh, mesh) for mesh in turned) if rest is not None and turned else None


def refusal_of(found: tuple[Signal, ...], *, flash: bool) -> tuple[Refusal, FaultCode] | None:
    """Why not, by the first signal that fails; None when all that apply are met.

    Where a flash is demanded and none could be measured, nobody can say that a person was there: no classification.
    """
    by_name = {signal.name: signal for signal in found}
    for name in ("continuity", "depth", "flash", "passive"):
        signal = by_name[name]
        if signal.found is not None and signal.found < signal.demanded:
            return Refusal.ATTACK_PRESENTATION, FaultCode.FACE_NOT_LIVE
    grid = by_name["grid"]
    if grid.found is not None and grid.found > grid.demanded:
        return Refusal.ATTACK_PRESENTATION, FaultCode.FACE_NOT_LIVE
    if flash and by_name["flash"].found is None:
        return Refusal.NON_RESPONSE, FaultCode.FACE_NOT_LIVE
    for likeness in (by_name["likeness"], by_name["second"]):
        if likeness.found is not None and likeness.found < likeness.demanded:
            return Refusal.COMPARISON_NON_MATCH, FaultCode.FACE_NOT_SAME
    return None


def refusal_of_end(ended: Ended) -> tuple[Refusal, FaultCode]:
    """Why a course that ended early is no yes."""
    if ended.hint is Hint.SEVERAL:
        return Refusal.FAILURE_TO_ACQUIRE, FaultCode.FACE_SEVERAL
    if ended.hint is not None:
        return Refusal.FAILURE_TO_ACQUIRE, FaultCode.FACE_NOT_SEEN
    return Refusal.NON_RESPONSE, FaultCode.FACE_NOT_DONE
