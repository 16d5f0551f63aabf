"""Lights, and somebody who sees which of them are lit."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.guide_light import GuideLightContract, LightBench
from devices.conformance.kinds import Kind
from devices.conformance.stand import Stand
from devices.conformance.waiting import until
from devices.sim.client import Hand
from kiosk.ports.clock import Clock
from kiosk.ports.guide_light import GuideLight, Spot


class LightStand(Stand):
    """A `LightBench`; the bench file tells which places have a light, where not all have: `spots`."""

    part = "guide_light"
    able = frozenset({Ability.UNPLUG, Ability.SEE_LIGHT})

    def __init__(self, hand: Hand, clock: Clock, *, spots: tuple[str, ...] = tuple(Spot)) -> None:
        super().__init__(hand, clock)
        self.spots = frozenset(Spot(spot) for spot in spots)

    def lit(self) -> frozenset[Spot]:
        return frozenset(Spot(spot) for spot in self.hand.sees(self.part, "lit"))


def _session(bench: LightBench, lights: GuideLight, random: Random, mishap: bool) -> None:
    """Pages come and go; as a mishap the board with the lights does too."""
    wanted = frozenset(spot for spot in sorted(bench.spots) if random.random() < 0.5)
    lights.show(wanted)
    if mishap:
        bench.unplug()
        assert not lights.status().usable
        bench.plug()
        until(lambda: lights.status().usable)
    if Ability.SEE_LIGHT in bench.abilities:
        assert bench.lit() == wanted


KIND: Final = Kind(contract=GuideLightContract, device="lights", stand=LightStand, session=_session)
