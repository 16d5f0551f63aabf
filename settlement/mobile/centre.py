"""Sends what was prepared to the mobile payment centre, and reads its answers: ordered, refused, not sent, unknown.

HTTP 200 and a success around the content are not yet a payment; `ordStas` says what became of an order, and one that no
source explains is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.domain.policy import SettlementProfile
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.mobile import Failure, Ordered, OrderStanding, Ticket
from kiosk.ports.payment import PaidBack, Pending
from kiosk.ports.settlement import Accepted, Prepared, SettleRequest
from settlement.mobile import composing
from settlement.parts import unpack
from settlement.signing.sealed import Unproved
from settlement.signing.styles import Style
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import Breakage, BrokenMessage, Message, MessageT, broken_by, decode, encode, read
from settlement.wire.coding import codes_in
from settlement.wire.mobile import (
    PATHS,
    MobileEnvelope,
    MobileOrder,
    MobileOrderOutput,
    MobileRefundOutput,
    MobileUploadOutput,
    MobileWithdrawOutput,
)

_STANDINGS = (
    (range(3), OrderStanding.IN_WORK),
    (range(3, 7), OrderStanding.PAYABLE),
    (range(7, 14), OrderStanding.CANCELLED),
    (range(14, 17), OrderStanding.FAILED),
)
_LONGEST_REASON = 200

AnswerT = TypeVar("AnswerT")


class Centre:
    """`MobileCentre`. `make_style` raises OSError or ValueError while the files of the secrets cannot be used."""

    def __init__(self, line: Line, host: PartyHost, make_style: Callable[[], Style], org: str, fee_type: str) -> None:
        self._line, self._host, self._log, self._make_style = line, host, host.log, make_style
        self._org, self._fee_type = org, fee_type
        self._style: Style | None = None

    @property
    def _profile(self) -> SettlementProfile:
        return self._host.profile

    # --- making messages ---

    def prepare_upload(self, request: SettleRequest, key: str) -> Prepared:
        def compose() -> Message:
            self._check_codes(unpack(request.batch.parts))
            flags = (self._profile.psn_setlway, self._profile.acct_used_flag)
            return composing.upload(request, self._org, key, self._fee_type, flags)

        return self._prepare("6201", key, compose)

    def prepare_order(self, request: SettleRequest, ticket: Ticket, authorisation: Voucher, key: str) -> Prepared:
        made = (request, ticket, authorisation, self._org, key, self._fee_type)
        return self._prepare("6202", key, lambda: composing.order(*made))

    def prepare_refund(self, ticket: Ticket, ordered: Ordered, authorisation: Voucher, key: str) -> Prepared:
        moment = f"{self._host.clock.now():%Y%m%d%H%M%S}"
        return self._prepare("6203", key, lambda: composing.refund(ticket, ordered, authorisation, key, moment))

    def prepare_query(self, request: SettleRequest, ticket: Ticket) -> Prepared:
        return self._prepare("6301", "", lambda: composing.number(request, ticket, self._org))

    def prepare_withdraw(self, request: SettleRequest, ticket: Ticket) -> Prepared:
        return self._prepare("6401", "", lambda: composing.number(request, ticket, self._org))

    def _prepare(self, infno: str, key: str, compose: Callable[[], Message]) -> Prepared:
        """What does not follow the interface does not leave, and the log names the field."""
        try:
            return Prepared(infno, key, encode(compose()))
        except ValidationError as wrong:
            broken = broken_by(wrong)
        except BrokenMessage as wrong:
            broken = wrong
        for path in broken.fields:
            self._log.error("%s withheld: %s", infno, path, extra={"infno": infno, "field": path})
        return Prepared(infno, key, b"", withheld=FaultCode.BILL_MALFORMED)

    def _check_codes(self, parts: Message) -> None:
        today, dictionaries = self._host.clock.now().date(), self._profile.dictionaries
        wrong = tuple(path for path, name, code in codes_in(parts) if not dictionaries.allows(name, code, today))
        if wrong:
            raise BrokenMessage(Breakage.WRONG_SHAPE, wrong)

    # --- sending them ---

    def upload(self, sent: Prepared) -> Ticket | Failure:
        return self._ask(sent, MobileUploadOutput, FaultCode.UPLOAD_REFUSED, _ticket)

    def order(self, sent: Prepared) -> Ordered | Failure:
        model = MobileOrder if sent.infno == "6202" else MobileOrderOutput
        answer = self._ask(sent, model, FaultCode.SETTLEMENT_REFUSED, lambda told: _ordered(told, sent))
        return Unknown(FaultCode.SETTLEMENT_UNKNOWN, answer.why) if isinstance(answer, Unknown) else answer

    def refund(self, sent: Prepared) -> PaidBack | Pending | Failure:
        return self._ask(sent, MobileRefundOutput, FaultCode.STAFF_MUST_RESOLVE, _refunded)

    def withdraw(self, sent: Prepared) -> Accepted | Failure:
        return self._ask(sent, MobileWithdrawOutput, FaultCode.UPLOAD_REFUSED, lambda _told: Accepted())

    def _ask(
        self, sent: Prepared, model: type[MessageT], refusal: FaultCode, understand: Callable[[MessageT], AnswerT]
    ) -> AnswerT | NotSent | Refused | Unknown:
        """A reply that is not proved to be the centre's is unknown, whatever it says."""
        style = self._ready()
        if sent.withheld is not None or style is None:
            return NotSent(sent.withheld or FaultCode.SETTINGS_WRONG)
        limits, signed = self._profile.limits, style.sign(sent.body)
        waits = Waits(limits.connect, limits.reply_to(sent.infno, away=sent.away))
        reply = self._line.post(PATHS[sent.infno], signed.body, waits, f"{sent.infno} {sent.msgid[-8:]}")
        if not isinstance(reply, Sent):
            return reply
        try:
            content = decode(style.open(reply.body))
            told = read(MobileEnvelope, decode(reply.body))  # its fields are signed with the content
            if told.code != 0:
                return Refused(refusal, told.message[:_LONGEST_REASON])
            return understand(read(model, content))
        except (BrokenMessage, Unproved, ValueError) as broken:
            why = str(broken) if isinstance(broken, BrokenMessage | Unproved) else type(broken).__name__
            return Unknown(FaultCode.REPLY_BROKEN, why)

    def _ready(self) -> Style | None:
        """The style with its secrets, read once; files mended meanwhile are taken without a restart."""
        if self._style is None:
            try:
                self._style = self._make_style()
            except (OSError, ValueError) as problem:
                why = type(problem).__name__
                self._log.error("the mobile centre's secrets cannot be used: %s", why, extra={"error": why})
        return self._style


def _ticket(told: MobileUploadOutput) -> Ticket:
    return Ticket(Voucher(told.payOrdId), Voucher(told.payToken))


def _ordered(told: MobileOrder, sent: Prepared) -> Ordered:
    """
    Raises:
        ValueError: another order, an ordStas that no source explains, an amount that is no money or negative.
    """
    if told.payOrdId != decode(sent.body).get("payOrdId"):
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("payOrdId",))
    status = int(told.ordStas)
    standing = next((standing for numbers, standing in _STANDINGS if status in numbers), None)
    if standing is None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("ordStas",))
    amounts = (told.feeSumamt, told.ownPayAmt, told.psnAcctPay, told.fundPay)
    return Ordered(standing, *(_money(amount) for amount in amounts))


def _money(amount: Decimal | None) -> Money | None:
    if amount is None:
        return None
    if amount < 0:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("negative amount",))
    return Money.from_yuan(amount)


def _refunded(told: MobileRefundOutput) -> PaidBack | Pending | Refused:
    match told.refStatus:
        case "SUCC":
            return PaidBack()
        case "EXP":
            return Pending()
        case "FAIL":
            return Refused(FaultCode.STAFF_MUST_RESOLVE)
        case _:
            raise BrokenMessage(Breakage.WRONG_SHAPE, ("refStatus",))
