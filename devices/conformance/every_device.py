"""What every device promises, whatever its kind: the groups that need nothing but the port's common methods."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from pydantic import ValidationError

from devices.conformance.bench import Ability, Bench, need
from devices.conformance.groups import deadlines, discovery, health, lifecycle, privacy, soak
from devices.conformance.kinds import Device
from devices.conformance.operators import Operator
from devices.conformance.seat import Seat
from devices.conformance.timing import (
    CANCEL_SECONDS,
    FAULT_SEEN_SECONDS,
    OVERRUN_SECONDS,
    RECOVERED_SECONDS,
    overrun,
    quickest,
    resident_kilobytes,
    seconds_until,
)
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files
from kiosk import plugins
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health

_ROUNDS = 100
_MISHAPS = 0.02
_GROWTH = 1.05
"""Resident memory after a soak may be a twentieth more than before it."""

Note = Callable[[str, float], None]


class EveryDevice:
    """Joined by the kit to the contract of the device's kind."""

    seat: Seat

    @discovery
    def test_its_driver_is_announced_and_says_whether_it_is_simulated(self) -> None:
        entry = self.seat.entry
        assert entry.driver in plugins.names(self.seat.group)
        assert self.seat.driver.simulated == entry.driver.startswith("sim_")

    @discovery
    def test_nothing_simulated_stands_on_a_bench_of_real_devices(self) -> None:
        assert self.seat.bench_file.operator == "sim" or not self.seat.driver.simulated

    @discovery
    def test_its_settings_refuse_an_unknown_key_by_name(self, kit_operator: Operator) -> None:
        settings = self.seat.entry.filled(kit_operator.places) | {"no_such_key": 1}
        with pytest.raises(ValidationError) as refusal:
            self.seat.driver.settings.model_validate(settings)
        assert [fault["loc"] for fault in refusal.value.errors()] == [("no_such_key",)]

    @discovery
    def test_making_it_opens_nothing_and_starts_nothing(self, kit_operator: Operator) -> None:
        before = open_files(), threading.active_count()
        made = self.seat.make(kit_operator.places)
        assert (open_files(), threading.active_count()) == before
        made.close()

    @discovery
    def test_a_device_that_is_not_there_opens_all_the_same_and_is_found_when_it_comes(
        self, bench: Bench, device: Device
    ) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        device.open()
        assert not device.status().usable
        bench.plug()
        assert seconds_until(lambda: device.status().usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS

    @discovery
    def test_a_second_driver_on_its_line_leaves_the_first_usable(self, device: Device, kit_operator: Operator) -> None:
        """One of them may be kept out, as long as both say so in words and the first works again afterwards."""
        second = self.seat.make(kit_operator.places)
        device.open()
        assert device.status().usable
        second.open()
        assert isinstance(second.status(), Health)
        second.close()
        assert seconds_until(lambda: device.status().usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS

    @discovery
    def test_of_two_of_a_kind_each_is_its_own(self, bench: Bench, device: Device, kit_operator: Operator) -> None:
        """A visit at the one is not told by the other, and the cable of the one is not the other's."""
        twin = self.seat.make_twin(kit_operator.others())
        if twin is None:
            pytest.skip("this bench cannot show two of a kind")
        device.open()
        twin.open()
        try:
            self._stays_alone(bench, device, twin)
        finally:
            twin.close()

    def _stays_alone(self, bench: Bench, device: Device, twin: Device) -> None:
        assert seconds_until(lambda: twin.status().usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS
        calls = [] if self.seat.kind.streams else [partial(call, twin) for call in self.seat.kind.calls.values()]
        waits = [call for call in calls if call(after(bench.clock, 0.1), Cancel()) is None]
        for wait in waits:
            waiting = Call(partial(wait, after(bench.clock, FAR_SECONDS)))
            if self.seat.kind.session is not None:
                self.seat.kind.session(bench, device, Random(0), False)  # noqa: S311 - any visit will do
            assert waiting.cancelled() is None
        if Ability.UNPLUG in bench.abilities:
            bench.unplug()
            assert seconds_until(lambda: not device.status().usable, FAULT_SEEN_SECONDS) <= FAULT_SEEN_SECONDS
            assert twin.status().usable
            bench.plug()
            assert seconds_until(lambda: device.status().usable, RECOVERED_SECONDS) <= RECOVERED_SECONDS

    @lifecycle
    def test_a_hundred_openings_leave_nothing_behind(self, device: Device, kit_note: Note) -> None:
        for _ in range(5):
            _once(device)
        gc.collect()
        before, memory = (open_files(), threading.active_count()), resident_kilobytes()
        for _ in range(_ROUNDS):
            _once(device)
        gc.collect()
        assert (open_files(), threading.active_count()) == before
        kit_note("kilobytes_grown", resident_kilobytes() - memory)
        assert resident_kilobytes() <= memory * _GROWTH

    @lifecycle
    def test_a_closed_device_answers_calls_with_values(self, bench: Bench, device: Device) -> None:
        """It may say that it is gone or open itself again; it may neither hang nor throw."""
        device.open()
        device.close()
        assert isinstance(device.status(), Health)
        device.close()
        for call in self.seat.kind.calls.values():
            Call(partial(call, device, after(bench.clock, 0.2))).result()

    @deadlines
    def test_calls_return_at_their_deadline(self, bench: Bench, device: Device, kit_note: Note) -> None:
        device.open()
        self._assert_in_time(bench, device, kit_note)

    @deadlines
    def test_calls_of_a_mute_device_return_at_their_deadline(
        self, bench: Bench, device: Device, kit_note: Note
    ) -> None:
        need(bench, Ability.SILENCE)
        if self.seat.kind.mute is None:
            pytest.skip("this kind of device has nothing to say")
        device.open()
        device.status()
        self.seat.kind.mute(bench)
        self._assert_in_time(bench, device, kit_note)

    def _assert_in_time(self, bench: Bench, device: Device, note: Note) -> None:
        for name, call in self.seat.kind.calls.items():
            late = quickest(partial(overrun, partial(call, device), bench.clock, 0.3), OVERRUN_SECONDS)
            note(f"{name}_late_ms", round(late * 1000))
            assert late <= OVERRUN_SECONDS, name

    @deadlines
    def test_calls_end_soon_after_they_are_cancelled(self, bench: Bench, device: Device, kit_note: Note) -> None:
        device.open()
        for name, call in self.seat.kind.calls.items():
            seconds = quickest(partial(_cancelled, bench, partial(call, device)), CANCEL_SECONDS)
            kit_note(f"{name}_cancel_ms", round(seconds * 1000))
            assert seconds <= CANCEL_SECONDS, name

    @health
    def test_a_device_that_goes_is_noticed_and_found_again_in_time(
        self, bench: Bench, device: Device, kit_note: Note
    ) -> None:
        need(bench, Ability.UNPLUG)
        device.open()
        bench.unplug()
        gone = seconds_until(lambda: not device.status().usable, FAULT_SEEN_SECONDS)
        bench.plug()
        back = seconds_until(lambda: device.status().usable, RECOVERED_SECONDS)
        kit_note("seen_ms", round(gone * 1000))
        kit_note("recovered_ms", round(back * 1000))
        assert gone <= FAULT_SEEN_SECONDS
        assert back <= RECOVERED_SECONDS

    @health
    def test_its_health_does_not_flap(self, device: Device) -> None:
        device.open()
        first = device.status()
        assert {device.status() for _ in range(20)} == {first}

    @privacy
    def test_neither_its_repr_nor_its_health_tells_of_a_person(self, bench: Bench, device: Device) -> None:
        device.open()
        said = f"{device!r} {device.status()!r} {vars(device) if hasattr(device, '__dict__') else ''}"
        assert [secret for secret in bench.secrets if secret in said] == []

    @soak
    def test_many_visits_with_mishaps_leave_the_device_whole(
        self, bench: Bench, device: Device, kit_note: Note, kit_soak: int
    ) -> None:
        session = self.seat.kind.session
        if session is None:
            pytest.skip("no session is described for this kind")
        device.open()
        random = Random(f"{self.seat.entry.title} {kit_soak}")  # noqa: S311 - so that a run can be repeated
        taken: list[float] = []
        before, memory = (0, 0), 0
        for number in range(kit_soak):
            mishap = random.random() < _MISHAPS
            began = bench.clock.monotonic()
            session(bench, device, random, mishap)
            taken.append(bench.clock.monotonic() - began)
            if number == kit_soak // 4:
                gc.collect()
                before, memory = (open_files(), threading.active_count()), resident_kilobytes()
        gc.collect()
        kit_note("visits", kit_soak)
        kit_note("p95_ms", round(sorted(taken)[int(len(taken) * 0.95)] * 1000, 1))
        kit_note("kilobytes_grown", resident_kilobytes() - memory)
        assert device.status().usable
        assert (open_files(), threading.active_count()) == before
        assert resident_kilobytes() <= memory * _GROWTH


def _once(device: Device) -> None:
    device.open()
    device.status()
    device.close()


def _cancelled(bench: Bench, call: Callable[[Monotonic, Cancel], object]) -> float:
    """Seconds from the cancel to the end of the call; a call that ends by itself needs none."""
    running = Call(partial(call, after(bench.clock, FAR_SECONDS)))
    Cancel().sleep(0.1)
    began = bench.clock.monotonic()
    running.cancelled()
    return bench.clock.monotonic() - began
