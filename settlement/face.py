"""Asks one of our own JSON faces (hospital, payment): one message out, one message of a known shape back."""

from __future__ import annotations

from kiosk.domain.policy import Limits
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Unknown
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import BrokenMessage, Message, MessageT, decode, encode, read


class Face:
    """A far party whose calls are paths; the pack limits their waits by name: `/pay/collect` is `pay.collect`."""

    def __init__(self, line: Line, limits: Limits) -> None:
        self._line = line
        self._limits = limits

    def ask(self, path: str, said: Message, reply: type[MessageT], key: str = "") -> MessageT | NotSent | Unknown:
        """`key` is for the log and names no person. Amounts leave as text, which every reader keeps exact."""
        call = path.strip("/").replace("/", ".")
        waits = Waits(self._limits.connect, self._limits.reply_to(call))
        answer = self._line.post(path, encode(said, "string"), waits, f"{call} {key}".strip())
        if not isinstance(answer, Sent):
            return answer
        try:
            return read(reply, decode(answer.body))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
