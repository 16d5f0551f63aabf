"""The contract of guide lights."""

from __future__ import annotations

from typing import Protocol

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.waiting import until
from kiosk.faults import FaultCode
from kiosk.ports.guide_light import GuideLight, Spot


class LightBench(Bench, Protocol):
    """`spots` are the places that have a light on this kiosk, two at least."""

    spots: frozenset[Spot]

    def lit(self) -> frozenset[Spot]: ...


class GuideLightContract(Contract):
    """What the kiosk may rely on."""

    def test_opening_and_closing_twice_is_allowed(self, lights: GuideLight) -> None:
        lights.open()
        lights.open()
        lights.close()
        lights.close()
        lights.open()
        assert lights.status().usable

    def test_those_that_are_wanted_are_lit_and_no_others(self, bench: LightBench, lights: GuideLight) -> None:
        need(bench, Ability.SEE_LIGHT)
        lights.open()
        for spot in sorted(bench.spots):
            lights.show(frozenset({spot}))
            assert bench.lit() == {spot}
        lights.show(bench.spots)
        assert bench.lit() == bench.spots
        lights.show(frozenset())
        assert bench.lit() == frozenset()

    def test_all_are_out_when_it_is_opened_and_when_it_is_closed(self, bench: LightBench, lights: GuideLight) -> None:
        need(bench, Ability.SEE_LIGHT)
        lights.open()
        lights.show(bench.spots)
        lights.close()
        assert bench.lit() == frozenset()
        lights.show(bench.spots)
        lights.open()
        assert bench.lit() == frozenset()

    def test_a_place_without_a_light_is_passed_over(self, lights: GuideLight) -> None:
        lights.open()
        lights.show(frozenset(Spot))
        assert lights.status().usable

    def test_lights_that_went_are_told_and_lit_again_when_they_come(
        self, bench: LightBench, lights: GuideLight
    ) -> None:
        need(bench, Ability.UNPLUG)
        need(bench, Ability.SEE_LIGHT)
        lights.open()
        lights.show(bench.spots)
        bench.unplug()
        assert FaultCode.LIGHTS_GONE in lights.status().warnings
        lights.show(frozenset({min(bench.spots)}))
        bench.plug()
        until(lambda: lights.status().usable)
        assert bench.lit() == {min(bench.spots)}
