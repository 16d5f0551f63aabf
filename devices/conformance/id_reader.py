"""The contract of readers of resident ID cards: what lies on the plate, and whose it is."""

from __future__ import annotations

import threading

import pytest

from devices.conformance.bench import Ability, need
from devices.conformance.groups import claims, deadlines, lifecycle, privacy
from devices.conformance.id_bench import STEPS, IdReaderBench, Step
from devices.conformance.id_line import IdLineContract
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.domain.insured import IdCardKind
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdReader


class IdReaderContract(IdLineContract):
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
        for _ in range(10):
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

    @pytest.mark.parametrize("step", STEPS)
    def test_a_card_lifted_at_any_step_is_told_and_the_next_is_read(
        self, bench: IdReaderBench, reader: IdReader, step: Step
    ) -> None:
        need(bench, Ability.LIFT_WHILE_READING)
        reader.open()
        bench.lay(lift_at=step)
        assert self.read(bench, reader) == IdCardNotRead(FaultCode.ID_CARD_LIFTED)
        self.lay_anew(bench, reader)
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
