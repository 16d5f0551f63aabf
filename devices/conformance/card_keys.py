"""The contract of card readers that open cards of generation 3 through a key server.

Parameterised by two fixtures: `bench`, which also plays the key server, and `reader`, made with a `Host` whose `keys`
are the bench.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

import pytest

from devices.conformance.bench import Ability, need
from devices.conformance.card_reader import CardBench, CardCalls
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.domain.insured import CardField
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardInserted, CardNotRead, CardReader, CardRemoved


class Will(Enum):
    """What the key server does when it is asked."""

    OPEN = auto()
    REFUSE = auto()
    GONE = auto()
    NONSENSE = auto()
    WRONG_KEY = auto()
    SILENT = auto()


class KeyedCardBench(CardBench, Protocol):
    """A `CardBench` that is also the `KeyDesk` of the reader under test."""

    will: Will

    def exchanges(self) -> int:
        """How often the key server was asked."""
        ...


class CardKeysContract(CardCalls):
    """What keys add: a card is opened once, by its own server, or stays closed."""

    def test_a_key_server_opens_a_card_of_generation_3(self, bench: KeyedCardBench, reader: CardReader) -> None:
        reader.open()
        bench.insert(generation="gen3")
        identity = self.identity(bench, reader)
        assert (identity.name, identity.resident_id) == (bench.holder, bench.resident_id)
        assert (identity.card_number, identity.missing) == (bench.card_number, frozenset())
        assert bench.exchanges() == 1

    def test_a_contactless_card_is_opened_alike(self, bench: KeyedCardBench, reader: CardReader) -> None:
        reader.open()
        bench.insert(generation="gen3", contactless=True)
        assert self.identity(bench, reader).name == bench.holder

    @pytest.mark.parametrize("generation", ["gen1", "gen2"])
    def test_nobody_is_asked_about_a_card_that_is_open(
        self, bench: KeyedCardBench, reader: CardReader, generation: str
    ) -> None:
        reader.open()
        bench.insert(generation=generation)
        assert self.identity(bench, reader).name == bench.holder
        assert bench.exchanges() == 0

    @pytest.mark.parametrize("will", [Will.REFUSE, Will.GONE, Will.NONSENSE, Will.WRONG_KEY])
    def test_a_server_that_does_not_open_it_leaves_the_card_closed(
        self, bench: KeyedCardBench, reader: CardReader, will: Will
    ) -> None:
        """One attempt, and no empty name; the next card is opened when the server is well again."""
        reader.open()
        bench.will = will
        bench.insert(generation="gen3")
        identity = self.identity(bench, reader)
        assert identity.missing == frozenset(CardField)
        assert (identity.name, identity.resident_id, identity.card_number) == (None, None, None)
        assert bench.exchanges() == 1
        bench.will = Will.OPEN
        assert self.identity(bench, reader).name == bench.holder

    def test_a_server_that_is_gone_is_a_warning_and_no_broken_reader(
        self, bench: KeyedCardBench, reader: CardReader
    ) -> None:
        reader.open()
        bench.will = Will.GONE
        bench.insert(generation="gen3")
        self.identity(bench, reader)
        assert reader.status().usable
        assert reader.status().warnings == (FaultCode.KEY_SERVER_UNREACHABLE,)
        bench.will = Will.OPEN
        self.identity(bench, reader)
        assert reader.status().warnings == ()

    def test_a_counterfeit_card_stays_closed(self, bench: KeyedCardBench, reader: CardReader) -> None:
        need(bench, Ability.FLAWED_CARDS)
        reader.open()
        bench.insert(generation="gen3", flaw="counterfeit")
        assert self.identity(bench, reader).missing == frozenset(CardField)

    def test_reading_ends_when_cancelled_while_the_server_thinks(
        self, bench: KeyedCardBench, reader: CardReader
    ) -> None:
        reader.open()
        bench.will = Will.SILENT
        bench.insert(generation="gen3")
        call = Call(lambda cancel: reader.read(after(bench.clock, FAR_SECONDS), cancel))
        until(lambda: bench.exchanges() == 1)
        assert call.cancelled() is None
        bench.will = Will.OPEN
        assert self.identity(bench, reader).name == bench.holder

    def test_the_deadline_holds_while_the_server_thinks(self, bench: KeyedCardBench, reader: CardReader) -> None:
        reader.open()
        bench.will = Will.SILENT
        bench.insert(generation="gen3")
        call = Call(lambda cancel: reader.read(after(bench.clock, 1.0), cancel))
        call.result()
        bench.will = Will.OPEN
        assert self.identity(bench, reader).name == bench.holder

    def test_a_closed_card_pulled_at_any_moment_is_told(self, bench: KeyedCardBench, reader: CardReader) -> None:
        need(bench, Ability.YANK_AT_APDU)
        reader.open()
        bench.insert(generation="gen3")
        assert self.next_event(bench, reader) == CardInserted()
        self.identity(bench, reader)
        whole = bench.apdus()
        bench.remove()
        assert self.next_event(bench, reader) == CardRemoved()
        for apdu in range(whole // 2, whole + 1):
            bench.insert(generation="gen3", yank_at=apdu)
            assert self.next_event(bench, reader) == CardInserted()
            assert self.read(bench, reader) == CardNotRead(FaultCode.CARD_PULLED), f"pulled at {apdu} of {whole}"
            assert self.next_event(bench, reader) == CardRemoved()

    def test_a_cancelled_reading_is_none_before_it_begins(self, bench: KeyedCardBench, reader: CardReader) -> None:
        reader.open()
        bench.insert(generation="gen3")
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: reader.read(after(bench.clock, FAR_SECONDS), cancel)).result() is None
        assert bench.exchanges() == 0
