"""Bank cards held before a terminal, and its keys pressed."""

from __future__ import annotations

import secrets
from functools import partial
from random import Random
from typing import Final

from devices.conformance.kinds import Kind
from devices.conformance.payment_terminal import AMOUNT, PaymentTerminalBench, PaymentTerminalContract
from devices.conformance.sealed_stand import SealedStand
from devices.conformance.waiting import after, until
from devices.sim.client import Hand
from kiosk.ports.answers import Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.payment_terminal import PaidByCard, PaymentTerminal

_PATIENCE: Final = 10.0
_NOBODYS: Final = "0" * 26


class PaymentStand(SealedStand):
    """A `PaymentTerminalBench`. The bench file tells the number and PIN of a real test card, so that neither is found
    anywhere afterwards: `card`, `pin`.
    """

    part = "payment_terminal"

    def __init__(self, hand: Hand, clock: Clock, *, card: str = "6200000000000000056", pin: str = "246813") -> None:
        super().__init__(hand, clock)
        self._card, self._pin = card, pin
        self.secrets = (card, card[:15], pin)

    def order(self) -> str:
        return secrets.token_hex(13)

    def hold_card(self, *, contactless: bool = False) -> None:
        self.hand.ask("hold_bank_card", number=self._card, pin=self._pin, contactless=contactless)

    def enter_pin(self, *, right: bool = True) -> None:
        self.hand.ask("terminal_keys", key="pin", pin=self._pin if right else "0" * len(self._pin))

    def take_card(self) -> None:
        self.hand.ask("terminal_keys", key="take_card")

    def press_red(self) -> None:
        self.hand.ask("terminal_keys", key="red")

    def bank(self, says: str) -> None:
        self.hand.ask(self.part, bank=says)

    def leak(self) -> None:
        self.hand.ask(self.part, leaks=True)


def _session(bench: PaymentTerminalBench, terminal: PaymentTerminal, random: Random, mishap: bool) -> None:
    """Somebody pays, with or without a PIN; as a mishap the answer to the collecting is lost."""
    order, contactless = bench.order(), random.random() < 0.5
    if mishap:
        bench.spoil("lost")
    begun = terminal.collect(order, AMOUNT, after(bench.clock, _PATIENCE), Cancel())
    assert isinstance(begun, Unknown) == mishap
    bench.hold_card(contactless=contactless)
    if not contactless:
        bench.enter_pin()
        bench.take_card()
    until(partial(_paid, bench, terminal, order))


def _paid(bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str) -> bool:
    answer = terminal.query(order, after(bench.clock, _PATIENCE), Cancel())
    return isinstance(answer, PaidByCard) and answer.amount == AMOUNT


def _query(terminal: PaymentTerminal, deadline: Monotonic, cancel: Cancel) -> object:
    return terminal.query(_NOBODYS, deadline, cancel)


def _abort(terminal: PaymentTerminal, deadline: Monotonic, cancel: Cancel) -> object:
    return terminal.abort(_NOBODYS, deadline, cancel)


KIND: Final = Kind(
    contract=PaymentTerminalContract,
    device="terminal",
    stand=PaymentStand,
    calls={"query": _query, "abort": _abort},
    mute=lambda bench: bench.fall_silent(),
    session=_session,
)
