"""A terminal for bank cards beside the screen, which is told a sum and takes it by itself (半集成 POS).

Card, PIN and the talk with the bank stay inside the terminal: it has its own reader, its own keys and its own line. The
kiosk says an order and a sum and hears how far it is and how it ended. No card number, track, PIN or PIN block has a
place in these values; `tail` are the four digits that every slip of a terminal shows.

The order number is made once and is on disk before the first call, as it is for `kiosk.ports.payment`; the terminal
keeps its orders over a power cut, so each can be asked for afterwards. Every call here moves money or decides about
it: `run_money` is the only caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.money import Money
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health
from kiosk.ports.payment import Closed, PaidBack, Pending


class TerminalStep(StrEnum):
    """What the terminal is waiting for, so that the page can say the same as its small display."""

    PRESENT_CARD = "present_card"
    ENTER_PIN = "enter_pin"
    ASKING_BANK = "asking_bank"
    TAKE_CARD = "take_card"
    """Decided, and the card still in the terminal: the outcome follows when it is out."""


@dataclass(frozen=True, slots=True)
class InProgress:
    """The order is the terminal's present one and not decided."""

    step: TerminalStep


@dataclass(frozen=True, slots=True)
class PaidByCard:
    """The bank has approved: the money is ours.

    `amount` is the terminal's own figure, which the caller compares. `channel` is the card scheme's short name as the
    terminal says it (`unionpay`), `trade_no` its reference at the bank, `tail` the last four digits of the card, empty
    where a telephone paid.
    """

    order: str
    amount: Money
    channel: str
    trade_no: str
    tail: str = ""


Failure = NotSent | Refused | Unknown
"""`Refused` means not paid, and never any more: the bank or the person said no, or the order was closed unpaid. Its
fault is PAYMENT_REFUSED or PAYMENT_NOT_MADE. `NotSent`: the terminal cannot be reached, and has not heard of this call.
"""


class PaymentTerminal(Protocol):
    """Every call is one short exchange: nothing here waits for a person, who is followed by `query`.

    Calls may come from more than one thread (the money thread asks, the device's own thread looks after its health);
    they are served one after another. A call that is cancelled or out of time after a byte has left is `Unknown`.
    `open` twice, `close` twice and `open` after `close` are allowed; a terminal that is not there opens all the same.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health:
        """POTENTIAL_FRAUD once the terminal has sent what it must never send, until it is opened anew."""
        ...

    def collect(
        self, order: str, amount: Money, deadline: Monotonic, cancel: Cancel
    ) -> InProgress | PaidByCard | Failure:
        """Show the sum and wait for a card.

        The same order once more begins nothing: it tells how far it is. An order that was closed or decided is not
        begun either. While another order is in progress: `NotSent`.
        """
        ...

    def query(self, order: str, deadline: Monotonic, cancel: Cancel) -> InProgress | PaidByCard | Failure:
        """How far it is, or how it ended.

        An order the terminal does not know is `Refused(PAYMENT_NOT_MADE)`, and is closed by having been asked for: a
        `collect` that was lost on its way and arrives later is refused.
        """
        ...

    def abort(self, order: str, deadline: Monotonic, cancel: Cancel) -> Closed | InProgress | PaidByCard | Failure:
        """End it unpaid, as the red key of the terminal does.

        `InProgress` when the bank has been asked already, so that only `query` can tell. An order that it does not
        know is closed.
        """
        ...

    def refund(
        self, order: str, refund_order: str, amount: Money, deadline: Monotonic, cancel: Cancel
    ) -> PaidBack | Pending | Failure:
        """Give `amount` of the order back to the card it came from, without the card.

        Repeated under its own key it is the same refund; `Pending` until the bank has taken it. `Refused` with
        STAFF_MUST_RESOLVE when the terminal cannot: the order is not its own, or not paid, or the sum is too large.
        """
        ...
