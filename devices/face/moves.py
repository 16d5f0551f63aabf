"""Which movement a glance shows, measured against the same person at rest: nobody's absolute angle means anything."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from devices.face.glance import Glance
from devices.face.mesh import Mesh
from kiosk.ports.face import Challenge


@dataclass(frozen=True, slots=True)
class Amplitudes:
    """How far is far enough: degrees for turns and nods, growth of the face for `closer`, opening left for `blink`.

    `mistaken` times as far in another direction is another movement than the one that was asked for: heads wander a
    little with every movement.
    """

    turn: float = 13.0
    nod: float = 8.0
    closer: float = 1.15
    blink: float = 0.55
    mistaken: float = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """The person looking ahead: medians of the first good glances, and the mesh of one of them."""

    yaw: float
    pitch: float
    eyes: float
    openness: float
    mesh: Mesh


def rest_of(glances: tuple[Glance, ...]) -> Rest | None:
    """None while the person still moves, or nobody is there."""
    meshes = [glance.mesh for glance in glances if glance.mesh is not None]
    if len(meshes) != len(glances) or not meshes:
        return None
    yaws, sizes = [glance.yaw for glance in glances], [glance.eyes for glance in glances]
    if max(yaws) - min(yaws) > 6.0 or max(sizes) > 1.08 * min(sizes):
        return None
    openness = median(glance.openness for glance in glances)
    return Rest(median(yaws), median(glance.pitch for glance in glances), median(sizes), openness, meshes[-1])


def extents(glance: Glance, rest: Rest, need: Amplitudes) -> dict[Challenge, float]:
    """How far each movement has gone: 0 at rest, 1 far enough."""
    turned, bent = glance.yaw - rest.yaw, glance.pitch - rest.pitch
    grown = glance.eyes / max(rest.eyes, 1.0) - 1.0
    shut = 1.0 - glance.openness / max(rest.openness, 1e-3)
    return {
        Challenge.TURN_LEFT: turned / need.turn,
        Challenge.TURN_RIGHT: -turned / need.turn,
        Challenge.NOD: bent / need.nod,
        Challenge.CLOSER: grown / (need.closer - 1.0),
        Challenge.BLINK: shut / (1.0 - need.blink),
    }


def at_rest(found: dict[Challenge, float]) -> bool:
    """Looking ahead again. Eyes are left out: nobody can keep from blinking."""
    return all(extent < 0.5 for challenge, extent in found.items() if challenge is not Challenge.BLINK)


def mistaken(found: dict[Challenge, float], asked: Challenge, need: Amplitudes) -> bool:
    """Whether another movement was made than the one asked for; a blink is none."""
    others = (extent for challenge, extent in found.items() if challenge not in {asked, Challenge.BLINK})
    return any(extent >= need.mistaken for extent in others)
