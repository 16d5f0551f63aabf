"""Somebody who comes and leaves."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.kinds import Kind, its_own
from devices.conformance.presence_sensor import PresenceBench, PresenceSensorContract
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from kiosk.ports.cancellation import Cancel
from kiosk.ports.presence_sensor import PersonCame, PersonLeft, PresenceSensor

_PATIENCE: Final = 10.0


class PresenceStand(Stand):
    """A `PresenceBench`."""

    part = "presence_sensor"
    able = frozenset({Ability.UNPLUG, Ability.NOISE})

    def come(self) -> None:
        self.hand.ask(self.part, somebody=True)

    def leave(self) -> None:
        self.hand.ask(self.part, somebody=False)

    def garble(self) -> None:
        self.hand.ask(self.part, says="-?-")


def _session(bench: PresenceBench, sensor: PresenceSensor, random: Random, mishap: bool) -> None:
    """Somebody comes and goes; as a mishap the sensor talks nonsense in between."""
    del random
    bench.come()
    assert sensor.wait(after(bench.clock, _PATIENCE), Cancel()) == PersonCame()
    if mishap:
        bench.garble()
        assert sensor.wait(after(bench.clock, 0.1), Cancel()) is None
    bench.leave()
    assert sensor.wait(after(bench.clock, _PATIENCE), Cancel()) == PersonLeft()


KIND: Final = Kind(
    contract=PresenceSensorContract,
    device="sensor",
    stand=PresenceStand,
    calls={"wait": its_own("wait")},
    session=_session,
)
