"""`front` of `kiosk.insurers`: a service through which commercial insurers quote and pay, asked over HTTPS."""

from __future__ import annotations

from kiosk.domain.insurer import Pledge
from kiosk.domain.money import Money
from kiosk.domain.settlement import Settlement
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import Driver, Host
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, Failure, InsurerPort, Reviewing
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import insurer as wire

_FAULT = FaultCode.INSURER_UNREACHABLE
_FOREIGN = Unknown(_FAULT, "answers another key")


class InsurerFront:
    """`InsurerPort`. Every reply must repeat the key it answers; another amount than was pledged is no answer."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def quote(self, key: str, request: ClaimRequest) -> Pledge | Failure:
        amounts, person, policy = request.amounts, request.person, request.policy
        wish = wire.Quote(
            key=key,
            insurer=policy.insurer,
            product=policy.product,
            certno=person.certno.reveal(),
            psn_name=person.name.reveal(),
            batch_no=request.batch_no,
            med_type=request.med_type,
            medfee_sumamt=amounts.medfee_sumamt.yuan(),
            fund_pay_sumamt=amounts.fund_pay_sumamt.yuan(),
            acct_pay=amounts.acct_pay.yuan(),
            psn_cash_pay=amounts.psn_cash_pay.yuan(),
            consent=request.consent,
        )
        told = self._face.ask(wire.QUOTE, wish, wire.QuoteReply, key)
        if not isinstance(told, wire.QuoteReply):
            return _unreached(told)
        if told.key != key:
            return _FOREIGN
        if told.refused is not None:
            return Refused(FaultCode.INSURER_REFUSED, told.refused)
        return Pledge(policy, told.quote_no, Money(told.amount_fen))

    def settle(
        self, key: str, pledge: Pledge, batch_no: str, settlement: Settlement
    ) -> ClaimPaid | Reviewing | Failure:
        wish = wire.Settle(
            key=key,
            quote_no=pledge.quote_no,
            batch_no=batch_no,
            setl_id=settlement.setl_id,
            settled_at=settlement.settled_at.isoformat(timespec="seconds"),
            psn_cash_pay=settlement.amounts.psn_cash_pay.yuan(),
            amount_fen=pledge.amount.fen,
        )
        told = self._face.ask(wire.SETTLE, wish, wire.SettleReply, key)
        if not isinstance(told, wire.SettleReply):
            return _unreached(told)
        if told.key != key:
            return _FOREIGN
        match told.status:
            case wire.ClaimStatus.PAID if told.amount_fen == pledge.amount.fen and told.claim_no:
                return ClaimPaid(told.claim_no)
            case wire.ClaimStatus.PAID:
                return Unknown(_FAULT, "paid otherwise than pledged")
            case wire.ClaimStatus.REVIEWING:
                return Reviewing()
            case wire.ClaimStatus.REFUSED:
                return Refused(FaultCode.INSURER_REFUSED, told.reason)


def _unreached(told: NotSent | Unknown) -> NotSent | Unknown:
    """Whatever kept it from answering, the patient is told of the insurer and of nobody else."""
    return NotSent(_FAULT) if isinstance(told, NotSent) else Unknown(_FAULT, told.why)


def make(settings: Access, host: Host) -> InsurerPort:
    """The service behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, _FAULT, party.log)
    return InsurerFront(Face(line, party.profile.limits))


DRIVER: Driver[InsurerPort] = Driver(settings=Access, simulated=False, make=make)
