"""The platform as the core knows it: national transactions behind `kiosk.ports.settlement`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.domain import settlement as domain
from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.personal import PersonNumber
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.inquiry import InquiryPort
from kiosk.ports.official import NoSheet, Sheet, SheetAsked
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
from settlement import reading
from settlement.direct import composing
from settlement.direct.asking import Asking, says
from settlement.direct.gateway import Output
from settlement.direct.preparing import Preparing
from settlement.direct.sign_in import SignIns
from settlement.ids import short_id
from settlement.terms import terms_in
from settlement.transport import Line
from settlement.wire.codec import BrokenMessage, Message, decode, read
from settlement.wire.outpatient import RegisterOutput
from settlement.wire.settle import LookupOutput

if TYPE_CHECKING:
    from settlement.direct.files import Files

_UNDOING = frozenset({"2202", "2205", "2208", "2305", "2601"})
_STANDS, _UNDONE = "0", "1"
_UPLOAD = "2204"


class Platform:
    """`SettlementPort` over national transactions. Signs in by itself before it prepares anything for the day."""

    def __init__(self, line: Line, sign_ins: SignIns, preparing: Preparing, asking: Asking, host: PartyHost) -> None:
        self._line, self._sign_ins, self._preparing, self._asking = line, sign_ins, preparing, asking
        self._clock = host.clock
        self._profile = host.profile
        self._host = host

    @cached_property
    def inquiries(self) -> InquiryPort:
        """Made when it is first wanted: no visit of the outpatient's way needs its messages."""
        from settlement.direct.inquiries import Inquiries

        return Inquiries(self._asking, self._host)

    @cached_property
    def files(self) -> Files:
        """For comparing accounts; no visit needs it."""
        from settlement.direct.files import Files

        return Files(self._asking, self._host)

    def official(self, asked: SheetAsked) -> Sheet | NoSheet:
        from settlement.direct.official import official

        made = self._profile.official
        if made is None:
            return NotSent(FaultCode.OFFICIAL_NOT_MADE)
        away = asked.insuplc_admdvs in self._profile.away_areas
        return official(self._asking, self.files, made, asked, away=away)

    @property
    def finds_lost(self) -> bool:
        return False

    @property
    def copies(self) -> bool:
        return self._profile.resends

    def sign_in(self) -> Accepted | Failure:
        if self._asking.clock_moved():
            self._sign_ins.forget()  # 9001 moves nothing, and its reply tells the time
        if self._sign_ins.due:
            return self._sign_ins.sign_in()
        warmed = self._line.warm(self._profile.limits.connect)
        return warmed if isinstance(warmed, NotSent) else Accepted()

    def sign_out(self) -> Accepted | Failure:
        return self._sign_ins.sign_out()

    def find_person(self, credential: Credential) -> PersonFound | PersonMissing | Failure:
        if credential.number is None:
            return PersonMissing(FaultCode.CARD_INCOMPLETE)
        answer = self._asking.ask("1101", lambda: composing.ask_person(credential, self._profile))
        match answer:
            case Output(fields):
                return reading.find_person(fields, credential, self._clock.now().date())
            case Refused(_, reason):
                return self._missing(answer, reason)
            case NotSent() | Unknown():
                return answer

    def _missing(self, refused: Refused, reason: str) -> PersonMissing | Refused:
        phrases = self._profile.phrases
        if says(reason, phrases.insurance_stopped):
            return PersonMissing(FaultCode.INSURANCE_STOPPED, reason)
        if says(reason, phrases.person_unknown):
            return PersonMissing(FaultCode.PERSON_UNKNOWN, reason)
        return refused

    # --- making messages ---

    def prepare_register(self, person: Person, insurance: Insurance, batch: FeeBatch) -> Prepared:
        area = insurance.insuplc_admdvs
        return self._prepare("2201", lambda: composing.register(person, insurance, batch, self._profile), area)

    def prepare_deregister(
        self, psn_no: PersonNumber, mdtrt_id: str, visit_no: str, *, insuplc_admdvs: str
    ) -> Prepared:
        return self._prepare("2202", lambda: composing.deregister(psn_no, mdtrt_id, visit_no), insuplc_admdvs)

    def prepare_describe(self, request: SettleRequest) -> Prepared:
        area = request.insurance.insuplc_admdvs
        return self._prepare("2203A", lambda: composing.describe(request, self._profile), area)

    def prepare_upload(self, request: SettleRequest) -> Prepared:
        return self._prepare("2204", lambda: composing.upload(request), request.insurance.insuplc_admdvs)

    def prepare_withdraw(self, psn_no: PersonNumber, mdtrt_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("2205", lambda: composing.withdraw(psn_no, mdtrt_id), insuplc_admdvs)

    def prepare_quote(self, request: SettleRequest) -> Prepared:
        area, stay = request.insurance.insuplc_admdvs, request.batch.stay
        if stay is not None:
            return self._prepare("2303", lambda: composing.quote_stay(request, stay, self._profile), area)
        return self._prepare("2206A", lambda: composing.quote(request, self._profile), area)

    def prepare_settle(self, request: SettleRequest, quote: domain.Quote) -> Prepared:
        area, stay = request.insurance.insuplc_admdvs, request.batch.stay
        if stay is not None:
            return self._prepare("2304", lambda: composing.settle_stay(request, stay, self._profile), area)
        return self._prepare("2207A", lambda: composing.settle(request, quote, self._profile), area)

    def prepare_reverse(self, psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare(
            "2601", lambda: composing.reverse(psn_no, omsgid, self._profile.form(oinfno)), insuplc_admdvs
        )

    def prepare_cancel(
        self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str, stay: bool = False
    ) -> Prepared:
        infno = "2305" if stay else "2208"
        return self._prepare(infno, lambda: composing.cancel(psn_no, mdtrt_id, setl_id), insuplc_admdvs)

    def prepare_query(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepare("5203", lambda: composing.look_up(psn_no, mdtrt_id, setl_id), insuplc_admdvs)

    def _prepare(self, infno: str, compose: Callable[[], Message], insuplc_admdvs: str) -> Prepared:
        return self._preparing.prepare(self._profile.form(infno), compose, insuplc_admdvs)

    # --- sending them ---

    def register(self, sent: Prepared) -> Registered | Failure:
        answer = self._asking.send(sent)
        if not isinstance(answer, Output):
            return answer
        try:
            mdtrt_id = read(RegisterOutput, answer.fields).data.mdtrt_id
            return Registered(short_id(mdtrt_id, "data.mdtrt_id"))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def accept(self, sent: Prepared) -> Accepted | Failure:
        answer = self._asking.send(sent)
        if isinstance(answer, Output):
            return Accepted(terms_in(answer.fields)) if sent.infno == _UPLOAD else Accepted()
        if isinstance(answer, Refused) and sent.infno in _UNDOING and self._nothing_left(answer):
            return Accepted()
        return answer

    def _nothing_left(self, refused: Refused) -> bool:
        """A refusal to undo what is undone already, or never was."""
        return says(refused.reason, self._profile.phrases.already_undone)

    def quote(self, sent: Prepared) -> domain.Quote | SettledWrong | Failure:
        answer = self._asking.send(sent)
        return reading.read_quote(answer.fields, _asked(sent), self._profile) if isinstance(answer, Output) else answer

    def settle(self, sent: Prepared) -> domain.Settlement | SettledWrong | Failure:
        answer = self._asking.send(sent)
        if isinstance(answer, Unknown):
            return Unknown(FaultCode.SETTLEMENT_UNKNOWN, answer.why)
        if not isinstance(answer, Output):
            return answer
        return reading.read_settlement(answer.fields, sent.msgid, _asked(sent), self._profile, self._clock.now())

    def look_up(self, request: SettleRequest, key: str) -> domain.Settlement | SettledWrong | Standing | Failure:
        """The platform has no transaction for it: 5203 wants a setl_id."""
        del request, key
        return Unknown(FaultCode.SETTLEMENT_UNKNOWN, "no such transaction")

    def standing(self, sent: Prepared) -> Standing | Failure:
        answer = self._asking.send(sent)
        if not isinstance(answer, Output):
            return answer
        try:
            flag = read(LookupOutput, answer.fields).setlinfo.refd_setl_flag
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        if flag not in {_STANDS, _UNDONE}:
            return Unknown(FaultCode.REPLY_BROKEN, "refd_setl_flag")
        return Standing(flag == _STANDS)


def _asked(sent: Prepared) -> Decimal:
    """The medfee_sumamt of our own quote or settlement."""
    return Decimal(str(decode(sent.body)["input"]["data"]["medfee_sumamt"]))
