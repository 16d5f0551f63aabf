"""The service that collects a patient's own part.

The order number is made once and is on disk before the first call; every call repeated with it means the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.ports.answers import NotSent, Refused, Unknown


class Way(StrEnum):
    """How the person meets the payment service: what the kiosk has to show or to ask for.

    SCANNED: the phone shows a code and the kiosk's scanner reads it. SHOWN: the kiosk shows a code and the phone reads
    it. TERMINAL: a card or a face at a terminal of the payment service; the kiosk learns neither.
    """

    SCANNED = "scanned"
    SHOWN = "shown"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Collected:
    """The money is ours."""

    order: str
    amount: Money
    channel: str
    trade_no: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Not decided yet: the person is typing a password, or a refund is on its way."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The order is open, and paid by whoever scans `code` with a phone; `query` tells when."""

    code: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The order can no longer be paid, and was not."""


@dataclass(frozen=True, slots=True)
class PaidBack:
    """The refund was made under its own key."""


Failure = NotSent | Refused | Unknown


class PaymentPort(Protocol):
    """`Refused` from `collect` and `query` means not paid.

    After it the order is closed, and another code is tried under a new order. An order of which only a part was paid
    is `Pending`: `close` ends it, and answers with the part as `Collected`.
    """

    @property
    def way(self) -> Way: ...

    @property
    def patience(self) -> float | None:
        """Seconds an order stays open for its person, then it is closed; None: the province's own limit."""
        ...

    def collect(
        self, order: str, amount: Money, code: Voucher | None, subject: str
    ) -> Collected | Pending | Shown | Failure:
        """`code` is what was scanned, and None for every other way."""
        ...

    def query(self, order: str) -> Collected | Pending | Shown | Failure:
        """`Shown` again while nobody has paid an order by its code: the answer that brought it may have been lost."""
        ...

    def close(self, order: str) -> Closed | Collected | Failure: ...

    def refund(self, order: str, refund_order: str, amount: Money) -> PaidBack | Pending | Failure: ...
