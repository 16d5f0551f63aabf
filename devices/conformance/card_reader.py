"""The contract of card readers."""

from __future__ import annotations

from typing import Final, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import claims, deadlines, discovery, health, lifecycle
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.domain.insured import CardField, CardIdentity
from kiosk.domain.personal import CardNumber, PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReader, CardReading, CardRemoved


class CardBench(Bench, Protocol):
    """The card is that of `holder`; `insert` takes the options of docs/simulators.md that the bench is able to."""

    holder: PersonName
    resident_id: ResidentId
    card_number: CardNumber

    def insert(self, **how: str | int | bool) -> None: ...

    def remove(self) -> None: ...

    def apdus(self) -> int:
        """How many commands the card has had since it was inserted."""
        ...


_ABILITIES: Final = {"mute": Ability.MUTE_CARD, "foreign": Ability.FOREIGN_CARD}


_CONTACTLESS: Final = pytest.param({"contactless": True}, marks=claims("contactless"))


class CardCalls(Contract):
    """How the contracts of card readers call them."""

    def next_event(self, bench: CardBench, reader: CardReader) -> CardEvent | None:
        """The next event, however long it takes; losing the reader on the way is no event."""
        for _ in range(3):
            event = Call(lambda cancel: reader.wait(after(bench.clock, FAR_SECONDS), cancel)).result()
            if event is not None:
                return event
        return None

    def read(self, bench: CardBench, reader: CardReader) -> CardReading | None:
        return Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel)).result()

    def identity(self, bench: CardBench, reader: CardReader) -> CardIdentity:
        reading = self.read(bench, reader)
        assert isinstance(reading, CardRead), reading
        return reading.identity


class CardReaderContract(CardCalls):
    """What the kiosk may rely on."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, reader: CardReader) -> None:
        reader.open()
        reader.open()
        reader.close()
        reader.close()
        reader.open()
        assert reader.status().usable

    @lifecycle
    def test_opening_leaves_nothing_behind(self, reader: CardReader) -> None:
        reader.open()
        reader.status()
        reader.close()
        before = open_files()
        for _ in range(10):
            reader.open()
            reader.status()
            reader.close()
        assert open_files() == before

    def test_a_card_that_lies_there_at_the_start_is_reported(self, bench: CardBench, reader: CardReader) -> None:
        bench.insert()
        reader.open()
        assert self.next_event(bench, reader) == CardInserted()

    def test_insertion_and_removal_are_reported_once_each(self, bench: CardBench, reader: CardReader) -> None:
        reader.open()
        assert reader.wait(after(bench.clock, 0), Cancel()) is None
        for _ in range(2):
            bench.insert()
            assert self.next_event(bench, reader) == CardInserted()
            assert reader.wait(after(bench.clock, 0), Cancel()) is None
            bench.remove()
            assert self.next_event(bench, reader) == CardRemoved()
            assert reader.wait(after(bench.clock, 0), Cancel()) is None

    def test_an_exchanged_card_is_never_taken_for_the_same(self, bench: CardBench, reader: CardReader) -> None:
        """A reader that only looks now and then cannot see the same card go and come; it knows another one."""
        need(bench, Ability.QUICK_EXCHANGE)
        reader.open()
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()
        bench.remove()
        bench.insert()
        assert [self.next_event(bench, reader) for _ in range(2)] == [CardRemoved(), CardInserted()]

    def test_reading_changes_nothing_in_the_slot(self, bench: CardBench, reader: CardReader) -> None:
        reader.open()
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()
        self.identity(bench, reader)
        assert reader.wait(after(bench.clock, 0.5), Cancel()) is None

    @deadlines
    def test_waiting_ends_when_cancelled(self, bench: CardBench, reader: CardReader) -> None:
        reader.open()
        call = Call(lambda cancel: reader.wait(after(bench.clock, FAR_SECONDS), cancel))
        assert call.cancelled() is None
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()

    @deadlines
    def test_a_wait_that_was_cancelled_before_it_began_ends_at_once(self, bench: CardBench, reader: CardReader) -> None:
        reader.open()
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: reader.wait(after(bench.clock, FAR_SECONDS), cancel)).result() is None

    @pytest.mark.parametrize("generation", ["gen1", "gen2"])
    def test_generations_1_and_2_give_their_holder(self, bench: CardBench, reader: CardReader, generation: str) -> None:
        need(bench, Ability.ANY_CARD)
        reader.open()
        bench.insert(generation=generation)
        identity = self.identity(bench, reader)
        assert f"gen{identity.generation}" == generation
        assert (identity.name, identity.resident_id) == (bench.holder, bench.resident_id)
        assert identity.card_number == bench.card_number
        assert identity.missing == frozenset()

    def test_generation_3_without_keys_says_what_is_missing(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.ANY_CARD)
        reader.open()
        bench.insert(generation="gen3")
        identity = self.identity(bench, reader)
        assert identity.missing == frozenset(CardField)
        assert (identity.name, identity.resident_id, identity.card_number) == (None, None, None)
        assert len(identity.region) == 6

    @pytest.mark.parametrize("habit", [{"p1": 0}, {"p1": 2}, _CONTACTLESS, {"padding": 32}, {"padding": 255}])
    def test_habits_of_issuers_make_no_difference(
        self, bench: CardBench, reader: CardReader, habit: dict[str, int]
    ) -> None:
        need(bench, Ability.ANY_CARD)
        reader.open()
        bench.insert(**habit)
        assert self.identity(bench, reader).name == bench.holder

    @pytest.mark.parametrize(
        ("flaw", "fault"),
        [
            ("mute", FaultCode.CARD_UNREADABLE),
            ("foreign", FaultCode.CARD_FOREIGN),
            ("garbage", FaultCode.CARD_UNREADABLE),
            ("short_answer", FaultCode.CARD_UNREADABLE),
            ("wrong_length", FaultCode.CARD_UNREADABLE),
            ("bad_name", FaultCode.CARD_UNREADABLE),
            ("bad_date", FaultCode.CARD_UNREADABLE),
            ("bad_card_number", FaultCode.CARD_UNREADABLE),
            ("bad_resident_id", FaultCode.CARD_UNREADABLE),
        ],
    )
    def test_a_bad_card_is_named_and_the_next_is_read(
        self, bench: CardBench, reader: CardReader, flaw: str, fault: FaultCode
    ) -> None:
        need(bench, _ABILITIES.get(flaw, Ability.FLAWED_CARDS))
        reader.open()
        bench.insert(flaw=flaw)
        assert self.next_event(bench, reader) == CardInserted()
        assert self.read(bench, reader) == CardNotRead(fault)
        bench.remove()
        assert self.next_event(bench, reader) == CardRemoved()
        bench.insert()
        assert self.identity(bench, reader).name == bench.holder

    def test_a_blank_name_is_missing_and_not_empty(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.FLAWED_CARDS)
        reader.open()
        bench.insert(flaw="blank_name")
        assert self.identity(bench, reader).missing == {CardField.NAME}

    def test_an_empty_slot_cannot_be_read(self, bench: CardBench, reader: CardReader) -> None:
        reader.open()
        assert self.read(bench, reader) == CardNotRead(FaultCode.CARD_PULLED)

    def test_a_card_pulled_at_any_moment_is_told_and_the_next_is_read(
        self, bench: CardBench, reader: CardReader
    ) -> None:
        need(bench, Ability.YANK_AT_APDU)
        reader.open()
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()
        self.identity(bench, reader)
        whole = bench.apdus()
        bench.remove()
        assert self.next_event(bench, reader) == CardRemoved()
        for apdu in range(1, whole + 1):
            bench.insert(yank_at=apdu)
            assert self.next_event(bench, reader) == CardInserted()
            assert self.read(bench, reader) == CardNotRead(FaultCode.CARD_PULLED), f"pulled at {apdu} of {whole}"
            assert self.next_event(bench, reader) == CardRemoved()
        bench.insert()
        assert self.identity(bench, reader).name == bench.holder

    @deadlines
    def test_a_slow_card_is_given_up_at_the_deadline(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.SLOW_CARD)
        reader.open()
        bench.insert(delay_ms=100)
        assert self.next_event(bench, reader) == CardInserted()
        assert reader.read(after(bench.clock, 0.3), Cancel()) is None
        assert self.identity(bench, reader).name == bench.holder

    @deadlines
    def test_reading_ends_when_cancelled_and_the_next_reading_is_whole(
        self, bench: CardBench, reader: CardReader
    ) -> None:
        need(bench, Ability.SLOW_CARD)
        reader.open()
        bench.insert(delay_ms=100)
        assert self.next_event(bench, reader) == CardInserted()
        call = Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel))
        until(lambda: bench.apdus() >= 2)
        assert call.cancelled() is None
        assert self.identity(bench, reader).name == bench.holder

    def test_a_card_that_falls_silent_is_unreadable(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.SILENT_CARD)
        reader.open()
        bench.insert(silent_at=4)
        assert self.read(bench, reader) == CardNotRead(FaultCode.CARD_UNREADABLE)

    @health
    def test_a_reader_that_goes_is_no_event_and_is_found_again(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.UNPLUG)
        reader.open()
        assert reader.wait(after(bench.clock, 0), Cancel()) is None
        waiting = Call(lambda cancel: reader.wait(after(bench.clock, FAR_SECONDS), cancel))
        bench.unplug()
        assert waiting.result() is None
        assert not reader.status().usable
        assert FaultCode.CARD_READER_GONE in reader.status().warnings
        assert self.read(bench, reader) == CardNotRead(FaultCode.CARD_READER_GONE)
        bench.plug()
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()
        assert reader.status().usable
        assert self.identity(bench, reader).name == bench.holder

    @discovery
    def test_a_reader_may_come_after_the_kiosk(self, bench: CardBench, reader: CardReader) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        reader.open()
        assert not reader.status().usable
        assert reader.wait(after(bench.clock, 0), Cancel()) is None
        bench.plug()
        bench.insert()
        assert self.next_event(bench, reader) == CardInserted()
