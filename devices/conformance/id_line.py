"""What a reader of ID cards promises of its line and of itself: spoilt answers, silence, sickness, a pulled cable."""

from __future__ import annotations

from typing import Final, Literal

import pytest

from devices.conformance.bench import Ability, need
from devices.conformance.groups import claims, deadlines, discovery, framing, health
from devices.conformance.id_bench import STEPS, IdReaderBench, IdTrials, Step
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdReader

_PLACES: Final = (1, 5, 9, 300, 1294)
"""Bytes of an answer at which it is spoilt: preamble, length, status, portrait, check."""


class IdLineContract(IdTrials):
    """Whatever comes of an answer on its way, the next one counts."""

    @framing
    @pytest.mark.parametrize("kind", ["garbage", "split", "twice"])
    @pytest.mark.parametrize("step", STEPS)
    def test_an_answer_in_bad_company_is_found(
        self, bench: IdReaderBench, reader: IdReader, step: Step, kind: str
    ) -> None:
        """Noise before it, a pause at any byte, or the same once more behind it."""
        need(bench, Ability.SPOILT_ANSWERS)
        reader.open()
        for at in _PLACES if kind == "split" else (0,):
            self.lay_anew(bench, reader)
            bench.spoil(kind, step, at)
            assert self.identity(bench, reader).name == bench.holder, f"{kind} at {at}"

    @framing
    @pytest.mark.parametrize("kind", ["flip", "cut", "checksum", "length"])
    def test_a_spoilt_answer_is_told_and_the_next_card_is_read(
        self, bench: IdReaderBench, reader: IdReader, kind: str
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        reader.open()
        for at in _PLACES if kind in {"flip", "cut"} else (0,):
            self.lay_anew(bench, reader)
            bench.spoil(kind, "read", at)
            assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_CARD_UNREADABLE), f"{kind} at {at}"
            assert reader.status().state is DeviceState.ONLINE
            self.lay_anew(bench, reader)
            assert self.identity(bench, reader).name == bench.holder

    @framing
    def test_noise_in_an_answer_never_makes_another_person(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        reader.open()
        for at in _PLACES:
            self.lay_anew(bench, reader)
            bench.spoil("garbage", "read", at)
            reading = self.read(bench, reader)
            if isinstance(reading, IdCardRead):
                assert (reading.identity.name, reading.identity.number) == (bench.holder, bench.resident_id)
            else:
                assert reading == IdCardNotRead(FaultCode.ID_CARD_UNREADABLE)
            self.lay_anew(bench, reader)
            assert self.identity(bench, reader).name == bench.holder

    @framing
    @pytest.mark.parametrize("at", [1, 7, 600])
    def test_a_cable_pulled_in_an_answer_is_told_and_the_reader_is_found_again(
        self, bench: IdReaderBench, reader: IdReader, at: int
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        reader.open()
        bench.lay()
        bench.spoil("yank", "read", at)
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_READER_GONE)
        assert reader.status().state is DeviceState.NO_DEVICE
        bench.plug()
        until(lambda: reader.status().usable)
        self.lay_anew(bench, reader)
        assert self.identity(bench, reader).name == bench.holder

    @framing
    def test_a_slow_line_in_fragments_makes_no_difference(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.LINE_SPEED)
        reader.open()
        bench.slow_line(fragment=7, pause_ms=1)
        bench.lay()
        assert self.identity(bench, reader).name == bench.holder

    @health
    def test_a_silent_reader_is_offline_and_found_again(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.SILENCE)
        reader.open()
        assert reader.status().usable
        bench.fall_silent()
        bench.lay()
        assert self.waiting(bench, reader).result() is None
        assert reader.status().state is DeviceState.OFFLINE
        assert FaultCode.ID_READER_GONE in reader.status().warnings
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_READER_GONE)
        bench.speak_again()
        assert self.next_event(bench, reader) == IdCardPlaced()
        assert reader.status().state is DeviceState.ONLINE

    @health
    def test_a_silent_reader_is_noticed_however_short_the_calls(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.SILENCE)
        reader.open()
        assert reader.status().usable
        bench.fall_silent()

        def noticed() -> bool:
            reader.wait(after(bench.clock, 0.1), Cancel())
            return reader.status().state is DeviceState.OFFLINE

        until(noticed)

    @deadlines
    def test_a_silent_reader_keeps_nobody_beyond_the_deadline(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.SILENCE)
        bench.fall_silent()
        reader.open()
        reader.status()
        for call in (reader.wait, reader.read):
            Call(lambda cancel, call=call: call(after(bench.clock, 0.2), cancel)).result()  # type: ignore[misc]
            Call(lambda cancel, call=call: call(after(bench.clock, FAR_SECONDS), cancel)).cancelled()  # type: ignore[misc]

    @pytest.mark.parametrize("how", ["self_test_failed", "not_authorised"])
    def test_a_sick_module_is_a_broken_reader(
        self, bench: IdReaderBench, reader: IdReader, how: Literal["self_test_failed", "not_authorised"]
    ) -> None:
        need(bench, Ability.SICK_READER)
        reader.open()
        bench.fall_ill(how)
        assert reader.status().state is DeviceState.HARDWARE_ERROR
        assert FaultCode.ID_READER_GONE in reader.status().warnings
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_READER_GONE)
        bench.recover()
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()
        assert reader.status().state is DeviceState.ONLINE

    @claims("other_speeds")
    @pytest.mark.parametrize("baud", [57600, 38400, 19200, 9600])
    def test_a_reader_left_at_another_speed_is_found(self, bench: IdReaderBench, reader: IdReader, baud: int) -> None:
        need(bench, Ability.OTHER_BAUD)
        bench.speak_at(baud)
        bench.lay()
        reader.open()
        assert reader.status().state is DeviceState.ONLINE
        assert self.identity(bench, reader).name == bench.holder

    @health
    def test_a_reader_that_goes_is_no_event_and_is_found_again(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.UNPLUG)
        reader.open()
        assert reader.wait(after(bench.clock, 0.1), Cancel()) is None
        waiting = self.waiting(bench, reader)
        bench.unplug()
        assert waiting.result() is None
        assert reader.status().state is DeviceState.NO_DEVICE
        assert FaultCode.ID_READER_GONE in reader.status().warnings
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_READER_GONE)
        bench.plug()
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()
        assert reader.status().usable

    @health
    def test_a_reader_that_goes_while_nobody_waits_is_noticed(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.UNPLUG)
        reader.open()
        assert reader.status().usable
        bench.unplug()
        assert not reader.status().usable
        bench.plug()
        until(lambda: reader.status().usable)

    @discovery
    def test_a_reader_may_come_after_the_kiosk(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        reader.open()
        assert not reader.status().usable
        assert reader.wait(after(bench.clock, 0), Cancel()) is None
        bench.plug()
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()
