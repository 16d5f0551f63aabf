"""The platform as the core knows it: national transactions behind `kiosk.ports.settlement`."""

from __future__ import annotations

from decimal import Decimal

from kiosk.domain import settlement as domain
from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.personal import PersonNumber
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import (
    Accepted,
    Failure,
    PersonFound,
    PersonMissing,
    Prepared,
    Registered,
    SettledWrong,
    SettleRequest,
    Standing,
)
from settlement.direct import composing, reading
from settlement.direct.envelope import Envelopes
from settlement.direct.gateway import Gateway, Output
from settlement.direct.sign_in import SignIns
from settlement.ids import short_id
from settlement.transport import Line
from settlement.wire.codec import BrokenMessage, Message, decode, read
from settlement.wire.outpatient import RegisterOutput
from settlement.wire.settle import LookupOutput

_UNDOING = frozenset({"2202", "2205", "2208", "2601"})
_STANDS, _UNDONE = "0", "1"


class Platform:
    """`SettlementPort` over national transactions. Signs in by itself before it prepares anything for the day."""

    def __init__(self, line: Line, gateway: Gateway, envelopes: Envelopes, sign_ins: SignIns, host: PartyHost) -> None:
        self._line, self._gateway, self._envelopes, self._sign_ins = line, gateway, envelopes, sign_ins
        self._clock = host.clock
        self._profile = host.profile

    def sign_in(self) -> Accepted | Failure:
        if self._gateway.clock_moved():
            self._sign_ins.forget()  # 9001 moves nothing, and its reply tells the time
        if self._sign_ins.due:
            return self._sign_ins.sign_in()
        warmed = self._line.warm(self._profile.limits.connect)
        return warmed if isinstance(warmed, NotSent) else Accepted()

    def find_person(self, credential: Credential) -> PersonFound | PersonMissing | Failure:
        if credential.number is None:
            return PersonMissing(FaultCode.CARD_INCOMPLETE)
        signed = self._sign_ins.sign_in()
        if not isinstance(signed, Accepted):
            return signed
        answer = self._send(self._prepare("1101", composing.ask_person(credential)))
        if isinstance(answer, Refused) and answer.fault is FaultCode.SIGN_IN_REFUSED:  # it moves nothing: once more
            answer = self._send(self._prepare("1101", composing.ask_person(credential)))
        match answer:
            case Output(fields):
                return self._found(fields, credential)
            case Refused(_, reason):
                return self._missing(answer, reason)
            case NotSent() | Unknown():
                return answer

    def _found(self, fields: dict[str, object], credential: Credential) -> PersonFound | PersonMissing | Unknown:
        today = self._clock.now().date()
        try:
            person = reading.read_person(fields, credential, today)
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        if credential.cert_type is CertType.RESIDENT_ID and credential.number != person.certno:
            return Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")
        if not person.settling(today):
            return PersonMissing(FaultCode.INSURANCE_STOPPED)
        return PersonFound(person)

    def _missing(self, refused: Refused, reason: str) -> PersonMissing | Refused:
        phrases = self._profile.phrases
        if _says(reason, phrases.insurance_stopped):
            return PersonMissing(FaultCode.INSURANCE_STOPPED, reason)
        if _says(reason, phrases.person_unknown):
            return PersonMissing(FaultCode.PERSON_UNKNOWN, reason)
        return refused

    # --- making messages ---

    def prepare_register(self, person: Person, insurance: Insurance, batch: FeeBatch) -> Prepared:
        return self._prepare("2201", composing.register(person, insurance, batch), insurance.insuplc_admdvs)

    def prepare_deregister(
        self, psn_no: PersonNumber, mdtrt_id: str, visit_no: str, *, insuplc_admdvs: str
    ) -> Prepared:
        return self._prepare("2202", composing.deregister(psn_no, mdtrt_id, visit_no), insuplc_admdvs)

    def prepare_describe(self, request: SettleRequest) -> Prepared:
        return self._prepare("2203A", composing.describe(request), request.insurance.insuplc_admdvs)

    def prepare_upload(self, request: SettleRequest) -> Prepared:
        return self._prepare("2204", composing.upload(request), request.insurance.insuplc_admdvs)

    def prepare_withdraw(self, psn_no: PersonNumber, mdtrt_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("2205", composing.withdraw(psn_no, mdtrt_id), insuplc_admdvs)

    def prepare_quote(self, request: SettleRequest) -> Prepared:
        return self._prepare("2206A", composing.quote(request, self._profile), request.insurance.insuplc_admdvs)

    def prepare_settle(self, request: SettleRequest, quote: domain.Quote) -> Prepared:
        said = composing.settle(request, quote, self._profile)
        return self._prepare("2207A", said, request.insurance.insuplc_admdvs)

    def prepare_reverse(self, psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("2601", composing.reverse(psn_no, omsgid, oinfno), insuplc_admdvs)

    def prepare_cancel(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("2208", composing.cancel(psn_no, mdtrt_id, setl_id), insuplc_admdvs)

    def prepare_query(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("5203", composing.look_up(psn_no, mdtrt_id, setl_id), insuplc_admdvs)

    def _prepare(self, infno: str, said: Message, insuplc_admdvs: str | None = None) -> Prepared:
        # after midnight, and in a recovery that is faster than the query thread; a failure shows in the message itself
        self._sign_ins.sign_in()
        return self._envelopes.wrap(infno, said, self._sign_ins.number, insuplc_admdvs)

    # --- sending them ---

    def register(self, sent: Prepared) -> Registered | Failure:
        answer = self._send(sent)
        if not isinstance(answer, Output):
            return answer
        try:
            mdtrt_id = read(RegisterOutput, answer.fields).data.mdtrt_id
            return Registered(short_id(mdtrt_id, "data.mdtrt_id"))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def accept(self, sent: Prepared) -> Accepted | Failure:
        answer = self._send(sent)
        if isinstance(answer, Output):
            return Accepted()
        if isinstance(answer, Refused) and sent.infno in _UNDOING and self._nothing_left(answer):
            return Accepted()
        return answer

    def _nothing_left(self, refused: Refused) -> bool:
        """A refusal to undo what is undone already, or never was."""
        return _says(refused.reason, self._profile.phrases.already_undone)

    def quote(self, sent: Prepared) -> domain.Quote | SettledWrong | Failure:
        answer = self._send(sent)
        return reading.read_quote(answer.fields, _asked(sent), self._profile) if isinstance(answer, Output) else answer

    def settle(self, sent: Prepared) -> domain.Settlement | SettledWrong | Failure:
        answer = self._send(sent)
        if isinstance(answer, Unknown):
            return Unknown(FaultCode.SETTLEMENT_UNKNOWN, answer.why)
        if not isinstance(answer, Output):
            return answer
        return reading.read_settlement(answer.fields, sent.msgid, _asked(sent), self._profile, self._clock.now())

    def standing(self, sent: Prepared) -> Standing | Failure:
        answer = self._send(sent)
        if not isinstance(answer, Output):
            return answer
        try:
            flag = read(LookupOutput, answer.fields).setlinfo.refd_setl_flag
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        if flag not in {_STANDS, _UNDONE}:
            return Unknown(FaultCode.REPLY_BROKEN, "refd_setl_flag")
        return Standing(flag == _STANDS)

    def _send(self, sent: Prepared) -> Output | NotSent | Refused | Unknown:
        answer = self._gateway.send(sent)
        if isinstance(answer, Refused) and _says(answer.reason, self._profile.phrases.not_signed_in):
            self._sign_ins.forget()
            return Refused(FaultCode.SIGN_IN_REFUSED, answer.reason)
        return answer


def _says(reason: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in reason for phrase in phrases)


def _asked(sent: Prepared) -> Decimal:
    """The medfee_sumamt of our own 2206A or 2207A."""
    return Decimal(str(decode(sent.body)["input"]["data"]["medfee_sumamt"]))
