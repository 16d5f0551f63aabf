"""Sends one prepared message and says which of the four answers came: output, refused, not sent, unknown.

The gateway's signature is put on here, at each sending: headers, or a wrapping of the message. `Prepared.body`, which
the journal keeps a digest of, is always the message itself. With headers it is the body of the HTTP request, byte for
byte; sealed, it is what encData decrypts to, byte for byte (the wrapping differs each time, because SM2 signs with a
nonce). So both sides can compare the digest with the message they have.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.domain.policy import Gateway as Doors
from kiosk.domain.policy import SettlementProfile
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import DoesNotFit, PartyHost
from kiosk.ports.settlement import Prepared
from settlement.moments import read_moment
from settlement.nodes import first_node, node
from settlement.offset import ClockWatch
from settlement.signing.sealed import Unproved
from settlement.signing.styles import Signed, Style
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import BrokenMessage, decode, read
from settlement.wire.envelope import ENDPOINT, Response, display_text

SENT_BY_US = ("9001", "1101", "2201", "2202", "2203A", "2204", "2205", "2206A", "2207A", "2208", "2601", "5203")

ASKED_BY_US = ("1901", "2001", "3201", "3202", "5201", "5202", "5204", "5205", "5206", "5301", "5302", "5303", "5304")
FILES_BY_US = ("9101", "9102")
STAYS_BY_US = ("2303", "2304", "2305")
SIGNED_OUT_BY_US = ("9002",)
"""Of these four groups a profile with a path for each infno may lack some: they are then not sent."""

_REFUSALS = {
    "9001": FaultCode.SIGN_IN_REFUSED,
    "1101": FaultCode.PERSON_UNKNOWN,
    "2206": FaultCode.QUOTE_REFUSED,
    "2207": FaultCode.SETTLEMENT_REFUSED,
    "2208": FaultCode.SETTLEMENT_UNKNOWN,
    "2303": FaultCode.QUOTE_REFUSED,
    "2304": FaultCode.SETTLEMENT_REFUSED,
    "2305": FaultCode.SETTLEMENT_UNKNOWN,
    "2601": FaultCode.SETTLEMENT_UNKNOWN,
    "5203": FaultCode.SETTLEMENT_UNKNOWN,
}
"""What a refusal means for the patient, by transaction number without its A; of 2201 to 2205 all: the visit's data were
not taken.
"""

_REMEMBERED = 256
_LONGEST_REASON = 200
"""Characters of err_msg by the specification; more is no sentence for a patient and no fact for a journal."""
_LONGEST_ERROR = 1000  # with the platform's own marks behind the sentence, which are cut off first


@dataclass(frozen=True, slots=True)
class Output:
    """infcode 0 in an answer to our message; `fields` is `output` as it came, {} when there was none."""

    fields: dict[str, Any]

    def __repr__(self) -> str:
        return f"Output({', '.join(self.fields)})"


class Gateway:
    """The platform's door; `make_style` raises OSError or ValueError while the files of the secrets cannot be used.

    Raises:
        DoesNotFit: the profile wants a path for each infno and lacks some.
    """

    def __init__(self, line: Line, host: PartyHost, make_style: Callable[[], Style]) -> None:
        self._line = line
        self._log = host.log
        self._make_style = make_style
        self._style: Style | None = None
        self._profile = host.profile
        self._paths = _paths(host.profile)
        self._clock = ClockWatch(host.clock, host.profile.clock_tolerance, host.clock_offset)
        self._answers = _Answers()

    def clock_moved(self) -> bool:
        """Whether our clock was set since the platform last told the time: ask it something."""
        return self._clock.moved()

    def send(self, sent: Prepared) -> Output | NotSent | Refused | Unknown:
        """A reply that is not proved to be the platform's is unknown, whatever it says."""
        replied = self._ask(sent)
        return self._open(sent, *replied) if isinstance(replied, tuple) else replied

    def reaches(self, infno: str) -> bool:
        """Whether there is a way for this transaction at all."""
        return infno in self._paths

    def fetch(self, sent: Prepared) -> bytes | NotSent | Refused | Unknown:
        """9102: the reply is the file itself; an envelope in its place says why there is none."""
        replied = self._ask(sent)
        if not isinstance(replied, tuple):
            return replied
        style, body = replied
        if not body.lstrip().startswith(b"{"):
            return body
        answer = self._open(sent, style, body)
        return Unknown(FaultCode.REPLY_BROKEN, "no file") if isinstance(answer, Output) else answer

    def _ask(self, sent: Prepared) -> tuple[Style, bytes] | NotSent | Unknown:
        """The reply as it came, and the style that opens it."""
        style = self._ready()
        if isinstance(style, NotSent):
            return style
        reply = self._post(sent, style.sign(sent.body))
        return (style, reply.body) if isinstance(reply, Sent) else reply

    def _ready(self) -> Style | NotSent:
        """The style with its secrets, read once; files mended meanwhile are taken without a restart."""
        if self._style is None:
            try:
                self._style = self._make_style()
            except (OSError, ValueError) as problem:
                why = type(problem).__name__
                self._log.error("the gateway's secrets cannot be used: %s", why, extra={"error": why})
                return NotSent(FaultCode.SETTINGS_WRONG)
        return self._style

    def _post(self, sent: Prepared, signed: Signed) -> Sent | NotSent | Unknown:
        limits = self._profile.limits
        waits = Waits(limits.connect, limits.reply_to(sent.infno, away=sent.away))
        label = f"{sent.infno} {sent.msgid[-8:]}"
        return self._line.post(self._paths[sent.infno], signed.body, waits, label, signed.headers)

    def _open(self, sent: Prepared, style: Style, body: bytes) -> Output | Refused | Unknown:
        try:
            message = style.open(body)
            return self._understand(sent, read(Response, decode(message)), message)
        except (BrokenMessage, Unproved) as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def _understand(self, sent: Prepared, response: Response, message: bytes) -> Output | Refused | Unknown:
        if not self._answers.fresh(_name_of(response, message), sent.msgid):
            return Unknown(FaultCode.REPLY_BROKEN, "answers another message")
        moment = read_moment(response.respond_time or "")
        if moment is not None:
            self._clock.compare(moment)
        if response.infcode == -1:
            fault = _REFUSALS.get(sent.infno.removesuffix("A"), FaultCode.UPLOAD_REFUSED)
            return Refused(fault, display_text(response.err_msg[:_LONGEST_ERROR])[:_LONGEST_REASON])
        if not response.succeeded:
            return Unknown(FaultCode.REPLY_BROKEN, f"infcode {response.infcode}")
        if not _speaks_of(sent, response.output):
            return Unknown(FaultCode.REPLY_BROKEN, "speaks of something else")
        return Output(response.output)


def _name_of(response: Response, message: bytes) -> str:
    """What makes this answer one of its kind: its number, else its bytes if they hold a time; "" when nothing does."""
    if response.inf_refmsgid:
        return response.inf_refmsgid
    timed = response.respond_time or response.refmsg_time
    return hashlib.sha256(message).hexdigest() if timed else ""


class _Answers:
    """Which answer came to which message (msgid): the envelope itself does not say what it answers.

    A proxy that repeats a reply shifts every later reply on its connection by one; then an answer comes twice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, str] = OrderedDict()

    def fresh(self, name: str, msgid: str) -> bool:
        if not name:
            return True
        with self._lock:
            known = self._known.setdefault(name, msgid)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known == msgid


_ECHOED = ("psn_no", "mdtrt_id", "setl_id", "ipt_otp_no")
_NUMBERED = ("2207A", "2207", "2208", "2304", "2305")
"""Their setlinfo repeats our msgid as medins_setl_id, the one tie the interface has."""


def _speaks_of(sent: Prepared, output: dict[str, Any]) -> bool:
    """False when the output names another person, visit, settlement or message than ours did."""
    asked = first_node(node(decode(sent.body), "input"))
    told = first_node(output)
    if sent.infno in _NUMBERED and told.get("medins_setl_id") and str(told["medins_setl_id"]) != sent.msgid:
        return False
    return all(not (asked.get(name) and told.get(name)) or str(asked[name]) == str(told[name]) for name in _ECHOED)


def _paths(profile: SettlementProfile) -> dict[str, str]:
    sent = [profile.form(infno) for infno in SENT_BY_US]
    if profile.gateway is Doors.SINGLE:
        made = profile.official
        sheets = (made.local, made.away) if made else ()
        return dict.fromkeys((*sent, *ASKED_BY_US, *FILES_BY_US, *STAYS_BY_US, *SIGNED_OUT_BY_US, *sheets), ENDPOINT)
    missing = [infno for infno in sent if infno not in profile.paths]
    if missing:
        raise DoesNotFit(f"no path for {', '.join(missing)}")
    if 0 < sum(infno in profile.paths for infno in STAYS_BY_US) < len(STAYS_BY_US):
        raise DoesNotFit(
            "a stay that can be settled must also be cancelled: paths for all of 2303, 2304 and 2305, or none"
        )
    return dict(profile.paths)
