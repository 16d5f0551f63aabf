"""What the patient's page may know of the settlements under way.

One page may be about several bills: each is a settlement of its own, and `combine` says in one word where they
are together. A bill that failed never hides what became of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kiosk.domain.handed import Handed
from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.stay import Return
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports.hospital import Payment
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind


@dataclass(frozen=True, slots=True)
class QuotedBill:
    """One bill that is held and quoted; nothing is owed yet. Of a deposit or a refund there is no quote.

    `pledge` is what an insurer would pay of it, `unpledged` why one that was asked would not.
    """

    sid: str
    number: str
    batch_no: str
    quote: Quote | None
    pledge: Pledge | None = None
    unpledged: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class SettledBill:
    """One bill settled, paid and booked, or one deposit taken: then there is no settlement.

    `returns` is what a stay's deposits left over, and where each of that is; `claim` what an insurer has a part in,
    `owed` what the hospital asks for where it refused and `refused` how much of its part nobody has paid then, which is
    nothing where a stay's deposits were enough. `unbooked` is the hospital's word that a paid bill is undone, of
    which this is the rest; without a settlement nothing is left of it, and `booking` is the same.
    """

    sid: str
    number: str
    batch_no: str
    settlement: Settlement | None
    payment: Payment | None
    booking: Booking
    returns: tuple[Return, ...] = ()
    claim: Claim | None = None
    owed: FeeBatch | None = None
    refused: Money = ZERO
    unbooked: Booking | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """Over without a settlement: nothing was taken, or all of it went back (`returned`).

    `fault` None: the patient declined. `returns` is what was collected for a bill that was paid before, when its
    settlement is cancelled and nothing was settled anew; `unbooked` as above.
    """

    sid: str
    number: str
    fault: FaultCode | None
    reason: str = ""
    returned: Money | None = None
    batch_no: str = ""
    returns: tuple[Return, ...] = ()
    unbooked: Booking | None = None


@dataclass(frozen=True, slots=True)
class OnPhone:
    """Nothing was taken here: the bill waits on its patient's phone."""

    sid: str
    number: str
    handed: Handed
    batch_no: str = ""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Undoing failed too often: staff finish it, the number is on the slip.

    `others` are bills of the same page that ended the same way.
    """

    sid: str
    number: str
    fault: FaultCode
    batch_no: str = ""
    others: tuple[Stuck, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteReady:
    """Nothing is owed yet; the bills are held and wait for yes or no. `undone` could not be quoted."""

    quotes: tuple[QuotedBill, ...]
    undone: tuple[Undone, ...] = ()

    @property
    def sid(self) -> str:
        return self.quotes[0].sid


@dataclass(frozen=True, slots=True)
class AwaitingPayment:
    """Confirmed; a payment code is wanted. `again` is why the last one did not do.

    `wanted` are the settlements it would pay for, when these are not all of the page's.
    """

    sid: str
    again: FaultCode | None = None
    wanted: tuple[str, ...] = ()
    settled: tuple[SettledBill, ...] = ()
    undone: tuple[Undone, ...] = ()


@dataclass(frozen=True, slots=True)
class Paying:
    """The payment service works on it. `show` is the code that a phone must scan for it, where there is one."""

    sid: str
    settled: tuple[SettledBill, ...] = ()
    show: str = ""


@dataclass(frozen=True, slots=True)
class SettlingNow:
    """2207A or the booking is under way. `settled` are bills of the same page that are done."""

    sid: str
    settled: tuple[SettledBill, ...] = ()


@dataclass(frozen=True, slots=True)
class Seeking:
    """An answer is missing; it is being sought or undone. `settled` are bills of the same page that are all right."""

    sid: str
    number: str
    fault: FaultCode
    batch_no: str = ""
    settled: tuple[SettledBill, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """All that will come of it: at least one bill is settled, paid and booked; the others are undone or staff's."""

    settled: tuple[SettledBill, ...]
    undone: tuple[Undone, ...] = ()
    stuck: tuple[Stuck, ...] = ()

    @property
    def sid(self) -> str:
        return self.settled[0].sid


Report = QuoteReady | AwaitingPayment | Paying | SettlingNow | Seeking | Completed | OnPhone | Undone | Stuck
ReportT = TypeVar("ReportT")


def combine(reports: Sequence[Report | None]) -> Report | None:
    """What the patient may be told now of all bills of one page; None while one of them has nothing to tell yet.

    What still moves comes before what is over; among what moves, the payment, because all of them wait for it.
    """
    told = [report for report in reports if report is not None]
    if len(told) < len(reports) or not told:
        return None
    settled = tuple(bill for one in _of(Completed, told) for bill in one.settled)
    if (quoted := _of(QuoteReady, told)) and not _moving(told):
        return QuoteReady(tuple(bill for one in quoted for bill in one.quotes), tuple(_of(Undone, told)))
    if quoted:  # the yes is still noted for one after the other
        return None
    return _of_what_moves(told, settled) or _ended(told, settled)


def _moving(reports: Sequence[Report]) -> bool:
    return any(isinstance(report, Paying | AwaitingPayment | SettlingNow) for report in reports)


def _of_what_moves(told: Sequence[Report], settled: tuple[SettledBill, ...]) -> Report | None:
    """An order in doubt comes before the wish for a code: it may be paid, and nobody shall be asked to pay twice."""
    sid = told[0].sid
    if paying := _of(Paying, told):
        return Paying(sid, settled, paying[0].show)
    sought = _of(Seeking, told)
    if unpaid := [one for one in sought if one.fault is FaultCode.PAYMENT_UNKNOWN]:
        return replace(unpaid[0], settled=settled)
    if wanting := _of(AwaitingPayment, told):
        wanted = tuple(one.sid for one in wanting) if len(wanting) < len(told) else ()
        return AwaitingPayment(wanting[0].sid, wanting[0].again, wanted, settled, tuple(_of(Undone, told)))
    if _of(SettlingNow, told):
        return SettlingNow(sid, settled)
    return replace(sought[0], settled=settled) if sought else None


def _of(kind: type[ReportT], reports: Sequence[Report]) -> list[ReportT]:
    return [report for report in reports if isinstance(report, kind)]


def _ended(reports: Sequence[Report], settled: tuple[SettledBill, ...]) -> Report:
    undone, stuck = tuple(_of(Undone, reports)), tuple(_of(Stuck, reports))
    if settled:
        return Completed(settled, undone, stuck)
    if stuck:
        return replace(stuck[0], others=stuck[1:])
    if handed := _of(OnPhone, reports):  # one bill at a time goes there
        return handed[0]
    first = next((one for one in undone if one.fault), undone[0])
    returned = [one.returned for one in undone if one.returned is not None]
    whole = total(returned) if returned else None
    return replace(first, returned=whole, returns=tuple(back for one in undone for back in one.returns))


def report_of(entry: Entry) -> Report | None:
    """What the patient may be told of one bill now.

    Once no money is anywhere any more it is over for the patient, though lines, registration and hold are still being
    given back behind the page.
    """
    match entry.course:
        case Course.FORWARD:
            return _forward(entry)
        case Course.UNDOING:
            return _undone(entry) if entry.money_home else _seeking(entry, entry.fault or FaultCode.PAYMENT_UNKNOWN)
        case Course.MANUAL:
            stuck = Stuck(entry.sid, entry.number, FaultCode.STAFF_MUST_RESOLVE, entry.plan.batch.batch_no)
            home = entry.harmless
            return _completed(entry) or (_undone(entry) if home else stuck)
        case Course.WATCHED | Course.CLOSED:
            return _completed(entry) or _on_phone(entry) or _undone(entry)


def _forward(entry: Entry) -> Report | None:
    if entry.booking is not None or (entry.takes_back and entry.unbooked is not None):
        return _completed(entry) if entry.returns_told and entry.claim_told else SettlingNow(entry.sid)
    if entry.settlement is not None and entry.failures > 0:  # also while it is asked again: a page must not flicker
        return _seeking(entry, FaultCode.BOOKING_UNKNOWN)
    if entry.taking and entry.failures > 0:
        return _seeking(entry, FaultCode.DEPOSIT_UNKNOWN if entry.is_deposit else FaultCode.BOOKING_UNKNOWN)
    if entry.mark(ActKind.SETTLE) is Mark.UNKNOWN:
        return _seeking(entry, FaultCode.SETTLEMENT_UNKNOWN)
    if entry.accepted and entry.plan.batch.redress is not None:
        return _seeking(entry, FaultCode.REFUND_UNKNOWN) if entry.failures else SettlingNow(entry.sid)
    if entry.handing:
        return _handing(entry)
    if entry.accepted and entry.paid:
        return SettlingNow(entry.sid)
    if entry.order is not None:
        lost = entry.order.closing and entry.failures > 0
        paying = Paying(entry.sid, show="" if entry.order.closing else entry.order.show)
        return _seeking(entry, FaultCode.PAYMENT_UNKNOWN) if lost else paying
    if entry.accepted:
        return AwaitingPayment(entry.sid, entry.again)
    if entry.quote is None and not _ready(entry):
        return None
    if entry.asks_insurer:
        return None
    batch_no = entry.plan.batch.batch_no
    return QuoteReady((QuotedBill(entry.sid, entry.number, batch_no, entry.quote, entry.pledge, entry.unpledged),))


def _handing(entry: Entry) -> Report:
    """An order that is not known to be closed comes first: it may be paid."""
    if entry.order is not None and entry.failures:
        return _seeking(entry, FaultCode.PAYMENT_UNKNOWN)
    if entry.handed_maybe and entry.failures:
        return _seeking(entry, FaultCode.PHONE_UNKNOWN)
    return _on_phone(entry) or Paying(entry.sid)


def _on_phone(entry: Entry) -> OnPhone | None:
    return OnPhone(entry.sid, entry.number, entry.handed, entry.plan.batch.batch_no) if entry.handed else None


def _ready(entry: Entry) -> bool:
    """Whether the patient may be asked without a quote: about a deposit, or about a refund that can be reported."""
    held = entry.mark(ActKind.HOLD) is Mark.DONE
    if entry.plan.batch.redress is None or entry.takes_back:
        return held and (entry.is_deposit or entry.takes_back)
    reported = entry.plan.batch.uploaded or entry.mark(ActKind.UPLOAD) is Mark.DONE
    return held and entry.mdtrt_id is not None and reported


def _seeking(entry: Entry, fault: FaultCode) -> Seeking:
    """Of a paid bill that is being taken back the money is owed to its patient, whatever is missing."""
    fault = FaultCode.REFUND_UNKNOWN if entry.undoing_paid else fault
    return Seeking(entry.sid, entry.number, fault, entry.plan.batch.batch_no)


def payment_of(entry: Entry) -> Payment | None:
    """The collected own part as the hospital books it and the paper shows it."""
    if entry.order is None or not entry.collected:
        return None
    return Payment(entry.order.key, entry.collected, entry.order.channel)


def _completed(entry: Entry) -> Completed | None:
    booking = entry.unbooked if entry.takes_back else entry.booking
    if booking is None or entry.mark(ActKind.CANCEL) is Mark.DONE:
        return None
    if entry.settlement is None and not (entry.is_deposit or entry.takes_back):
        return None
    batch_no = entry.plan.batch.batch_no
    payment, returns = payment_of(entry), entry.returns
    bill = SettledBill(entry.sid, entry.number, batch_no, entry.settlement, payment, booking, returns)
    refused = entry.cover.insurer if entry.claim is not None and entry.claim.outcome is Outcome.REFUSED else ZERO
    return Completed((replace(bill, claim=entry.claim, owed=entry.owed, refused=refused, unbooked=entry.unbooked),))


def _undone(entry: Entry) -> Undone:
    returned = entry.collected if entry.mark(ActKind.REFUND) is Mark.DONE else None
    undone = Undone(entry.sid, entry.number, entry.fault, entry.reason, returned, entry.plan.batch.batch_no)
    if entry.unbooked is None:
        return undone
    back = total(one.amount for one in entry.returns)
    return replace(undone, returned=back, returns=entry.returns, unbooked=entry.unbooked)
