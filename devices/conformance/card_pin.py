"""The contract of card readers on whose own keys the card's password is entered.

Parameterised by two fixtures: `bench`, whose card takes `pin` and no other, and `reader`. A bench of flesh and plastic
uses a card that may be blocked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from devices.conformance.bench import Ability, Contract, need
from devices.conformance.card_reader import CardBench
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import (
    CardNotRead,
    PinAccepted,
    PinBlocked,
    PinNotEntered,
    PinVerdict,
    PinVerifier,
    PinWrong,
)
from kiosk.ports.clock import Clock, Monotonic


class PasswordReader(PinVerifier, Protocol):
    """What the contract uses of a reader."""

    def open(self) -> None: ...


class CardPinBench(CardBench, Protocol):
    """`insert(pin_tries=n)` gives a card that has n tries left."""

    pin: str
    wrong_pin: str

    def taking(self) -> bool:
        """Whether the reader takes digits now."""
        ...

    def press(self, keys: str) -> None:
        """Digits on the reader's keys; R is the red one."""
        ...

    def traffic(self) -> bytes:
        """What the reader has sent since it began to take digits."""
        ...

    def pins_shown(self) -> int:
        """How often the card has been shown a password since it was inserted."""
        ...


Verdict = PinVerdict | CardNotRead | None


class CardPinContract(Contract):
    """A password is shown once for each time that somebody enters it, and stays between keys and card."""

    def test_the_right_password_is_accepted_and_never_leaves_the_reader(
        self, bench: CardPinBench, reader: PasswordReader
    ) -> None:
        reader.open()
        bench.insert()
        assert self.entered(bench, reader, bench.pin) == PinAccepted()
        assert bench.pins_shown() == 1
        said = bench.traffic()
        assert said
        assert bytes.fromhex(bench.pin) not in said
        assert bench.pin.encode() not in said

    def test_a_wrong_password_says_how_often_it_may_be_tried_and_is_not_tried_again(
        self, bench: CardPinBench, reader: PasswordReader
    ) -> None:
        reader.open()
        bench.insert(pin_tries=3)
        assert self.entered(bench, reader, bench.wrong_pin) == PinWrong(2)
        assert bench.pins_shown() == 1
        assert self.entered(bench, reader, bench.wrong_pin) == PinWrong(1)
        assert self.entered(bench, reader, bench.wrong_pin) == PinBlocked()
        assert bench.pins_shown() == 3

    def test_a_blocked_card_takes_not_even_the_right_one(self, bench: CardPinBench, reader: PasswordReader) -> None:
        reader.open()
        bench.insert(pin_tries=0)
        assert self.entered(bench, reader, bench.pin) == PinBlocked()

    def test_the_red_key_ends_it_and_the_card_is_not_asked(self, bench: CardPinBench, reader: PasswordReader) -> None:
        reader.open()
        bench.insert()
        assert self.entered(bench, reader, f"{bench.pin[:3]}R") == PinNotEntered()
        assert bench.pins_shown() == 0

    def test_whoever_is_waited_for_no_more_finds_dead_keys(self, bench: CardPinBench, reader: PasswordReader) -> None:
        reader.open()
        bench.insert()
        call = self.asking(bench, reader)
        bench.press(bench.pin[:3])
        assert call.cancelled() is None
        until(lambda: not bench.taking())
        assert Call(partial(reader.verify_pin, after(bench.clock, 0.2))).result() is None
        until(lambda: not bench.taking())
        assert bench.pins_shown() == 0
        assert self.entered(bench, reader, bench.pin) == PinAccepted()

    def test_without_a_card_nothing_is_tried(self, bench: CardPinBench, reader: PasswordReader) -> None:
        reader.open()
        assert self.verify(bench.clock, reader.verify_pin).result() == CardNotRead(FaultCode.CARD_PULLED)

    def test_a_card_without_the_application_is_shown_nothing(self, bench: CardPinBench, reader: PasswordReader) -> None:
        need(bench, Ability.FOREIGN_CARD)
        reader.open()
        bench.insert(flaw="foreign")
        assert self.verify(bench.clock, reader.verify_pin).result() == CardNotRead(FaultCode.CARD_FOREIGN)
        assert bench.pins_shown() == 0

    def test_a_card_taken_away_meanwhile_is_told(self, bench: CardPinBench, reader: PasswordReader) -> None:
        reader.open()
        bench.insert()
        call = self.asking(bench, reader)
        bench.press(bench.pin[:3])
        bench.remove()
        assert call.result() == CardNotRead(FaultCode.CARD_PULLED)
        assert not bench.taking()

    def test_a_card_pulled_from_under_the_password_is_told(self, bench: CardPinBench, reader: PasswordReader) -> None:
        need(bench, Ability.YANK_AT_APDU)
        reader.open()
        bench.insert(yank_at=3)
        assert self.entered(bench, reader, bench.pin) == CardNotRead(FaultCode.CARD_PULLED)

    def entered(self, bench: CardPinBench, reader: PasswordReader, keys: str) -> Verdict:
        call = self.asking(bench, reader)
        bench.press(keys)
        return call.result()

    def asking(self, bench: CardPinBench, reader: PasswordReader) -> Call[Verdict]:
        call = self.verify(bench.clock, reader.verify_pin)
        until(bench.taking)
        return call

    def verify(self, clock: Clock, verify: Callable[[Monotonic, Cancel], Verdict]) -> Call[Verdict]:
        return Call(partial(verify, after(clock, FAR_SECONDS)))
