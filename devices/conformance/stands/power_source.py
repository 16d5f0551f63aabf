"""The mains, and what becomes of them."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.kinds import Kind
from devices.conformance.power_source import PowerBench, PowerSourceContract
from devices.conformance.stand import Stand
from kiosk.faults import FaultCode
from kiosk.ports.power_source import PowerSource

_WARNINGS: Final = {
    "on": (),
    "failed": (FaultCode.POWER_ON_BATTERY,),
    "ending": (FaultCode.POWER_ON_BATTERY, FaultCode.POWER_ENDING),
}


class PowerStand(Stand):
    """A `PowerBench`."""

    part = "power_source"
    able = frozenset({Ability.UNPLUG, Ability.SPOILT_ANSWERS, Ability.SILENCE})

    def mains(self, how: str) -> None:
        self.hand.ask(self.part, mains=how)

    def age(self) -> None:
        self.hand.ask(self.part, old_battery=True)

    def lose_supply(self) -> None:
        self.hand.ask(self.part, stale=True)

    def find_supply(self) -> None:
        self.hand.ask(self.part, stale=False)

    def say(self, raw: bytes) -> None:
        self.hand.ask(self.part, says_hex=raw.hex())

    def fall_silent(self) -> None:
        self.hand.ask(self.part, silent=True)

    def speak_again(self) -> None:
        self.hand.ask(self.part, silent=False)


def _session(bench: PowerBench, supply: PowerSource, random: Random, mishap: bool) -> None:
    """The mains do as they like; as a mishap the supply cannot be reached for a while."""
    how = random.choice(tuple(_WARNINGS))
    bench.mains(how)
    if mishap:
        bench.lose_supply()
        assert not supply.status().usable
        bench.find_supply()
    assert supply.status().warnings == _WARNINGS[how]


KIND: Final = Kind(contract=PowerSourceContract, device="supply", stand=PowerStand, session=_session)
