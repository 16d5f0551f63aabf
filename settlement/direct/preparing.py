"""Makes messages ready to leave, and withholds those that would not follow the interface.

What a hospital composes is the hospital's. A fee line without a doctor or with a code that ended last year is found
here, named in the log, and told to the patient in words; the platform would refuse the whole message with a sentence
that nobody can act upon, or take it and refuse the settlement after payment.

Lengths are counted in characters. The interface says only "字符型" and a number; integrations at hand fill fields with
that many Chinese characters.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from kiosk.faults import FaultCode
from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Prepared
from settlement.direct.envelope import Envelopes
from settlement.direct.sign_in import SignIns
from settlement.msgid import MsgIds
from settlement.wire.codec import Breakage, BrokenMessage, Message, broken_by, encode
from settlement.wire.coding import codes_in
from settlement.wire.envelope import LARGEST_INPUT
from settlement.wire.fields import label_of

_FAULTS = {
    "1101": FaultCode.CARD_UNREADABLE,
    "2201": FaultCode.BILL_MALFORMED,
    "2203": FaultCode.BILL_MALFORMED,
    "2204": FaultCode.BILL_MALFORMED,
    "2206": FaultCode.BILL_MALFORMED,
    "2207": FaultCode.BILL_MALFORMED,
    "2303": FaultCode.BILL_MALFORMED,
    "2304": FaultCode.BILL_MALFORMED,
}
"""Who is to mend it, by transaction number without its A. All others say nothing but numbers that the platform gave."""

_UNBOUNDED = frozenset({"9101"})
"""Their input holds a file."""

_NO_SUCH_CODE = "not a code in force today"
_TOO_LONG = "too long"


class Preparing:
    """Signs in for the day where that is due, and gives every message its envelope."""

    def __init__(self, envelopes: Envelopes, sign_ins: SignIns, msgids: MsgIds, host: PartyHost) -> None:
        self._envelopes, self._sign_ins, self._msgids = envelopes, sign_ins, msgids
        self._clock, self._profile, self._log = host.clock, host.profile, host.log

    def prepare(self, infno: str, compose: Callable[[], Message], insuplc_admdvs: str | None = None) -> Prepared:
        """The message that `compose` makes, or one that is withheld; the log names the field."""
        try:
            said = compose()
            self._check(infno, said)
        except ValidationError as wrong:
            return self._withhold(infno, broken_by(wrong))
        except BrokenMessage as broken:
            return self._withhold(infno, broken)
        try:
            # after midnight, and in a recovery that is faster than the query thread; a failure shows in the message
            self._sign_ins.sign_in()
            return self._envelopes.wrap(infno, said, self._sign_ins.number, insuplc_admdvs)
        except ValidationError as wrong:  # the envelope says who we are: names and numbers of the site
            return self._withhold(infno, broken_by(wrong), FaultCode.SETTINGS_WRONG)

    def _check(self, infno: str, said: Message) -> None:
        today = self._clock.now().date()
        dictionaries = self._profile.dictionaries
        wrong = {
            path: _NO_SUCH_CODE for path, name, code in codes_in(said) if not dictionaries.allows(name, code, today)
        }
        if infno not in _UNBOUNDED and len(encode(said).decode()) > LARGEST_INPUT:
            wrong["input"] = _TOO_LONG
        if wrong:
            raise BrokenMessage(Breakage.WRONG_SHAPE, tuple(wrong), tuple(wrong.values()))

    def _withhold(self, infno: str, broken: BrokenMessage, fault: FaultCode | None = None) -> Prepared:
        for path, what in zip(broken.fields or ("",), broken.complaints or (broken.breakage,), strict=True):
            named = ": ".join(part for part in (f"{path} {label_of(path)}".strip(), what) if part)
            self._log.error("%s withheld: %s", infno, named, extra={"infno": infno, "field": named})
        withheld = fault or _FAULTS.get(infno.removesuffix("A"), FaultCode.REPLY_BROKEN)
        return Prepared(infno, self._msgids.next(), b"", withheld=withheld)
