"""What the patient's page may know of the settlements under way.

One page may be about several bills: each is a settlement of its own, and `report_of_all` says in one word where they
are together. A bill that failed never hides what became of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kiosk.domain.money import Money, total
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import Booking
from kiosk.faults import FaultCode
from kiosk.ports.hospital import Payment
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind


@dataclass(frozen=True, slots=True)
class QuotedBill:
    """One bill that is held and quoted; nothing is owed yet."""

    sid: str
    number: str
    batch_no: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class SettledBill:
    """One bill settled, paid and booked."""

    sid: str
    number: str
    batch_no: str
    settlement: Settlement
    payment: Payment | None
    booking: Booking


@dataclass(frozen=True, slots=True)
class Undone:
    """Over without a settlement: nothing was taken, or all of it went back (`returned`).

    `fault` None: the patient declined.
    """

    sid: str
    number: str
    fault: FaultCode | None
    reason: str = ""
    returned: Money | None = None
    batch_no: str = ""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Undoing failed too often: staff finish it, the number is on the slip."""

    sid: str
    number: str
    fault: FaultCode
    batch_no: str = ""


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
    """Confirmed; a payment code is wanted. `again` is why the last one did not do."""

    sid: str
    again: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class Paying:
    """The payment service works on it."""

    sid: str


@dataclass(frozen=True, slots=True)
class SettlingNow:
    sid: str


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


Report = QuoteReady | AwaitingPayment | Paying | SettlingNow | Seeking | Completed | Undone | Stuck
ReportT = TypeVar("ReportT")


def report_of_all(entries: Sequence[Entry]) -> Report | None:
    """What the patient may be told now of the bills of one page; None while a quote is in the making.

    What still moves comes before what is over; among what moves, the payment, because all of them wait for it.
    """
    reports = [report_of(entry) for entry in entries]
    told = [report for report in reports if report is not None]
    if len(told) < len(reports) or not told:
        return None
    quoted = _of(QuoteReady, told)
    for kind in (_of(Paying, told), _of(AwaitingPayment, told), _of(SettlingNow, told)):
        if kind:  # one word for all, whichever moves; none while the yes is still noted for one after the other
            return None if quoted else replace(kind[0], sid=entries[0].sid)
    if quoted:
        return QuoteReady(tuple(bill for one in quoted for bill in one.quotes), tuple(_of(Undone, told)))
    settled = tuple(bill for one in _of(Completed, told) for bill in one.settled)
    if sought := _of(Seeking, told):
        first = sought[0]
        return Seeking(first.sid, first.number, first.fault, first.batch_no, settled)
    return _ended(told, settled)


def _of(kind: type[ReportT], reports: Sequence[Report]) -> list[ReportT]:
    return [report for report in reports if isinstance(report, kind)]


def _ended(reports: Sequence[Report], settled: tuple[SettledBill, ...]) -> Report:
    undone, stuck = tuple(_of(Undone, reports)), tuple(_of(Stuck, reports))
    if settled:
        return Completed(settled, undone, stuck)
    if stuck:
        return stuck[0]
    first = next((one for one in undone if one.fault), undone[0])
    returned = [one.returned for one in undone if one.returned is not None]
    whole = total(returned) if returned else None
    return Undone(first.sid, first.number, first.fault, first.reason, whole, first.batch_no)


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
            return _completed(entry) or (_undone(entry) if entry.money_home else stuck)
        case Course.WATCHED | Course.CLOSED:
            return _completed(entry) or _undone(entry)


def _forward(entry: Entry) -> Report | None:
    if entry.booking is not None:
        return _completed(entry)
    if entry.settlement is not None and entry.failures > 0:  # also while it is asked again: a page must not flicker
        return _seeking(entry, FaultCode.BOOKING_UNKNOWN)
    if entry.mark(ActKind.SETTLE) is Mark.UNKNOWN:
        return _seeking(entry, FaultCode.SETTLEMENT_UNKNOWN)
    if entry.accepted and entry.paid:
        return SettlingNow(entry.sid)
    if entry.order is not None:
        lost = entry.order.closing and entry.failures > 0
        return _seeking(entry, FaultCode.PAYMENT_UNKNOWN) if lost else Paying(entry.sid)
    if entry.accepted:
        return AwaitingPayment(entry.sid, entry.again)
    if entry.quote is None:
        return None
    return QuoteReady((QuotedBill(entry.sid, entry.number, entry.plan.batch.batch_no, entry.quote),))


def _seeking(entry: Entry, fault: FaultCode) -> Seeking:
    return Seeking(entry.sid, entry.number, fault, entry.plan.batch.batch_no)


def payment_of(entry: Entry) -> Payment | None:
    """The collected own part as the hospital books it and the paper shows it."""
    if entry.order is None or not entry.collected:
        return None
    return Payment(entry.order.key, entry.collected, entry.order.channel)


def _completed(entry: Entry) -> Completed | None:
    if entry.settlement is None or entry.booking is None or entry.mark(ActKind.CANCEL) is Mark.DONE:
        return None
    batch_no = entry.plan.batch.batch_no
    bill = SettledBill(entry.sid, entry.number, batch_no, entry.settlement, payment_of(entry), entry.booking)
    return Completed((bill,))


def _undone(entry: Entry) -> Undone:
    returned = entry.collected if entry.mark(ActKind.REFUND) is Mark.DONE else None
    return Undone(entry.sid, entry.number, entry.fault, entry.reason, returned, entry.plan.batch.batch_no)


def own_part(quotes: Sequence[QuotedBill]) -> Money:
    """What one payment for these bills asks for: the platform's own cash parts, added up."""
    return total(bill.quote.amounts.psn_cash_pay for bill in quotes)
