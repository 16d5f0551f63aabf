"""The contract of presence sensors."""

from __future__ import annotations

from typing import Protocol

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import framing
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.presence_sensor import PersonCame, PersonLeft, PresenceEvent, PresenceSensor


class PresenceBench(Bench, Protocol):
    """Nobody stands before the sensor at the beginning."""

    def come(self) -> None: ...

    def leave(self) -> None: ...

    def garble(self) -> None:
        """The sensor says something that is no reading, until somebody comes or leaves."""
        ...


class PresenceSensorContract(Contract):
    """What the kiosk may rely on."""

    def test_opening_and_closing_twice_is_allowed(self, sensor: PresenceSensor) -> None:
        sensor.open()
        sensor.open()
        sensor.close()
        sensor.close()
        sensor.open()
        assert sensor.status().usable

    def test_coming_and_leaving_are_told_in_turn(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        sensor.open()
        for _ in range(2):
            bench.come()
            assert self.next(bench, sensor) == PersonCame()
            bench.leave()
            assert self.next(bench, sensor) == PersonLeft()

    def test_whoever_stays_is_told_once(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        sensor.open()
        bench.come()
        assert self.next(bench, sensor) == PersonCame()
        assert sensor.wait(after(bench.clock, 0.3), Cancel()) is None

    def test_nobody_there_is_nothing_to_tell(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        sensor.open()
        assert sensor.wait(after(bench.clock, 0.3), Cancel()) is None

    def test_whoever_stands_there_already_has_come(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        bench.come()
        sensor.open()
        assert self.next(bench, sensor) == PersonCame()

    def test_somebody_who_comes_ends_a_wait(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        sensor.open()
        call = self.waiting(bench, sensor)
        bench.come()
        assert call.result() == PersonCame()

    def test_a_cancelled_wait_ends_and_the_next_hears(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        sensor.open()
        assert self.waiting(bench, sensor).cancelled() is None
        bench.come()
        assert self.next(bench, sensor) == PersonCame()

    @framing
    def test_what_is_no_reading_makes_nobody_come_or_leave(self, bench: PresenceBench, sensor: PresenceSensor) -> None:
        need(bench, Ability.NOISE)
        sensor.open()
        bench.garble()
        assert sensor.wait(after(bench.clock, 0.2), Cancel()) is None
        assert FaultCode.PRESENCE_GONE in sensor.status().warnings
        bench.come()
        assert self.next(bench, sensor) == PersonCame()
        assert sensor.status().warnings == ()

    def test_a_sensor_that_goes_tells_nothing_and_is_found_again(
        self, bench: PresenceBench, sensor: PresenceSensor
    ) -> None:
        need(bench, Ability.UNPLUG)
        sensor.open()
        call = self.waiting(bench, sensor)
        bench.unplug()
        assert call.result() is None
        assert FaultCode.PRESENCE_GONE in sensor.status().warnings
        bench.plug()
        until(lambda: sensor.status().usable)
        bench.come()
        assert self.next(bench, sensor) == PersonCame()

    def waiting(self, bench: PresenceBench, sensor: PresenceSensor) -> Call[PresenceEvent | None]:
        return Call(lambda cancel: sensor.wait(after(bench.clock, FAR_SECONDS), cancel))

    def next(self, bench: PresenceBench, sensor: PresenceSensor) -> PresenceEvent | None:
        return self.waiting(bench, sensor).result()
