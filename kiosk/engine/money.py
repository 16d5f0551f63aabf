"""`run_money`: the only caller of whatever moves money. Intent on disk, call, answer on disk.

Each act is prepared first, so that the journal holds its key and the digest of its bytes before the first byte leaves.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.handed import Handed
from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import Money, total
from kiosk.domain.personal import Voucher
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.sid import new_order
from kiosk.domain.visit import Booking, Redress
from kiosk.engine.holders import NO_CENTRES, Holders
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.confirming import ConfirmingPort
from kiosk.ports.hospital import Held, HospitalPort, Informed, Noted, Prepaid, Promised, Released
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, InsurerPort, Reviewing
from kiosk.ports.payment import Closed, Collected, PaidBack, PaymentPort, Pending, Shown, Way
from kiosk.ports.settlement import (
    Accepted,
    Prepared,
    Registered,
    SettledWrong,
    SettlementPort,
    SettleRequest,
    Standing,
)
from kiosk.saga.backwards import next_return
from kiosk.saga.entry import Entry, Order
from kiosk.saga.facts import ActKind, Answered, Fact, Intended, Verdict
from kiosk.saga.report import payment_of

_log = logging.getLogger(__name__)
_SETTLE_INFNO, _STAY_INFNO = "2207A", "2304"


@dataclass(frozen=True, slots=True)
class Parties:
    """The far parties of a settlement; `payments` by the site's names for them, in the order of its file. `holders`
    say whose a scanned code is; `confirming` takes doctors' confirmations, where they may give them here; `insurer` is
    how commercial insurers are reached.
    """

    settlement: SettlementPort
    hospital: HospitalPort
    payments: Mapping[str, PaymentPort]
    holders: Holders = NO_CENTRES
    confirming: ConfirmingPort | None = None
    insurer: InsurerPort | None = None

    def payment(self, method: str) -> PaymentPort:
        """The service behind a method. "" is how journals of one method call it, which was a scanned code.

        KeyError for a method that the site gave up while one of its orders is open: staff must bring it back.
        """
        if method:
            return self.payments[method]
        return next(port for port in self.payments.values() if port.way is Way.SCANNED)

    @property
    def deposits(self) -> PaymentPort:
        """The service that gives deposits back: the hospital names orders of the one that collects by code, and no
        card terminal takes back what was paid elsewhere.
        """
        ports = list(self.payments.values())
        return next((port for port in ports if port.way is not Way.TERMINAL), ports[0])


@dataclass(frozen=True, slots=True)
class Call:
    """One act ready to go: the key that leaves, a digest of its bytes, and the sending itself."""

    act: ActKind
    key: str
    send: Callable[[], Answer]
    digest: str = ""
    amount: Money | None = None
    method: str = ""
    patience: float | None = None


Answer = (
    NotSent
    | Refused
    | Unknown
    | Accepted
    | Registered
    | Quote
    | Settlement
    | SettledWrong
    | Standing
    | Held
    | Released
    | Noted
    | Booking
    | Collected
    | Pending
    | Shown
    | Closed
    | PaidBack
    | Pledge
    | ClaimPaid
    | Reviewing
    | Informed
    | Handed
)


def run_money(call: Call, note: Callable[[Fact], None]) -> None:
    """Note the intent (on disk when `note` returns), call, note the answer.

    When the intent cannot be noted nothing is called and the error goes to the caller. A defect in an adapter counts
    as unknown: bytes may have left.
    """
    note(Intended(call.act, call.key, call.digest, call.amount, method=call.method, patience=call.patience))
    try:
        answer = call.send()
    except Exception:  # noqa: BLE001 - whatever it is, bytes may have left
        _log.exception("adapter failed", extra={"act": call.act})
        answer = Unknown(FaultCode.REPLY_BROKEN, "defect")
    note(answered(call.act, answer))


def answered(act: ActKind, answer: Answer) -> Answered:  # noqa: C901, PLR0911, PLR0912 - one arm an answer
    """An adapter's answer as a fact of the saga."""
    match answer:
        case NotSent(fault):
            return Answered(act, Verdict.NOT_SENT, fault)
        case Refused(fault, reason):
            return Answered(act, Verdict.NO, fault, reason)
        case Unknown(fault, why):
            return Answered(act, Verdict.UNKNOWN, fault, why)
        case SettledWrong(_, broken):
            return Answered(act, Verdict.WRONG, FaultCode.SETTLEMENT_WRONG, ",".join(broken))
        case Pending() | Reviewing():
            return Answered(act, Verdict.PENDING)
        case Shown(code):
            return Answered(act, Verdict.PENDING, show=code)
        case Registered(mdtrt_id):
            return Answered(act, Verdict.YES, mdtrt_id=mdtrt_id)
        case Quote():
            return Answered(act, Verdict.YES, quote=answer)
        case Settlement():
            return Answered(act, Verdict.YES, settlement=answer)
        case Booking():
            return Answered(act, Verdict.YES, booking=answer)
        case Standing(stands):
            return Answered(act, Verdict.YES, stands=stands)
        case Collected(_, amount, channel, _):
            return Answered(act, Verdict.YES, channel=channel, amount=amount)
        case Pledge():
            return Answered(act, Verdict.YES, pledge=answer)
        case ClaimPaid(number):
            return Answered(act, Verdict.YES, claim=number)
        case Handed():
            return Answered(act, Verdict.YES, handed=answer)
        case Informed(owed):
            return Answered(act, Verdict.YES, owed=owed)
        case Accepted(terms):
            return Answered(act, Verdict.YES, terms=terms)
        case Held() | Released() | Noted() | Closed() | PaidBack():
            return Answered(act, Verdict.YES)


def prepare(act: ActKind, entry: Entry, parties: Parties, hold_seconds: int) -> Call:
    """The call for an act the saga asked for; COLLECT needs its patient and is made by `prepare_collect`."""
    if act in _TRANSACTIONS:
        return _transaction(act, _TRANSACTIONS[act](entry, parties.settlement), parties.settlement)
    return _KEYED[act](entry, parties, hold_seconds)


def prepare_collect(entries: Sequence[Entry], parties: Parties, method: str, code: Voucher | None) -> Call:
    """A new order for the own parts of these bills, as one sum; a code that was scanned is in memory only."""
    order, amount = new_order(), total(entry.own_part for entry in entries)
    subject, port = entries[0].plan.batch.batch_no, parties.payment(method)
    return Call(
        ActKind.COLLECT,
        order,
        lambda: port.collect(order, amount, code, subject),
        _digest(order, amount),
        amount,
        method,
        port.patience,
    )


def parted(fact: Fact, entry: Entry, place: int) -> Fact:
    """What is known of a payment, as the settlement in that place among those that share it notes it."""
    if not isinstance(fact, Intended):
        return fact
    return replace(fact, amount=entry.own_part, whole=fact.amount, place=place)


def _digest(key: str, amount: Money) -> str:
    return hashlib.sha256(f"{key}:{amount.fen}".encode()).hexdigest()


def _transaction(act: ActKind, prepared: Prepared, port: SettlementPort) -> Call:
    sender: dict[ActKind, Callable[[Prepared], Answer]] = {
        ActKind.REGISTER: port.register,
        ActKind.QUOTE: port.quote,
        ActKind.SETTLE: port.settle,
        ActKind.QUERY_SETTLEMENT: port.standing,
        ActKind.QUERY_PAID: port.standing,
    }
    send = sender.get(act, port.accept)
    return Call(act, prepared.msgid, lambda: send(prepared), hashlib.sha256(prepared.body).hexdigest())


def _request(entry: Entry) -> SettleRequest:
    plan = entry.plan
    uses = (plan.use_account, plan.use_family)
    return SettleRequest(plan.person, plan.insurance, plan.batch, entry.mdtrt_id or "", *uses)


def _quoted(entry: Entry) -> Quote:
    if entry.quote is None:
        raise ValueError("settling without a quote")
    return entry.quote


def _settled(entry: Entry) -> Settlement:
    """Ours, or that of the phone which began the bill: then it is only booked."""
    settlement = entry.settlement or entry.plan.batch.ordered
    if settlement is None:
        raise ValueError("no settlement")
    return settlement


def _home_area(entry: Entry) -> str:
    return entry.plan.insurance.insuplc_admdvs


def _stays(entry: Entry) -> bool:
    return entry.plan.batch.stay is not None


def _reverse(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no = entry.plan.person.psn_no
    infno = _STAY_INFNO if _stays(entry) else _SETTLE_INFNO
    return port.prepare_reverse(psn_no, entry.settle_msgid, infno, insuplc_admdvs=_home_area(entry))


def _cancel(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no, setl_id = entry.plan.person.psn_no, _settled(entry).setl_id
    area, stay = _home_area(entry), _stays(entry)
    return port.prepare_cancel(psn_no, entry.mdtrt_id or "", setl_id, insuplc_admdvs=area, stay=stay)


def _query_settlement(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no, setl_id = entry.plan.person.psn_no, _settled(entry).setl_id
    return port.prepare_query(psn_no, entry.mdtrt_id or "", setl_id, insuplc_admdvs=_home_area(entry))


def _redress(entry: Entry) -> Redress:
    redress = entry.plan.batch.redress
    if redress is None:
        raise ValueError("nothing that was paid is taken back")
    return redress


def _cancel_paid(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no, old = entry.plan.person.psn_no, _redress(entry)
    return port.prepare_cancel(psn_no, old.mdtrt_id, old.setl_id, insuplc_admdvs=_home_area(entry))


def _query_paid(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no, old = entry.plan.person.psn_no, _redress(entry)
    return port.prepare_query(psn_no, old.mdtrt_id, old.setl_id, insuplc_admdvs=_home_area(entry))


def _withdraw(entry: Entry, port: SettlementPort) -> Prepared:
    return port.prepare_withdraw(entry.plan.person.psn_no, entry.mdtrt_id or "", insuplc_admdvs=_home_area(entry))


def _deregister(entry: Entry, port: SettlementPort) -> Prepared:
    psn_no, visit_no = entry.plan.person.psn_no, entry.plan.batch.visit_no
    return port.prepare_deregister(psn_no, entry.mdtrt_id or "", visit_no, insuplc_admdvs=_home_area(entry))


_TRANSACTIONS: dict[ActKind, Callable[[Entry, SettlementPort], Prepared]] = {
    ActKind.REGISTER: lambda e, p: p.prepare_register(e.plan.person, e.plan.insurance, e.plan.batch),
    ActKind.DESCRIBE: lambda e, p: p.prepare_describe(_request(e)),
    ActKind.UPLOAD: lambda e, p: p.prepare_upload(_request(e)),
    ActKind.QUOTE: lambda e, p: p.prepare_quote(_request(e)),
    ActKind.SETTLE: lambda e, p: p.prepare_settle(_request(e), _quoted(e)),
    ActKind.REVERSE: _reverse,
    ActKind.WATCH: _reverse,
    ActKind.CANCEL: _cancel,
    ActKind.QUERY_SETTLEMENT: _query_settlement,
    ActKind.CANCEL_PAID: _cancel_paid,
    ActKind.QUERY_PAID: _query_paid,
    ActKind.WITHDRAW: _withdraw,
    ActKind.DEREGISTER: _deregister,
}


def _hold(entry: Entry, parties: Parties, seconds: int) -> Call:
    return _holding(ActKind.HOLD, entry, parties, seconds, taken_back=entry.plan.batch.handed is not None)


def _renew(entry: Entry, parties: Parties, seconds: int) -> Call:
    """The same hold by the same key: the hospital prolongs it."""
    return _holding(ActKind.RENEW, entry, parties, seconds)


def _holding(act: ActKind, entry: Entry, parties: Parties, seconds: int, *, taken_back: bool = False) -> Call:
    key, batch = entry.hold_key, entry.plan.batch.batch_no
    return Call(act, key, lambda: parties.hospital.hold(key, batch, seconds, taken_back=taken_back))


def _release(entry: Entry, parties: Parties, _seconds: int) -> Call:
    key, batch = entry.hold_key, entry.plan.batch.batch_no
    return Call(ActKind.RELEASE, key, lambda: parties.hospital.release(key, batch))


def _book(entry: Entry, parties: Parties, _seconds: int) -> Call:
    batch, settlement, payment = entry.plan.batch.batch_no, _settled(entry), payment_of(entry)
    prepaid = _prepaid(entry) if entry.plan.batch.prepaid or _stays(entry) else None
    key, hold_key, send, promised = entry.book_key, entry.hold_key, parties.hospital.book, _promised(entry)
    return Call(ActKind.BOOK, key, lambda: send(key, hold_key, batch, settlement, payment, prepaid, promised))


def _prepaid(entry: Entry) -> Prepaid:
    return Prepaid(entry.cover.used, entry.planned_returns)


def _promised(entry: Entry) -> Promised | None:
    claim, deferred = Claim(entry.pledge) if entry.pledge else None, entry.cover.deferred
    return Promised(claim, entry.claim_key, deferred) if claim or deferred else None


def _insurer(parties: Parties) -> InsurerPort:
    """ValueError where the site gave it up while one of its claims is open: staff must bring it back."""
    if parties.insurer is None:
        raise ValueError("no insurer is set up")
    return parties.insurer


def _ask_insurer(entry: Entry, parties: Parties, _seconds: int) -> Call:
    batch, policy = entry.plan.batch, entry.plan.batch.policy
    if policy is None:
        raise ValueError("a bill without a policy")
    amounts, key, send = _quoted(entry).amounts, entry.claim_key, _insurer(parties).quote
    request = ClaimRequest(entry.plan.person, policy, batch.batch_no, batch.med_type, amounts, entry.consent)
    return Call(ActKind.ASK_INSURER, key, lambda: send(key, request), _digest(key, amounts.psn_cash_pay))


def _claim_of(entry: Entry) -> Claim:
    if entry.claim is None:
        raise ValueError("no claim")
    return entry.claim


def _claim(entry: Entry, parties: Parties, _seconds: int) -> Call:
    """Under the key of its quote, so that a repeat after any crash is the same claim."""
    pledge, batch_no, settlement = _claim_of(entry).pledge, entry.plan.batch.batch_no, _settled(entry)
    key, amount, send = entry.claim_key, _claim_of(entry).pledge.amount, _insurer(parties).settle
    digest = _digest(f"{key}:{settlement.setl_id}", amount)
    return Call(ActKind.CLAIM, key, lambda: send(key, pledge, batch_no, settlement), digest, amount)


def _report_claim(entry: Entry, parties: Parties, _seconds: int) -> Call:
    """With what deposits pay and give back now, where the insurer pays nothing and there are any."""
    key, batch_no, claim = entry.claim_key, entry.plan.batch.batch_no, _claim_of(entry)
    prepaid = _prepaid(entry) if claim.outcome is Outcome.REFUSED and entry.plan.batch.prepaid else None
    return Call(ActKind.REPORT_CLAIM, key, lambda: parties.hospital.report_claim(key, batch_no, claim, prepaid))


def _take_deposit(entry: Entry, parties: Parties, _seconds: int) -> Call:
    payment = payment_of(entry)
    if payment is None:
        raise ValueError("a deposit that was not paid")
    key, hold_key, batch = entry.book_key, entry.hold_key, entry.plan.batch.batch_no
    send = parties.hospital.take_deposit
    return Call(
        ActKind.TAKE_DEPOSIT,
        key,
        lambda: send(key, hold_key, batch, payment),
        _digest(f"{key}:{payment.order}", payment.amount),
        payment.amount,
    )


def _return_deposit(entry: Entry, parties: Parties, _seconds: int) -> Call:
    back = next_return(entry)
    if back is None:
        raise ValueError("no deposit to return")
    order, key, amount = back.deposit.order, back.key, back.amount
    send = parties.deposits.refund
    return Call(ActKind.RETURN_DEPOSIT, key, lambda: send(order, key, amount), _digest(key, amount), amount)


def _report_returns(entry: Entry, parties: Parties, _seconds: int) -> Call:
    key, batch, returns = entry.returns_key, entry.plan.batch.batch_no, entry.returns
    return Call(ActKind.REPORT_RETURNS, key, lambda: parties.hospital.report_returns(key, batch, returns))


def _hand_over(entry: Entry, parties: Parties, _seconds: int) -> Call:
    key, hold_key, batch = entry.hand_key, entry.hold_key, entry.plan.batch.batch_no
    return Call(ActKind.HAND_OVER, key, lambda: parties.hospital.hand_over(key, hold_key, batch))


def _unbook(entry: Entry, parties: Parties, _seconds: int) -> Call:
    key, hold_key, redress, send = entry.unbook_key, entry.hold_key, _redress(entry), parties.hospital.undo
    return Call(ActKind.UNBOOK, key, lambda: send(key, hold_key, redress))


def _order(entry: Entry) -> Order:
    if entry.order is None:
        raise ValueError("no order")
    return entry.order


def _query_payment(entry: Entry, parties: Parties, _seconds: int) -> Call:
    order, port = _order(entry).key, parties.payment(_order(entry).method)
    return Call(ActKind.QUERY_PAYMENT, order, lambda: port.query(order))


def _close_payment(entry: Entry, parties: Parties, _seconds: int) -> Call:
    order, port = _order(entry).key, parties.payment(_order(entry).method)
    return Call(ActKind.CLOSE_PAYMENT, order, lambda: port.close(order))


def _refund(entry: Entry, parties: Parties, _seconds: int) -> Call:
    return _returning(ActKind.REFUND, _order(entry), parties)


def _watch_payment(entry: Entry, parties: Parties, _seconds: int) -> Call:
    order, port = entry.closed_orders[0].key, parties.payment(entry.closed_orders[0].method)
    return Call(ActKind.WATCH_PAYMENT, order, lambda: port.query(order))


def _return_late(entry: Entry, parties: Parties, _seconds: int) -> Call:
    return _returning(ActKind.RETURN_LATE, entry.closed_orders[0], parties)


def _returning(act: ActKind, order: Order, parties: Parties) -> Call:
    key, refund, amount = order.key, order.refund_key, order.amount
    send = parties.payment(order.method).refund
    return Call(act, refund, lambda: send(key, refund, amount), _digest(refund, amount), amount)


def _find_settlement(entry: Entry, parties: Parties, _seconds: int) -> Call:
    request, key = _request(entry), entry.settle_msgid
    return Call(ActKind.FIND_SETTLEMENT, key, lambda: parties.settlement.look_up(request, key))


_KEYED: dict[ActKind, Callable[[Entry, Parties, int], Call]] = {
    ActKind.HOLD: _hold,
    ActKind.RENEW: _renew,
    ActKind.RELEASE: _release,
    ActKind.FIND_SETTLEMENT: _find_settlement,
    ActKind.BOOK: _book,
    ActKind.QUERY_PAYMENT: _query_payment,
    ActKind.CLOSE_PAYMENT: _close_payment,
    ActKind.REFUND: _refund,
    ActKind.WATCH_PAYMENT: _watch_payment,
    ActKind.RETURN_LATE: _return_late,
    ActKind.RETURN_DEPOSIT: _return_deposit,
    ActKind.REPORT_RETURNS: _report_returns,
    ActKind.TAKE_DEPOSIT: _take_deposit,
    ActKind.ASK_INSURER: _ask_insurer,
    ActKind.CLAIM: _claim,
    ActKind.REPORT_CLAIM: _report_claim,
    ActKind.UNBOOK: _unbook,
    ActKind.HAND_OVER: _hand_over,
}
