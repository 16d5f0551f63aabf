"""The hospital's insurance front as the core knows it: the messages of `settlement.wire.his` behind
`kiosk.ports.settlement`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.personal import PersonNumber
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
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
from settlement.his import composing
from settlement.his.exchange import Answer, Exchange
from settlement.his.letters import Letters
from settlement.ids import LONGEST_ID
from settlement.nodes import node
from settlement.official import no_sheet, read_sheet
from settlement.terms import terms_in
from settlement.wire import his as wire
from settlement.wire.codec import BrokenMessage, decode, read

_RUNNING = Unknown(FaultCode.SETTLEMENT_UNKNOWN, "running")


class InsuranceFront:
    """`SettlementPort` over the hospital's front. It signs in at the platform itself, in its own name."""

    def __init__(self, exchange: Exchange, letters: Letters, host: PartyHost) -> None:
        self._exchange, self._letters = exchange, letters
        self._clock, self._profile, self._log = host.clock, host.profile, host.log

    @property
    def finds_lost(self) -> bool:
        """By our key: the contract makes the front keep it."""
        return True

    @property
    def copies(self) -> bool:
        """A second copy is answered as the first, by the same key."""
        return False

    def sign_in(self) -> Accepted | Failure:
        """Whether the front is there and speaks our contract; asked each time, because the answer may change."""
        answer = self._exchange.send(self._letters.write(wire.READY, {}))
        if not isinstance(answer, Answer):
            return answer
        try:
            contract = read(wire.Ready, answer.fields).contract
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        if contract.partition(".")[0] != wire.CONTRACT.partition(".")[0]:
            return Refused(FaultCode.SIGN_IN_REFUSED, f"his {contract}")
        return Accepted()

    def sign_out(self) -> Accepted | Failure:
        """The front's number with the platform is the front's."""
        return Accepted()

    def find_person(self, credential: Credential) -> PersonFound | PersonMissing | Failure:
        if credential.number is None:
            return PersonMissing(FaultCode.CARD_INCOMPLETE)
        answer = self._exchange.send(self._letters.write(wire.PERSON, composing.ask_person(credential)))
        match answer:
            case Answer(fields):
                return reading.find_person(fields, credential, self._clock.now().date())
            case Refused(fault, reason):
                return PersonMissing(fault, reason)
            case NotSent() | Unknown():
                return answer

    def official(self, asked: SheetAsked) -> Sheet | NoSheet:
        """Whose sheet it is, the HIS's own or the platform's, is the HIS's business."""
        said = composing.sheet(asked.psn_no, asked.setl_id, asked.insuplc_admdvs)
        answer = self._exchange.send(self._letters.write(wire.SHEET, said))
        told = _sheet(answer.fields) if isinstance(answer, Answer) else answer
        return told if isinstance(told, Sheet) else no_sheet(told)

    # --- what the HIS does itself ---

    def prepare_register(self, person: Person, insurance: Insurance, batch: FeeBatch) -> Prepared:
        return self._not_ours("2201", batch.batch_no)

    def prepare_deregister(
        self,
        psn_no: PersonNumber,
        mdtrt_id: str,
        visit_no: str,
        *,
        insuplc_admdvs: str,
    ) -> Prepared:
        return self._not_ours("2202", visit_no)

    def prepare_describe(self, request: SettleRequest) -> Prepared:
        return self._not_ours("2203A", request.batch.batch_no)

    def prepare_upload(self, request: SettleRequest) -> Prepared:
        return self._not_ours("2204", request.batch.batch_no)

    def prepare_withdraw(self, psn_no: PersonNumber, mdtrt_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._not_ours("2205", mdtrt_id)

    def _not_ours(self, infno: str, what: str) -> Prepared:
        """Nothing to send: the bill should have come with mdtrt_id and uploaded. Sending it is refused without a byte
        leaving, which turns the settlement back before any money.
        """
        told = "%s of %s was asked for where the HIS settles: its bills must say that it did"
        self._log.error(told, infno, what, extra={"infno": infno, "field": what})
        return Prepared(infno, "", b"")

    # --- making messages ---

    def prepare_quote(self, request: SettleRequest) -> Prepared:
        return self._letters.write(wire.QUOTE, composing.quote(request, self._profile))

    def prepare_settle(self, request: SettleRequest, quote: Quote) -> Prepared:
        return self._letters.write(wire.SETTLE, composing.settle(request, quote, self._profile))

    def prepare_reverse(self, psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared:
        """By the key of the lost settle; what another adapter sent (its key shows it) is not this front's to undo."""
        if not omsgid.startswith(wire.KEY_PREFIX):
            return self._not_ours(f"2601 {oinfno}", omsgid)
        return self._letters.write(wire.REVERSE, composing.reverse(psn_no, omsgid, insuplc_admdvs))

    def prepare_cancel(
        self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str, stay: bool = False
    ) -> Prepared:
        """The HIS knows whether it was a stay."""
        return self._letters.write(wire.CANCEL, composing.cancel(psn_no, setl_id, insuplc_admdvs))

    def prepare_query(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._letters.write(wire.QUERY, composing.query_settlement(psn_no, setl_id))

    # --- sending them ---

    def register(self, sent: Prepared) -> Registered | Failure:
        """Never sent: the HIS registers."""
        return Refused(FaultCode.UPLOAD_REFUSED)

    def accept(self, sent: Prepared) -> Accepted | Failure:
        if not sent.body:
            undoing = sent.infno.startswith("2601")
            return Refused(FaultCode.SETTLEMENT_UNKNOWN if undoing else FaultCode.UPLOAD_REFUSED)
        answer = self._exchange.send(sent)
        if not isinstance(answer, Answer):
            return answer
        try:
            return _undone(sent.infno, answer.fields)
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def quote(self, sent: Prepared) -> Quote | SettledWrong | Failure:
        answer = self._exchange.send(sent)
        if not isinstance(answer, Answer):
            return answer
        asked = decode(sent.body)
        if _of_somebody_else(asked, answer.fields):
            return Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")
        quote = reading.read_quote(answer.fields, Decimal(asked["medfee_sumamt"]), self._profile)
        return replace(quote, terms=terms_in(answer.fields)) if isinstance(quote, Quote) else quote

    def settle(self, sent: Prepared) -> Settlement | SettledWrong | Failure:
        answer = self._exchange.send(sent)
        if isinstance(answer, Unknown):
            return Unknown(FaultCode.SETTLEMENT_UNKNOWN, answer.why)
        if not isinstance(answer, Answer):
            return answer
        asked = decode(sent.body)
        return self._settled(asked, Decimal(asked["medfee_sumamt"]), sent.msgid, answer.fields)

    def _settled(
        self, asked: dict[str, Any], medfee: Decimal, key: str, fields: dict[str, Any]
    ) -> Settlement | SettledWrong | Unknown:
        """A settlement bears the msgid under which the HIS sent its 2207: the platform's lists know no other."""
        if _of_somebody_else(asked, fields):
            return Unknown(FaultCode.SETTLEMENT_UNKNOWN, "speaks of somebody else")
        told = node(fields, "setlinfo").get("medins_setl_id")
        msgid = told if isinstance(told, str) and 0 < len(told) <= LONGEST_ID else key
        return reading.read_settlement(fields, msgid, medfee, self._profile, self._clock.now())

    def standing(self, sent: Prepared) -> Standing | Failure:
        answer = self._exchange.send(sent)
        if not isinstance(answer, Answer):
            return answer
        state = _state(answer.fields)
        return state if isinstance(state, Unknown) else Standing(state is wire.Standing.SETTLED)

    def look_up(self, request: SettleRequest, key: str) -> Settlement | SettledWrong | Standing | Failure:
        """What became of a settle whose answer was lost: the settlement itself, or that there is none and never will
        be.
        """
        sent = self._letters.write(wire.QUERY, composing.query_key(request.person.psn_no, key))
        answer = self._exchange.send(sent)
        if not isinstance(answer, Answer):
            return answer
        state = _state(answer.fields)
        if state is wire.Standing.NOT_SETTLED:
            return Standing(stands=False)
        if isinstance(state, Unknown):
            return state
        return self._settled(decode(sent.body), request.batch.total.yuan(), key, answer.fields)


def _sheet(fields: dict[str, Any]) -> Sheet | Unknown:
    try:
        return read_sheet(read(wire.SheetMade, fields).pdf)
    except BrokenMessage as broken:
        return Unknown(FaultCode.REPLY_BROKEN, str(broken))


def _state(fields: dict[str, Any]) -> wire.Standing | Unknown:
    """UNKNOWN is an unknown here too: it may be settled in the next moment."""
    try:
        state = read(wire.Found, fields).state
    except BrokenMessage as broken:
        return Unknown(FaultCode.REPLY_BROKEN, str(broken))
    return _RUNNING if state is wire.Standing.UNKNOWN else state


def _undone(name: str, fields: dict[str, Any]) -> Accepted | Unknown:
    """A reversal that found nothing is a yes only because the front says that this is final."""
    if name == wire.REVERSE:
        running = read(wire.Reversed, fields).outcome is wire.Reversal.RUNNING
    else:
        running = read(wire.Cancelled, fields).outcome is wire.Cancelling.RUNNING
    return _RUNNING if running else Accepted()


def _of_somebody_else(asked: dict[str, Any], fields: dict[str, Any]) -> bool:
    told = node(fields, "setlinfo").get("psn_no")
    return bool(told) and str(told) != asked["psn_no"]
