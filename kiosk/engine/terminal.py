"""The card terminal beside the screen as one more way to collect an own part."""

from __future__ import annotations

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.payment import Closed, Collected, Failure, PaidBack, Pending, Way
from kiosk.ports.payment_terminal import InProgress, PaidByCard, PaymentTerminal

_EXCHANGE_SECONDS = 10.0
"""For one exchange of words with the terminal; nobody waits for a person in it."""


class TerminalPayment:
    """`PaymentPort` over a `PaymentTerminal`.

    The terminal's refusal is final, so an order it refused counts as closed; one at which it is already asking the bank
    cannot be closed yet, and is asked for again until the bank has answered.
    """

    way = Way.TERMINAL

    def __init__(self, terminal: PaymentTerminal, clock: Clock, patience: float | None) -> None:
        self._terminal, self._clock, self.patience = terminal, clock, patience
        self._opened = False

    def collect(self, order: str, amount: Money, code: Voucher | None, subject: str) -> Collected | Pending | Failure:
        del code, subject
        return _told(self._ready().collect(order, amount, self._soon(), Cancel()))

    def query(self, order: str) -> Collected | Pending | Failure:
        return _told(self._ready().query(order, self._soon(), Cancel()))

    def close(self, order: str) -> Closed | Collected | Failure:
        answer = self._ready().abort(order, self._soon(), Cancel())
        match answer:
            case Closed() | Refused():
                return Closed()
            case InProgress():
                return Unknown(FaultCode.PAYMENT_UNKNOWN, "the bank is asked")
            case PaidByCard():
                return _collected(answer)
            case _:
                return answer

    def refund(self, order: str, refund_order: str, amount: Money) -> PaidBack | Pending | Failure:
        return self._ready().refund(order, refund_order, amount, self._soon(), Cancel())

    def _ready(self) -> PaymentTerminal:
        """Recovery may want it before the device's own thread has opened it; twice is allowed."""
        if not self._opened:
            self._terminal.open()
            self._opened = True
        return self._terminal

    def _soon(self) -> Monotonic:
        return Monotonic(self._clock.monotonic() + _EXCHANGE_SECONDS)


def _told(answer: InProgress | PaidByCard | Failure) -> Collected | Pending | Failure:
    match answer:
        case InProgress():
            return Pending()
        case PaidByCard():
            return _collected(answer)
        case _:
            return answer


def _collected(paid: PaidByCard) -> Collected:
    return Collected(paid.order, paid.amount, paid.channel, paid.trade_no)
