"""The phone of whoever stands before a kiosk that shows a code: it pays at the third question about the order.

The kiosk's own polling stands for the seconds a person needs. What the misbehaviour plan says of `pay.notice` befalls
the channel's word to the payment service: lost, late, twice, or about a part of the money.
"""

from __future__ import annotations

import secrets
import threading

from sqlalchemy import select

from settlement.reference.ledger.dealings import PayOrder, ShownCode
from settlement.reference.ledger.store import Ledger
from settlement.wire import codec, payment
from settlement.wire.codec import BrokenMessage
from settlement.wire.payment import PayStatus

_QUESTIONS = 3
_CHANNEL = "wechat"


class Phone:
    """Pays each order once, whatever becomes of the notice."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._used: set[str] = set()

    def scan(self, asked: bytes) -> payment.Notice | None:
        """The notice of the payment, when this question about an order is the one at which its person has paid."""
        try:
            order_no = codec.read(payment.OrderQuery, codec.decode(asked)).order
        except BrokenMessage:
            return None
        with self._lock:
            shown = None if order_no in self._used else self._waiting(order_no)
            if shown is None:
                return None
            self._used.add(order_no)
        code, fen = shown
        trade = f"P{secrets.randbelow(10**18):018d}"
        return payment.Notice(code=code, amount_fen=fen, trade_no=trade, channel=_CHANNEL)

    def _waiting(self, order_no: str) -> tuple[str, int] | None:
        wanted = (
            select(ShownCode.code, ShownCode.asked)
            .join(PayOrder, PayOrder.order_no == ShownCode.order_no)
            .where(
                ShownCode.order_no == order_no,
                PayOrder.state == PayStatus.PENDING,
                PayOrder.queries >= _QUESTIONS,
            )
        )
        with self._ledger.look() as session:
            found = session.execute(wanted).first()
        return None if found is None else (str(found[0]), int(found[1]))
