"""The mobile payment centre: a bill that the insurance pays by an order of its own (6201 to 6401).

Instead of 2204 to 2207 a bill is uploaded (6201), ordered (6202) and looked up (6301); the own part is collected as
ever. Money moves in `order` and `refund`: only `engine.money.run_money` may call those, and what each message needs is
prepared first, so that key and bytes are on disk before they leave. What to do about a lost answer stands in
`kiosk.saga.resolvers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.payment import PaidBack, Pending
from kiosk.ports.settlement import Accepted, Prepared, SettleRequest


@dataclass(frozen=True, slots=True)
class Ticket:
    """An uploaded bill's number and token (payOrdId, payToken). Whoever has both may order or withdraw it."""

    number: Voucher
    token: Voucher


class OrderStanding(StrEnum):
    """What `ordStas` comes to. PAYABLE: the insurance's part stands; whether the bill is settled the hospital's booking
    decides.
    """

    IN_WORK = "in work"
    PAYABLE = "payable"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ordered:
    """What became of an order. Amounts are the centre's words; None while it is in work or where it leaves them out."""

    standing: OrderStanding
    total: Money | None = None
    own: Money | None = None
    account: Money | None = None
    fund: Money | None = None


Failure = NotSent | Refused | Unknown


class MobileCentre(Protocol):
    """One centre. `Prepared.msgid` is the key that each message leaves under: medOrgOrd, orgBizSer, appRefdSn, and the
    order's number of the messages that have none of their own.
    """

    def prepare_upload(self, request: SettleRequest, key: str) -> Prepared:
        """6201, with the e-voucher that the person identified with: `request.person.credential`."""
        ...

    def prepare_order(self, request: SettleRequest, ticket: Ticket, authorisation: Voucher, key: str) -> Prepared:
        """6202. `authorisation` (payAuthNo) is what a certified terminal answered for the person."""
        ...

    def prepare_refund(self, ticket: Ticket, ordered: Ordered, authorisation: Voucher, key: str) -> Prepared:
        """6203 of the insurance's part; the own part goes back to whoever collected it."""
        ...

    def prepare_query(self, request: SettleRequest, ticket: Ticket) -> Prepared:
        """6301."""
        ...

    def prepare_withdraw(self, request: SettleRequest, ticket: Ticket) -> Prepared:
        """6401, before it was ordered."""
        ...

    def upload(self, sent: Prepared) -> Ticket | Failure: ...

    def order(self, sent: Prepared) -> Ordered | Failure:
        """Send 6202 or 6301."""
        ...

    def refund(self, sent: Prepared) -> PaidBack | Pending | Failure:
        """Send 6203; `Pending` when the centre itself does not know yet."""
        ...

    def withdraw(self, sent: Prepared) -> Accepted | Failure: ...
