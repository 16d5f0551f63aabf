"""Sends prepared messages, and asks questions: what moves nothing may be asked a second time after a new sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kiosk.domain.policy import SettlementProfile
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import Accepted, Failure, Prepared
from settlement.direct.gateway import Gateway, Output
from settlement.direct.preparing import Preparing
from settlement.direct.sign_in import SignIns
from settlement.wire.codec import BrokenMessage, Message, MessageT, read

AnswerT = TypeVar("AnswerT")


class Asking:
    """One conversation with the platform, from the till's side."""

    def __init__(self, gateway: Gateway, preparing: Preparing, sign_ins: SignIns, profile: SettlementProfile) -> None:
        self._gateway, self._preparing, self._sign_ins, self._profile = gateway, preparing, sign_ins, profile

    def clock_moved(self) -> bool:
        """Whether our clock was set since the platform last told the time."""
        return self._gateway.clock_moved()

    def send(self, sent: Prepared) -> Output | Failure:
        """Once. A platform that wants a new sign-in gets one before the next message."""
        return self._once(sent, self._gateway.send)

    def ask(self, infno: str, compose: Callable[[], Message], insuplc_admdvs: str | None = None) -> Output | Failure:
        return self._twice(infno, compose, insuplc_admdvs, self.send)

    def told(
        self, infno: str, compose: Callable[[], Message], output: type[MessageT], insuplc_admdvs: str | None = None
    ) -> MessageT | Failure:
        """The answer to a question in the shape it should have."""
        answer = self.ask(infno, compose, insuplc_admdvs)
        if not isinstance(answer, Output):
            return answer
        try:
            return read(output, answer.fields)
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def fetch(self, infno: str, compose: Callable[[], Message]) -> bytes | Failure:
        """The file that answers."""
        return self._twice(infno, compose, None, lambda sent: self._once(sent, self._gateway.fetch))

    def _once(self, sent: Prepared, post: Callable[[Prepared], AnswerT | Failure]) -> AnswerT | Failure:
        if sent.withheld is not None:
            return NotSent(sent.withheld)
        if not self._gateway.reaches(sent.infno):
            return NotSent(FaultCode.PACK_WRONG)
        answer = post(sent)
        if isinstance(answer, Refused) and says(answer.reason, self._profile.phrases.not_signed_in):
            self._sign_ins.forget()
            return Refused(FaultCode.SIGN_IN_REFUSED, answer.reason)
        return answer

    def _twice(
        self,
        infno: str,
        compose: Callable[[], Message],
        insuplc_admdvs: str | None,
        send: Callable[[Prepared], AnswerT | Failure],
    ) -> AnswerT | Failure:
        if not self._gateway.reaches(infno):
            return NotSent(FaultCode.PACK_WRONG)
        signed = self._sign_ins.sign_in()
        if not isinstance(signed, Accepted):
            return signed
        answer = send(self._preparing.prepare(infno, compose, insuplc_admdvs))
        if isinstance(answer, Refused) and answer.fault is FaultCode.SIGN_IN_REFUSED:
            answer = send(self._preparing.prepare(infno, compose, insuplc_admdvs))
        return answer


def says(reason: str, phrases: tuple[str, ...]) -> bool:
    """Whether a refusal is of the kind that the profile tells by these parts of sentences."""
    return any(phrase in reason for phrase in phrases)
