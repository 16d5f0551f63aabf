"""`aggregate` of `kiosk.payments`: a service that takes money by a code, scanned from a telephone or shown to one."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, PositiveFloat

from kiosk.domain.e_voucher import looks_like_e_voucher
from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import Driver, Host
from kiosk.ports.payment import Closed, Collected, Failure, PaidBack, PaymentPort, Pending, Shown, Way
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import payment as wire
from settlement.wire.codec import Message
from settlement.wire.payment import PayStatus, RefundStatus

_UNKNOWN = FaultCode.PAYMENT_UNKNOWN
_REFUSALS: dict[str, FaultCode] = {
    wire.PayError.CODE_INVALID: FaultCode.CODE_NOT_FOR_PAYMENT,
    wire.PayError.CODE_EXPIRED: FaultCode.PAYMENT_CODE_EXPIRED,
    wire.PayError.BALANCE: FaultCode.PAYMENT_REFUSED,
}
_PAYMENT_CODE = r"^(1[0-5][0-9]{16}|2[5-9][0-9]{14,22}|30[0-9]{14,22})$"


class PaymentService:
    """`PaymentPort`. Every reply must repeat the order it answers; what the service does not say is unknown."""

    def __init__(self, face: Face, terminal: str, settings: AggregateSettings) -> None:
        self._face = face
        self._terminal = terminal
        self._code = re.compile(settings.code_pattern)
        self._way, self._patience = Way(settings.way), settings.patience

    @property
    def way(self) -> Way:
        return self._way

    @property
    def patience(self) -> float | None:
        return self._patience

    def collect(
        self, order: str, amount: Money, code: Voucher | None, subject: str
    ) -> Collected | Pending | Shown | Failure:
        if code is None:
            return self._show(order, amount, subject)
        return self._scan(order, amount, code, subject)

    def _scan(self, order: str, amount: Money, code: Voucher, subject: str) -> Collected | Pending | Shown | Failure:
        """A code that cannot be one for paying, such as an insurance voucher, is not shown to a payment service."""
        if not self._code.fullmatch(code.reveal()):
            voucher = looks_like_e_voucher(code)
            return NotSent(FaultCode.CODE_IS_VOUCHER if voucher else FaultCode.CODE_NOT_FOR_PAYMENT)
        wish = wire.Collect(
            order=order, amount_fen=amount.fen, code=code.reveal(), subject=subject, terminal=self._terminal
        )
        return self._told(wire.COLLECT, wish, order)

    def _show(self, order: str, amount: Money, subject: str) -> Collected | Pending | Shown | Failure:
        """Where the answer is lost, `query` brings the code."""
        wish = wire.Show(order=order, amount_fen=amount.fen, subject=subject, terminal=self._terminal)
        return self._told(wire.SHOW, wish, order)

    def query(self, order: str) -> Collected | Pending | Shown | Failure:
        return self._told(wire.QUERY, wire.OrderQuery(order=order), order)

    def close(self, order: str) -> Closed | Collected | Failure:
        """A refused order counts as closed: neither can be paid any more."""
        told = self._pay(wire.CLOSE, wire.OrderQuery(order=order), order)
        if not isinstance(told, wire.PayReply):
            return told
        match told.status:
            case PayStatus.PAID:
                return _collected(told)
            case PayStatus.CLOSED | PayStatus.REFUSED:
                return Closed()
            case PayStatus.PENDING | PayStatus.UNKNOWN:
                return Unknown(_UNKNOWN, told.status)

    def refund(self, order: str, refund_order: str, amount: Money) -> PaidBack | Pending | Failure:
        """Ask for the refund, and how far it is if that takes time; a repeat does both again, under the same key."""
        wish = wire.Refund(order=order, refund_order=refund_order, amount_fen=amount.fen)
        answer = self._refund(wire.REFUND, wish, refund_order, amount)
        if not isinstance(answer, Pending):
            return answer
        later = self._refund(wire.REFUND_QUERY, wire.RefundQuery(refund_order=refund_order), refund_order, amount)
        return answer if isinstance(later, NotSent | Unknown) else later

    def _told(self, path: str, wish: Message, order: str) -> Collected | Pending | Shown | Failure:
        told = self._pay(path, wish, order)
        if not isinstance(told, wire.PayReply):
            return told
        match told.status:
            case PayStatus.PAID:
                return _collected(told)
            case PayStatus.PENDING:
                return Shown(told.code) if told.code and self._way is Way.SHOWN else Pending()
            case PayStatus.REFUSED:
                return Refused(_REFUSALS.get(told.error, FaultCode.PAYMENT_REFUSED), told.reason)
            case PayStatus.CLOSED:
                return Refused(FaultCode.PAYMENT_NOT_MADE, told.reason)
            case PayStatus.UNKNOWN:
                return Unknown(_UNKNOWN, told.status)

    def _pay(self, path: str, wish: Message, order: str) -> wire.PayReply | NotSent | Unknown:
        told = self._face.ask(path, wish, wire.PayReply, order)
        if isinstance(told, Unknown):
            return Unknown(_UNKNOWN, told.why)
        if isinstance(told, wire.PayReply) and told.order != order:
            return Unknown(_UNKNOWN, "answers another order")
        return told

    def _refund(self, path: str, wish: Message, refund_order: str, amount: Money) -> PaidBack | Pending | Failure:
        told = self._face.ask(path, wish, wire.RefundReply, refund_order)
        if isinstance(told, NotSent):
            return told
        if isinstance(told, Unknown):
            return Unknown(_UNKNOWN, told.why)
        if told.refund_order != refund_order:
            return Unknown(_UNKNOWN, "answers another refund")
        match told.status:
            case RefundStatus.REFUNDED:
                same = told.amount_fen in {None, amount.fen}
                return PaidBack() if same else Unknown(_UNKNOWN, "another amount")
            case RefundStatus.PENDING:
                return Pending()
            case RefundStatus.REFUSED:
                return Refused(FaultCode.STAFF_MUST_RESOLVE, told.reason)
            case RefundStatus.UNKNOWN:
                return Unknown(_UNKNOWN, told.status)


def _collected(told: wire.PayReply) -> Collected | Unknown:
    """The service's own figure, not the one asked for: whether they agree is the saga's to see."""
    if not told.amount_fen or told.amount_fen < 0:
        return Unknown(_UNKNOWN, "paid without an amount")
    return Collected(told.order, Money(told.amount_fen), told.channel, told.trade_no)


class AggregateSettings(Access):
    """`code_pattern` says what a payment code looks like; the default takes those of WeChat, Alipay and UnionPay."""

    way: Literal["scanned", "shown"] = Field(
        "scanned", description="scanned 扫患者手机上的付款码；shown 屏幕显示二维码，患者用手机扫"
    )
    code_pattern: str = _PAYMENT_CODE
    patience: PositiveFloat | None = Field(None, description="一笔订单等患者付多少秒，到时关闭；不写就按策略包")


def make(settings: AggregateSettings, host: Host) -> PaymentPort:
    """The service behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, FaultCode.PAYMENT_UNREACHABLE, party.log)
    return PaymentService(Face(line, party.profile.limits), party.terminal, settings)


DRIVER: Driver[PaymentPort] = Driver(settings=AggregateSettings, simulated=False, make=make)
