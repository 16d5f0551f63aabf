"""The contract of uninterruptible power supplies."""

from __future__ import annotations

from typing import Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import deadlines, framing, health
from devices.conformance.timing import OVERRUN_SECONDS, quickest
from devices.conformance.waiting import until
from kiosk.faults import FaultCode
from kiosk.ports.power_source import PowerSource

STATUS_SECONDS = 2.0
_NONSENSE = (
    b"\n",
    b"hello\n",
    b'VAR ups ups.status ""\n',
    b'VAR other ups.status "OB LB"\n',
    b'VAR ups battery.charge "3"\n',
    b"\xff\xfe\x00\n",
    b"VAR ups ups.status " + b"A" * 4096 + b"\n",
)


class PowerBench(Bench, Protocol):
    """The mains are on at the beginning, and the battery is young."""

    def mains(self, how: str) -> None:
        """`on`, `failed`, or `ending`: failed for so long that the battery is nearly empty."""
        ...

    def age(self) -> None:
        """The battery should be replaced."""
        ...

    def lose_supply(self) -> None:
        """What the driver asks is there, and no longer reaches the supply."""
        ...

    def find_supply(self) -> None: ...

    def say(self, raw: bytes) -> None:
        """The answer to each question from now on; with nothing to say, the true one again."""
        ...

    def fall_silent(self) -> None: ...

    def speak_again(self) -> None: ...


class PowerSourceContract(Contract):
    """What the kiosk may rely on."""

    def test_opening_and_closing_twice_is_allowed(self, supply: PowerSource) -> None:
        supply.open()
        supply.open()
        supply.close()
        supply.close()
        supply.open()
        assert supply.status().usable

    def test_it_tells_when_the_mains_go_and_come(self, bench: PowerBench, supply: PowerSource) -> None:
        supply.open()
        assert supply.status().warnings == ()
        bench.mains("failed")
        assert supply.status().warnings == (FaultCode.POWER_ON_BATTERY,)
        bench.mains("ending")
        assert supply.status().warnings == (FaultCode.POWER_ON_BATTERY, FaultCode.POWER_ENDING)
        assert supply.status().usable
        bench.mains("on")
        assert supply.status().warnings == ()

    def test_an_old_battery_is_told(self, bench: PowerBench, supply: PowerSource) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        supply.open()
        bench.age()
        assert supply.status().warnings == (FaultCode.POWER_SOURCE_ILL,)
        assert supply.status().usable

    @health
    def test_a_supply_that_cannot_be_reached_is_not_taken_for_a_healthy_one(
        self, bench: PowerBench, supply: PowerSource
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        supply.open()
        bench.lose_supply()
        assert not supply.status().usable
        assert supply.status().warnings == (FaultCode.POWER_SOURCE_ILL,)
        bench.find_supply()
        until(lambda: supply.status().usable)

    @framing
    @pytest.mark.parametrize("raw", _NONSENSE, ids=range(len(_NONSENSE)))
    def test_nonsense_says_nothing_of_the_mains_and_the_next_answer_counts(
        self, bench: PowerBench, supply: PowerSource, raw: bytes
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        supply.open()
        bench.say(raw)
        told = supply.status()
        assert (told.usable, told.warnings) == (False, (FaultCode.POWER_SOURCE_ILL,))
        bench.say(b"")
        bench.mains("failed")
        assert supply.status().warnings == (FaultCode.POWER_ON_BATTERY,)

    @deadlines
    def test_a_silent_one_keeps_nobody_for_long(self, bench: PowerBench, supply: PowerSource) -> None:
        need(bench, Ability.SILENCE)
        supply.open()
        bench.fall_silent()
        assert quickest(lambda: self._taken(bench, supply), STATUS_SECONDS) <= STATUS_SECONDS + OVERRUN_SECONDS
        assert not supply.status().usable
        bench.speak_again()
        until(lambda: supply.status().usable)

    def _taken(self, bench: PowerBench, supply: PowerSource) -> float:
        began = bench.clock.monotonic()
        supply.status()
        return bench.clock.monotonic() - began
