"""`front` of `kiosk.hospitals`: the hospital's own system by its HTTPS face."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints

from kiosk.domain.admission import Admission, Seen
from kiosk.domain.agent import Agent
from kiosk.domain.handed import Handed
from kiosk.domain.insured import Person
from kiosk.domain.insurer import Claim
from kiosk.domain.personal import Particular, Voucher
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Back, Return
from kiosk.domain.visit import Booking, Redress
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.clock import BEIJING
from kiosk.ports.driver import Driver, Host, PartyHost
from kiosk.ports.hospital import (
    NO_KEYS,
    Bills,
    Failure,
    Held,
    HospitalPort,
    Informed,
    Keys,
    Noted,
    Orders,
    PaidBills,
    Payment,
    Prepaid,
    Promised,
    Released,
)
from settlement.access import Access, party_host
from settlement.bills import read_admission, read_bills, read_handed, read_orders, read_owed
from settlement.face import Face
from settlement.paid import read_paid, read_receipt, read_steps, refunded_of
from settlement.promised import claimed_of, prepaid_of, promised_of
from settlement.transport import Line
from settlement.wire import claims
from settlement.wire import hospital as wire
from settlement.wire import paid as paid_wire
from settlement.wire.codec import BrokenMessage
from settlement.wire.handing import HAND_OVER, HandOver, HandOverReply, TooLate
from settlement.wire.questions import SINCE, Answered, Question, answers, fresh_number

_SHORTEST_CODE, _LONGEST_CODE = 4, 64
_TOO_LATE = {TooLate.PAYING: FaultCode.PHONE_PAYING, TooLate.PAID: FaultCode.PHONE_PAID}
_FOREIGN = Unknown(FaultCode.REPLY_BROKEN, "answers another key")
_FOREIGN_QUESTION = Unknown(FaultCode.REPLY_BROKEN, "answers another question")

AnsweredT = TypeVar("AnsweredT", bound=Answered)


class HospitalFront:
    """`HospitalPort`. Every reply must repeat the key it answers, and every answer its question where `repeats`."""

    def __init__(self, face: Face, settled_by: wire.Settler, host: PartyHost, *, repeats: bool) -> None:
        self._face = face
        self._settled_by = settled_by
        self._repeats = repeats
        self._owner, self._clock, self._profile, self._log = host.terminal, host.clock, host.profile, host.log

    def _ask(
        self, path: str, question: Question, reply: type[AnsweredT], no: FaultCode = FaultCode.QUERY_REFUSED
    ) -> AnsweredT | Failure:
        """Nothing of an answer to somebody else's question goes any further; the log says that it came. A refusal is no
        empty answer: who is told that nothing is owed goes home.
        """
        numbered = question.model_copy(update={"query": fresh_number()})
        told = self._face.ask(path, numbered, reply)
        if not isinstance(told, reply):
            return told
        if answers(told, numbered, must=self._repeats):
            return told if told.refused is None else Refused(no, told.refused)
        fault = _FOREIGN_QUESTION.fault
        self._log.error("the answer of %s does not repeat its question", path, extra={"fault": fault})
        return _FOREIGN_QUESTION

    def look_up(self, code: Voucher, person: Person) -> Keys | Failure:
        """The masked name on the hospital's side must be able to be the person's: first character and length."""
        asked = code.reveal()
        if not _SHORTEST_CODE <= len(asked) <= _LONGEST_CODE:
            return Refused(FaultCode.KEY_UNKNOWN)
        told = self._ask(wire.LOOK_UP, wire.LookUp(code=asked), wire.LookUpReply, FaultCode.KEY_UNKNOWN)
        if not isinstance(told, wire.LookUpReply):
            return told
        name = person.name.reveal()
        if (told.name[:1], len(told.name)) != (name[:1], len(name)):
            return Refused(FaultCode.KEY_OF_ANOTHER)
        return Keys(tuple(Particular(number) for number in told.patient_nos))

    def unpaid(self, person: Person, keys: Keys = NO_KEYS) -> Bills | Failure:
        query = wire.BillsQuery(
            settled_by=self._settled_by,
            certno=person.certno.reveal(),
            psn_name=person.name.reveal(),
            psn_no=person.psn_no.reveal(),
            patient_nos=tuple(number.reveal() for number in keys.numbers) or None,
        )
        told = self._ask(wire.BILLS, query, wire.Bills)
        if not isinstance(told, wire.Bills):
            return told
        try:
            batches = read_bills(told, self._profile, self._clock.now())
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        for batch in batches:
            if batch.stay is not None and batch.stay.days_wrong:
                fault = FaultCode.DAYS_CONTRADICT
                named = {"fault": fault, "batch_no": batch.batch_no}
                self._log.error("the day list of %s is not its bill", batch.batch_no, extra=named)
        return Bills(batches)

    def hold(self, key: str, batch_no: str, seconds: int, *, taken_back: bool = False) -> Held | Failure:
        wish = wire.Hold(
            hold_key=key, batch_no=batch_no, owner=self._owner, seconds=seconds, taken_back=taken_back or None
        )
        told = self._face.ask(wire.HOLD, wish, wire.HoldReply, key)
        if not isinstance(told, wire.HoldReply):
            return told
        if told.hold_key != key:
            return _FOREIGN
        if told.held is None:
            fault = _TOO_LATE[told.too_late] if told.too_late else FaultCode.BILL_TAKEN
            return Refused(fault, told.refused or "")
        self._watch_length(batch_no, seconds, told.expires_at)
        return Held(told.held)

    def _watch_length(self, batch_no: str, asked: int, until: str | None) -> None:
        """The kiosk renews by what it asked for, so a hospital that grants less lets a bill go while its patient pays.
        That is no reason to send anybody away; whoever runs the hospital's side must hear of it.
        """
        try:
            ends = datetime.fromisoformat(until) if until else None
        except ValueError:
            ends = None
        if ends is None:
            return
        ends = ends if ends.tzinfo else ends.replace(tzinfo=BEIJING)
        short = asked - (ends - self._clock.now()).total_seconds()
        if short > self._profile.clock_tolerance:
            named = {"fault": FaultCode.HOLD_SHORT, "batch_no": batch_no, "ms": round(short * 1000)}
            self._log.error("the hospital holds %s for less than was asked for", batch_no, extra=named)

    def hand_over(self, key: str, hold_key: str, batch_no: str) -> Handed | Failure:
        wish = HandOver(hand_key=key, hold_key=hold_key, batch_no=batch_no)
        told = self._face.ask(HAND_OVER, wish, HandOverReply, key)
        if not isinstance(told, HandOverReply):
            return told
        if told.hand_key != key:
            return _FOREIGN
        if told.handed is None:
            return Refused(FaultCode.PHONE_REFUSED, told.refused or "")
        try:
            return read_handed(told.handed, "handed")
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def release(self, key: str, batch_no: str) -> Released | Failure:
        told = self._face.ask(wire.RELEASE, wire.Release(hold_key=key, batch_no=batch_no), wire.ReleaseReply, key)
        if not isinstance(told, wire.ReleaseReply):
            return told
        if told.hold_key != key:
            return _FOREIGN
        return Released() if told.released else Refused(FaultCode.BILL_REFUSED, told.refused or "")

    def book(
        self,
        key: str,
        hold_key: str,
        batch_no: str,
        settlement: Settlement,
        payment: Payment | None,
        prepaid: Prepaid | None = None,
        promised: Promised | None = None,
    ) -> Booking | Failure:
        wish = _booking(key, hold_key, batch_no, settlement, payment, prepaid)
        if promised is not None:
            wish = wish.model_copy(update={"promised": promised_of(promised)})
        told = self._face.ask(wire.BOOK, wish, wire.BookReply, key)
        if isinstance(told, Unknown):
            return Unknown(FaultCode.BOOKING_UNKNOWN, told.why)
        if not isinstance(told, wire.BookReply):
            return told
        if told.book_key != key:
            return Unknown(FaultCode.BOOKING_UNKNOWN, _FOREIGN.why)
        if told.booked is None:
            return Refused(FaultCode.BOOKING_REFUSED, told.refused or "")
        return Booking(told.booked, read_steps(told.next_steps), read_receipt(told.einvoice), told.einvoice_at)

    def take_deposit(self, key: str, hold_key: str, batch_no: str, payment: Payment) -> Booking | Failure:
        wish = wire.Deposit(deposit_key=key, hold_key=hold_key, batch_no=batch_no, payment=_paid(payment))
        told = self._face.ask(wire.DEPOSIT, wish, wire.DepositReply, key)
        if isinstance(told, Unknown):
            return Unknown(FaultCode.DEPOSIT_UNKNOWN, told.why)
        if not isinstance(told, wire.DepositReply):
            return told
        if told.deposit_key != key:
            return Unknown(FaultCode.DEPOSIT_UNKNOWN, _FOREIGN.why)
        if told.taken is None:
            return Refused(FaultCode.DEPOSIT_REFUSED, told.refused or "")
        return Booking(told.taken, read_steps(told.next_steps))

    def admission_orders(self, person: Person) -> Orders | Failure:
        query = wire.AdmissionsQuery(
            certno=person.certno.reveal(), psn_name=person.name.reveal(), psn_no=person.psn_no.reveal()
        )
        told = self._ask(wire.ADMISSIONS, query, wire.Admissions)
        if not isinstance(told, wire.Admissions):
            return told
        try:
            return Orders(read_orders(told))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def admit(self, order: str, person: Person, seen: Seen) -> Admission | Failure:
        wish = wire.Admit(
            key=order,
            certno=person.certno.reveal(),
            psn_name=person.name.reveal(),
            psn_no=person.psn_no.reveal(),
            seen=wire.Seen(seen.value),
        )
        told = self._face.ask(wire.ADMIT, wish, wire.AdmitReply, order)
        if not isinstance(told, wire.AdmitReply):
            return told
        if told.key != order:
            return _FOREIGN
        if told.admitted is None:
            return Refused(FaultCode.ADMISSION_REFUSED, told.refused or "")
        try:
            return read_admission(told)
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def report_claim(self, key: str, batch_no: str, claim: Claim, prepaid: Prepaid | None = None) -> Informed | Failure:
        wish = claimed_of(key, batch_no, claim, prepaid_of(prepaid) if prepaid else None)
        told = self._face.ask(claims.CLAIMED, wish, claims.ClaimedReply, key)
        if not isinstance(told, claims.ClaimedReply):
            return told
        if told.claim_key != key:
            return _FOREIGN
        if not told.noted:
            return Refused(FaultCode.BILL_REFUSED, told.refused or "")
        try:
            return Informed(read_owed(told.owed) if told.owed else None)
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))

    def report_returns(self, key: str, batch_no: str, returns: tuple[Return, ...]) -> Noted | Failure:
        wish = wire.Returns(returns_key=key, batch_no=batch_no, returns=tuple(_ended(one) for one in returns))
        told = self._face.ask(wire.RETURNS, wish, wire.ReturnsReply, key)
        if not isinstance(told, wire.ReturnsReply):
            return told
        if told.returns_key != key:
            return _FOREIGN
        return Noted() if told.noted else Refused(FaultCode.BILL_REFUSED, told.refused or "")

    def undo(self, key: str, hold_key: str, redress: Redress) -> Booking | Failure:
        wish = refunded_of(key, hold_key, redress)
        told = self._face.ask(paid_wire.REFUNDED, wish, paid_wire.RefundedReply, key)
        if not isinstance(told, paid_wire.RefundedReply):
            return told
        if told.refunded is None or told.refund_key != key:
            return _FOREIGN if told.refund_key != key else Refused(FaultCode.BILL_REFUSED, told.refused or "")
        return Booking(told.refunded, (), read_receipt(told.einvoice), told.einvoice_at)

    def paid(self, person: Person, since: date) -> PaidBills | Failure:
        query = paid_wire.PaidQuery(
            certno=person.certno.reveal(),
            psn_name=person.name.reveal(),
            psn_no=person.psn_no.reveal(),
            since=since.isoformat(),
            agent=_asker(person.agent) if person.agent else None,
            settled_by=self._settled_by,
        )
        told = self._ask(paid_wire.PAID, query, paid_wire.PaidBills)
        if not isinstance(told, paid_wire.PaidBills):
            return told
        try:
            return PaidBills(read_paid(told, person, since, self._profile, self._clock.now()))
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))


def _asker(agent: Agent) -> paid_wire.Asker:
    return paid_wire.Asker(name=agent.name.reveal(), certno=agent.number.reveal(), relation=agent.relation.value)


def _booking(
    key: str,
    hold_key: str,
    batch_no: str,
    settlement: Settlement,
    payment: Payment | None,
    prepaid: Prepaid | None,
) -> wire.Book:
    amounts = settlement.amounts
    return wire.Book(
        book_key=key,
        hold_key=hold_key,
        batch_no=batch_no,
        setl_id=settlement.setl_id,
        msgid=settlement.msgid,
        medfee_sumamt=amounts.medfee_sumamt.yuan(),
        fund_pay_sumamt=amounts.fund_pay_sumamt.yuan(),
        acct_pay=amounts.acct_pay.yuan(),
        psn_cash_pay=amounts.psn_cash_pay.yuan(),
        payments=(_paid(payment),) if payment else (),
        prepaid=prepaid_of(prepaid) if prepaid else None,
    )


def _ended(one: Return) -> wire.Ended:
    """Raises ValueError for one that has not ended: the window would pay out what may be back."""
    if not one.ended:
        raise ValueError("a return that has not ended")
    back = wire.Back.RETURNED if one.back is Back.RETURNED else wire.Back.WINDOW
    return wire.Ended(deposit_no=one.deposit.number, amount_fen=one.amount.fen, back=back)


def _paid(payment: Payment) -> wire.BookedPayment:
    return wire.BookedPayment(order=payment.order, amount_fen=payment.amount.fen, channel=payment.channel)


class HospitalSettings(Access):
    """Where the hospital's system is, and whether it also settles with the platform (`[settlement] driver = "his"`)."""

    settled_by: wire.Settler = Field(
        wire.Settler.KIOSK,
        description="谁与医保平台结算：kiosk 本机；his 由 HIS 或其医保前置，账单须由医院登记并上传",
    )
    contract: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,3}$")] = Field(
        "1.2",
        description="医院按 docs/his-interface.md 的哪一版实现；1.3 起查询的回音必须重复所答的查询，不重复的不用",
    )

    @property
    def repeats(self) -> bool:
        """Whether an answer that does not repeat its question is nobody's."""
        return tuple(int(figure) for figure in self.contract.split(".")) >= SINCE

    def remarks(self) -> Iterator[str]:
        if not self.repeats:
            yield (
                f'contract = "{self.contract}": 医院的回音不重复所答的查询，前置若把两个回音弄混，本机看不出来；'
                '医院实现 1.3 后请改成 "1.3" · answers repeat no question, so a front that crosses two of them goes '
                'unnoticed here; write "1.3" once the hospital follows it'
            )


def make(settings: HospitalSettings, host: Host) -> HospitalPort:
    """The hospital behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, FaultCode.HOSPITAL_UNREACHABLE, party.log)
    return HospitalFront(Face(line, party.profile.limits), settings.settled_by, party, repeats=settings.repeats)


DRIVER: Driver[HospitalPort] = Driver(settings=HospitalSettings, simulated=False, make=make)
