"""Sends one prepared message and says which of the four answers came: answer, refused, not sent, unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Prepared
from settlement.moments import read_moment
from settlement.offset import ClockWatch
from settlement.transport import Line, Sent, Waits
from settlement.wire import his as wire
from settlement.wire.codec import BrokenMessage, decode, read

_REFUSALS = {
    wire.READY: FaultCode.SIGN_IN_REFUSED,
    wire.PERSON: FaultCode.PERSON_UNKNOWN,
    wire.QUOTE: FaultCode.QUOTE_REFUSED,
    wire.SETTLE: FaultCode.SETTLEMENT_REFUSED,
    wire.REVERSE: FaultCode.SETTLEMENT_UNKNOWN,
    wire.QUERY: FaultCode.SETTLEMENT_UNKNOWN,
    wire.CANCEL: FaultCode.SETTLEMENT_UNKNOWN,
    wire.SHEET: FaultCode.OFFICIAL_NOT_MADE,
}
"""What a plain no means for the patient."""

_BY_CODE = {
    wire.Code.PERSON_UNKNOWN: FaultCode.PERSON_UNKNOWN,
    wire.Code.INSURANCE_STOPPED: FaultCode.INSURANCE_STOPPED,
    wire.Code.BILL_NOT_HELD: FaultCode.BILL_TAKEN,
    wire.Code.BACK_TO_DOCTOR: FaultCode.BACK_TO_DOCTOR,
}
"""What a no with one of these codes means, whatever was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The front's answer to our message; `fields` as they came."""

    fields: dict[str, Any]

    def __repr__(self) -> str:
        return f"Answer({', '.join(self.fields)})"


class Exchange:
    """The front's door. The pack limits the wait for each message by its name, as for every other far party."""

    def __init__(self, line: Line, host: PartyHost) -> None:
        self._line = line
        self._limits = host.profile.limits
        self._clock = ClockWatch(host.clock, host.profile.clock_tolerance, host.clock_offset)

    def send(self, sent: Prepared) -> Answer | NotSent | Refused | Unknown:
        waits = Waits(self._limits.connect, self._limits.reply_to(sent.infno))
        reply = self._line.post(wire.PATHS[sent.infno], sent.body, waits, f"{sent.infno} {sent.msgid[-8:]}")
        if not isinstance(reply, Sent):
            return reply
        try:
            return self._understand(sent, read(wire.Reply, decode(reply.body)))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def _understand(self, sent: Prepared, told: wire.Reply) -> Answer | Refused | Unknown:
        if told.key != sent.msgid:
            return Unknown(FaultCode.REPLY_BROKEN, "answers another message")
        moment = read_moment(told.answered_at)
        if moment is not None:
            self._clock.compare(moment)
        if told.refused is not None:
            return _refusal(sent.infno, told.refused)
        return Answer(told.answer or {})


def _refusal(name: str, refused: wire.Refusal) -> Refused:
    known = next((fault for code, fault in _BY_CODE.items() if code == refused.code), None)
    return Refused(known or _REFUSALS[name], refused.text)
