"""The contract of card readers that show a card its password.

Parameterised by two fixtures: `bench`, whose card takes `pin` and no other, and `reader`. A bench of flesh and plastic
uses a card that may be blocked.
"""

from __future__ import annotations

from typing import Protocol

import pytest

from devices.conformance.bench import Ability, Contract, need
from devices.conformance.card_reader import CardBench
from devices.conformance.waiting import FAR_SECONDS, Call, after
from kiosk.domain.personal import CardPin
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardNotRead, PinAccepted, PinBlocked, PinVerdict, PinVerifier, PinWrong


class CardPinBench(CardBench, Protocol):
    """`insert(pin_tries=n)` gives a card that has n tries left."""

    pin: CardPin
    wrong_pin: CardPin

    def pins_shown(self) -> int:
        """How often the card has been shown a password since it was inserted."""
        ...


class CardPinContract(Contract):
    """A password is shown once for each time that somebody enters it."""

    def test_the_right_password_is_accepted(self, bench: CardPinBench, reader: PinVerifier) -> None:
        reader.open()
        bench.insert()
        assert self.verify(bench, reader, bench.pin) == PinAccepted()
        assert bench.pins_shown() == 1

    def test_a_wrong_password_says_how_often_it_may_be_tried_and_is_not_tried_again(
        self, bench: CardPinBench, reader: PinVerifier
    ) -> None:
        reader.open()
        bench.insert(pin_tries=3)
        assert self.verify(bench, reader, bench.wrong_pin) == PinWrong(2)
        assert bench.pins_shown() == 1
        assert self.verify(bench, reader, bench.wrong_pin) == PinWrong(1)
        assert self.verify(bench, reader, bench.wrong_pin) == PinBlocked()
        assert bench.pins_shown() == 3

    def test_a_blocked_card_takes_not_even_the_right_one(self, bench: CardPinBench, reader: PinVerifier) -> None:
        reader.open()
        bench.insert(pin_tries=0)
        assert self.verify(bench, reader, bench.pin) == PinBlocked()

    @pytest.mark.parametrize("digits", ["12345", "1234567", "12345a", "１２３４５６"])
    def test_what_is_no_password_never_reaches_the_card(
        self, bench: CardPinBench, reader: PinVerifier, digits: str
    ) -> None:
        reader.open()
        bench.insert()
        with pytest.raises(ValueError, match="six digits"):
            reader.verify_pin(CardPin(digits), after(bench.clock, FAR_SECONDS), Cancel())
        assert bench.pins_shown() == 0

    def test_without_a_card_nothing_is_tried(self, bench: CardPinBench, reader: PinVerifier) -> None:
        reader.open()
        assert self.verify(bench, reader, bench.pin) == CardNotRead(FaultCode.CARD_PULLED)

    def test_a_card_without_the_application_is_shown_nothing(self, bench: CardPinBench, reader: PinVerifier) -> None:
        need(bench, Ability.FOREIGN_CARD)
        reader.open()
        bench.insert(flaw="foreign")
        assert self.verify(bench, reader, bench.pin) == CardNotRead(FaultCode.CARD_FOREIGN)
        assert bench.pins_shown() == 0

    def test_a_card_pulled_from_under_the_password_is_told(self, bench: CardPinBench, reader: PinVerifier) -> None:
        need(bench, Ability.YANK_AT_APDU)
        reader.open()
        bench.insert(yank_at=3)
        assert self.verify(bench, reader, bench.pin) == CardNotRead(FaultCode.CARD_PULLED)

    def verify(self, bench: CardPinBench, reader: PinVerifier, pin: CardPin) -> PinVerdict | CardNotRead | None:
        return Call(lambda cancel: reader.verify_pin(pin, after(bench.clock, FAR_SECONDS), cancel)).result()
