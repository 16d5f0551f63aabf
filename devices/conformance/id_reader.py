"""The contract of readers of resident ID cards."""

from __future__ import annotations

import threading
from typing import Final, Literal, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import claims, deadlines, discovery, framing, health, lifecycle, privacy
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.domain.insured import IdCardIdentity, IdCardKind
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading, IdReader

Step = Literal["find", "select", "read"]
_STEPS: Final[tuple[Step, ...]] = ("find", "select", "read")
_PLACES: Final = (1, 5, 9, 300, 1294)
"""Bytes of an answer at which it is spoilt: preamble, length, status, portrait, check."""


class IdReaderBench(Bench, Protocol):
    """The card is that of `holder`; `lay` takes the options of docs/simulators.md that the bench is able to."""

    holder: PersonName
    resident_id: ResidentId

    def lay(self, **how: str | int | bool) -> None:
        """Lay the card down, beside whatever lies there."""
        ...

    def lift(self) -> None:
        """Take everything away; returns once the reader could notice."""
        ...

    def find_again(self) -> None:
        """From now on the reader finds a card that it has read already, as some do, until it is lifted."""
        ...

    def spoil(self, kind: str, step: Step, at: int) -> None:
        """Spoil the reader's next answer in that step on its way, at that byte: garbage, flip, cut, split, twice …"""
        ...

    def slow_line(self, *, fragment: int, pause_ms: float) -> None: ...

    def slow_down(self, read_ms: int) -> None:
        """From now on a card takes so long to be read."""
        ...

    def fall_silent(self) -> None: ...

    def speak_again(self) -> None: ...

    def fall_ill(self, how: Literal["self_test_failed", "not_authorised"]) -> None: ...

    def recover(self) -> None: ...

    def speak_at(self, baud: int) -> None:
        """Another user has left the reader at this speed."""
        ...

    def asked(self) -> int:
        """How many commands the reader has had."""
        ...


class IdReaderContract(Contract):
    """What the kiosk may rely on."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, reader: IdReader) -> None:
        reader.open()
        reader.open()
        reader.close()
        reader.close()
        reader.open()
        assert reader.status().state is DeviceState.ONLINE

    @lifecycle
    def test_opening_leaves_nothing_behind(self, reader: IdReader) -> None:
        reader.open()
        reader.status()
        reader.close()
        before, threads = open_files(), threading.active_count()
        for _ in range(100):
            reader.open()
            reader.status()
            reader.close()
        assert (open_files(), threading.active_count()) == (before, threads)

    def test_a_card_that_lies_there_at_the_start_is_reported_and_read(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        bench.lay()
        reader.open()
        assert self.next_event(bench, reader) == IdCardPlaced()
        identity = self.identity(bench, reader)
        assert (identity.kind, identity.name, identity.number) == (
            IdCardKind.RESIDENT,
            bench.holder,
            bench.resident_id,
        )

    def test_a_card_laid_while_waiting_is_reported(self, bench: IdReaderBench, reader: IdReader) -> None:
        reader.open()
        call = self.waiting(bench, reader)
        bench.lay()
        assert call.result() == IdCardPlaced()

    def test_an_empty_plate_is_no_event_and_cannot_be_read(self, bench: IdReaderBench, reader: IdReader) -> None:
        reader.open()
        assert reader.wait(after(bench.clock, 0.5), Cancel()) is None
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_CARD_LIFTED)

    def test_a_card_that_nobody_read_is_reported_again(self, bench: IdReaderBench, reader: IdReader) -> None:
        reader.open()
        bench.lay()
        assert [self.next_event(bench, reader) for _ in range(3)] == [IdCardPlaced()] * 3

    def test_a_card_that_was_read_is_a_new_one_only_after_it_was_lifted(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        reader.open()
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()
        self.identity(bench, reader)
        assert reader.wait(after(bench.clock, 0.7), Cancel()) is None
        self.lay_anew(bench, reader)
        assert self.next_event(bench, reader) == IdCardPlaced()
        assert self.identity(bench, reader).name == bench.holder

    def test_a_forgotten_card_is_not_taken_for_the_next_persons(self, bench: IdReaderBench, reader: IdReader) -> None:
        """Also where the reader itself finds it over and over, and after its cable was out."""
        need(bench, Ability.FORGETFUL_READER)
        bench.find_again()
        reader.open()
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()
        self.identity(bench, reader)
        assert reader.wait(after(bench.clock, 0.7), Cancel()) is None
        bench.unplug()
        assert not reader.status().usable
        bench.plug()
        until(lambda: reader.status().usable)
        assert reader.wait(after(bench.clock, 0.7), Cancel()) is None
        self.lay_anew(bench, reader)
        assert self.next_event(bench, reader) == IdCardPlaced()

    def test_two_cards_at_once_are_nobodys(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.ANY_ID_CARD)
        reader.open()
        bench.lay()
        bench.lay(person="lihong")
        assert reader.wait(after(bench.clock, 0.7), Cancel()) is None
        assert isinstance(self.read(bench, reader), IdCardNotRead)
        self.lay_anew(bench, reader)
        assert self.identity(bench, reader).name == bench.holder

    @claims("sister_cards")
    @pytest.mark.parametrize(
        ("layout", "kind"), [("permit", IdCardKind.RESIDENCE_PERMIT), ("foreigner", IdCardKind.FOREIGNER)]
    )
    def test_its_sisters_are_told_apart(
        self, bench: IdReaderBench, reader: IdReader, layout: str, kind: IdCardKind
    ) -> None:
        need(bench, Ability.ANY_ID_CARD)
        reader.open()
        bench.lay(layout=layout)
        identity = self.identity(bench, reader)
        assert (identity.kind, identity.name, identity.resident_id) == (kind, bench.holder, None)

    def test_a_layout_nobody_published_is_reported_and_not_guessed(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        need(bench, Ability.ANY_ID_CARD)
        reader.open()
        bench.lay(layout="foreigner_2023")
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_CARD_UNKNOWN)

    def test_a_card_for_life_has_no_end(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.ANY_ID_CARD)
        reader.open()
        bench.lay(long_term=True)
        assert self.identity(bench, reader).validity.until is None

    @privacy
    def test_a_portrait_is_kept_closed(self, bench: IdReaderBench, reader: IdReader) -> None:
        reader.open()
        bench.lay()
        reading = self.read(bench, reader)
        assert isinstance(reading, IdCardRead)
        assert reading.portrait is None or len(repr(reading.portrait)) < 30

    @pytest.mark.parametrize(
        ("flaw", "fault"),
        [
            ("bad_number", FaultCode.ID_CARD_UNREADABLE),
            ("bad_birth", FaultCode.ID_CARD_UNREADABLE),
            ("blank_name", FaultCode.ID_CARD_UNREADABLE),
            ("not_authentic", FaultCode.ID_CARD_UNREADABLE),
            ("other_card", FaultCode.ID_CARD_UNKNOWN),
        ],
    )
    def test_a_bad_card_is_named_and_the_next_is_read(
        self, bench: IdReaderBench, reader: IdReader, flaw: str, fault: FaultCode
    ) -> None:
        need(bench, Ability.FLAWED_ID_CARDS)
        reader.open()
        bench.lay(flaw=flaw)
        assert self.next_event(bench, reader) == IdCardPlaced()
        assert self.read(bench, reader) == IdCardNotRead(fault)
        assert reader.wait(after(bench.clock, 0.5), Cancel()) is None, "no second try by itself"
        self.lay_anew(bench, reader)
        assert self.identity(bench, reader).name == bench.holder

    @pytest.mark.parametrize("step", _STEPS)
    def test_a_card_lifted_at_any_step_is_told_and_the_next_is_read(
        self, bench: IdReaderBench, reader: IdReader, step: Step
    ) -> None:
        need(bench, Ability.LIFT_WHILE_READING)
        reader.open()
        bench.lay(lift_at=step)
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_CARD_LIFTED)
        self.lay_anew(bench, reader)
        assert self.identity(bench, reader).name == bench.holder

    @framing
    @pytest.mark.parametrize("kind", ["garbage", "split", "twice"])
    @pytest.mark.parametrize("step", _STEPS)
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
        for at in _PLACES:
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

    @deadlines
    def test_waiting_ends_when_cancelled(self, bench: IdReaderBench, reader: IdReader) -> None:
        reader.open()
        assert self.waiting(bench, reader).cancelled() is None
        bench.lay()
        assert self.next_event(bench, reader) == IdCardPlaced()

    @deadlines
    def test_a_wait_that_was_cancelled_before_it_began_ends_at_once(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        reader.open()
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: reader.wait(after(bench.clock, FAR_SECONDS), cancel)).result() is None

    @deadlines
    def test_reading_ends_when_cancelled_and_the_late_answer_is_nobodys(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        """The answer that was given up comes while the next card is being sought; it must not be taken for its own."""
        need(bench, Ability.SLOW_CARD)
        reader.open()
        assert reader.status().usable
        bench.slow_down(400)
        bench.lay(person="lihong") if Ability.ANY_ID_CARD in bench.abilities else bench.lay()
        before = bench.asked()
        call = Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel))
        until(lambda: bench.asked() >= before + 3)
        assert call.cancelled() is None
        bench.lift()
        bench.lay()
        assert self.identity(bench, reader).name == bench.holder

    @deadlines
    def test_a_slow_card_is_given_up_at_the_deadline(self, bench: IdReaderBench, reader: IdReader) -> None:
        need(bench, Ability.SLOW_CARD)
        reader.open()
        assert reader.status().usable
        bench.slow_down(400)
        bench.lay()
        assert reader.read(after(bench.clock, 0.2), Cancel()) is None
        assert reader.status().state is DeviceState.ONLINE

    @deadlines
    def test_half_an_answer_at_the_deadline_is_no_fault_of_the_card(
        self, bench: IdReaderBench, reader: IdReader
    ) -> None:
        need(bench, Ability.LINE_SPEED)
        reader.open()
        assert reader.status().usable
        bench.slow_line(fragment=8, pause_ms=10)
        bench.lay()
        assert reader.read(after(bench.clock, 0.4), Cancel()) is None

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

    def lay_anew(self, bench: IdReaderBench, reader: IdReader) -> None:
        """Lift what lies there for as long as it takes to be noticed, and lay the card down."""
        bench.lift()
        assert reader.wait(after(bench.clock, 0.05), Cancel()) is None
        bench.lay()

    def waiting(self, bench: IdReaderBench, reader: IdReader) -> Call[IdCardPlaced | None]:
        return Call(lambda cancel: reader.wait(after(bench.clock, FAR_SECONDS), cancel))

    def next_event(self, bench: IdReaderBench, reader: IdReader) -> IdCardPlaced | None:
        """The next event, however long it takes; losing the reader on the way, or finding it, is no event."""
        for _ in range(3):
            event = self.waiting(bench, reader).result()
            if event is not None:
                return event
        return None

    def read(self, bench: IdReaderBench, reader: IdReader) -> IdCardReading | None:
        return Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel)).result()

    def identity(self, bench: IdReaderBench, reader: IdReader) -> IdCardIdentity:
        reading = self.read(bench, reader)
        assert isinstance(reading, IdCardRead), reading
        return reading.identity
