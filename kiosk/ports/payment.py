"""The service that collects a patient's own part.

The order number is made once and is on disk before the first call; every call repeated with it means the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.ports.answers import NotSent, Refused, Unknown


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
class Closed:
    """The order can no longer be paid, and was not."""


@dataclass(frozen=True, slots=True)
class PaidBack:
    """The refund was made under its own key."""


Failure = NotSent | Refused | Unknown


class PaymentPort(Protocol):
    """`Refused` from `collect` and `query` means not paid.

    After it the order is closed, and another code is tried under a new order.
    """

    def collect(self, order: str, amount: Money, code: Voucher, subject: str) -> Collected | Pending | Failure: ...

    def query(self, order: str) -> Collected | Pending | Failure: ...

    def close(self, order: str) -> Closed | Collected | Failure: ...

    def refund(self, order: str, refund_order: str, amount: Money) -> PaidBack | Pending | Failure: ...
