"""The payment service's face: our own JSON by POST, over the same HTTPS as the platform.

Every call is idempotent by its order. `order` is repeated in each reply, so that a reply to something else is noticed.
Amounts are whole fen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import LARGEST_FEN, ShownOrEmpty, TextOrEmpty

COLLECT = "/pay/collect"
SHOW = "/pay/show"
NOTICE = "/pay/notice"
QUERY = "/pay/query"
CLOSE = "/pay/close"
REFUND = "/pay/refund"
REFUND_QUERY = "/pay/refund_query"

ORDER_PATTERN = r"^[0-9a-z]{20,32}$"
Order = Annotated[str, StringConstraints(pattern=ORDER_PATTERN)]
Fen = Annotated[int, Field(strict=True, gt=0, le=LARGEST_FEN)]
ToldFen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN)]
"""Strict in replies too: a service that writes "20.00" means yuan."""


class PayStatus(StrEnum):
    """What is true of an order. REFUSED and CLOSED mean not paid. UNKNOWN: the service never saw the order (it may
    still be on its way).
    """

    PAID = "paid"
    PENDING = "pending"
    REFUSED = "refused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class RefundStatus(StrEnum):
    REFUNDED = "refunded"
    PENDING = "pending"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class PayError(StrEnum):
    """Why an order was refused, as far as the service tells; anything else is only told in words."""

    CODE_INVALID = "code_invalid"
    CODE_EXPIRED = "code_expired"
    BALANCE = "balance"


class Collect(Message):
    """Takes money by a payment code that the person's telephone shows. `terminal` is the kiosk's number."""

    order: Order
    amount_fen: Fen
    code: str
    subject: str
    terminal: str


class Show(Message):
    """Opens an order that a telephone pays by scanning the reply's `code`. A repeat gets the same code."""

    order: Order
    amount_fen: Fen
    subject: str
    terminal: str


class Notice(Message):
    """A channel's word to the payment service: a phone paid by this code. The kiosk neither sends nor sees it.

    A repeat bears the same `trade_no`; `amount_fen` may be a part of what the code asks for.
    """

    code: str
    amount_fen: Fen
    trade_no: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{8,32}$")]
    channel: str


class NoticeReply(Message):
    """`taken` False: the money stays with the channel, which gives it back itself."""

    taken: bool
    reason: TextOrEmpty = ""


class OrderQuery(Message):
    """Asks about an order or closes it: a closed order can no longer be paid, known to the service or not."""

    order: Order


class PayReply(Message):
    """To collect, show, query and close. `error` of a refused order is a `PayError` or a word we do not know.

    PENDING while only a part was paid; closing such an order ends it as PAID with the part as its amount. `code` is
    what the kiosk shows, while the order is open.
    """

    order: str
    status: PayStatus
    amount_fen: ToldFen | None = None
    paid_at: TextOrEmpty = ""
    channel: ShownOrEmpty = ""
    trade_no: TextOrEmpty = ""
    error: TextOrEmpty = ""
    reason: ShownOrEmpty = ""
    code: TextOrEmpty = ""


class Refund(Message):
    order: Order
    refund_order: Order
    amount_fen: Fen


class RefundQuery(Message):
    refund_order: Order


class RefundReply(Message):
    """To refund and refund_query. REFUSED means that no money went back."""

    refund_order: str
    status: RefundStatus
    amount_fen: ToldFen | None = None
    reason: ShownOrEmpty = ""
