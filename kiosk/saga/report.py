"""What the patient's page may know of a settlement under way."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import Booking
from kiosk.faults import FaultCode
from kiosk.ports.hospital import Payment
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind


@dataclass(frozen=True, slots=True)
class QuoteReady:
    """Nothing is owed yet; the bill is held and waits for yes or no."""

    sid: str
    number: str
    quote: Quote


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
    """An answer is missing; it is being sought or undone."""

    sid: str
    number: str
    fault: FaultCode


@dataclass(frozen=True, slots=True)
class Completed:
    """Settled, paid and booked."""

    sid: str
    number: str
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


@dataclass(frozen=True, slots=True)
class Stuck:
    """Undoing failed too often: staff finish it, the number is on the slip."""

    sid: str
    number: str
    fault: FaultCode


Report = QuoteReady | AwaitingPayment | Paying | SettlingNow | Seeking | Completed | Undone | Stuck


def report_of(entry: Entry) -> Report | None:
    """What the patient may be told now; None while a quote is in the making.

    Once no money is anywhere any more it is over for the patient, though lines, registration and hold are still being
    given back behind the page.
    """
    match entry.course:
        case Course.FORWARD:
            return _forward(entry)
        case Course.UNDOING:
            fault = entry.fault or FaultCode.PAYMENT_UNKNOWN
            return _undone(entry) if entry.money_home else Seeking(entry.sid, entry.number, fault)
        case Course.MANUAL:
            stuck = Stuck(entry.sid, entry.number, FaultCode.STAFF_MUST_RESOLVE)
            return _completed(entry) or (_undone(entry) if entry.money_home else stuck)
        case Course.WATCHED | Course.CLOSED:
            return _completed(entry) or _undone(entry)


def _forward(entry: Entry) -> Report | None:
    if entry.booking is not None:
        return _completed(entry)
    if entry.settlement is not None and entry.failures > 0:  # also while it is asked again: a page must not flicker
        return Seeking(entry.sid, entry.number, FaultCode.BOOKING_UNKNOWN)
    if entry.accepted and entry.paid:
        return SettlingNow(entry.sid)
    if entry.order is not None:
        lost = entry.order.closing and entry.failures > 0
        return Seeking(entry.sid, entry.number, FaultCode.PAYMENT_UNKNOWN) if lost else Paying(entry.sid)
    if entry.accepted:
        return AwaitingPayment(entry.sid, entry.again)
    return QuoteReady(entry.sid, entry.number, entry.quote) if entry.quote else None


def payment_of(entry: Entry) -> Payment | None:
    """The collected own part as the hospital books it and the paper shows it."""
    if entry.order is None or not entry.collected:
        return None
    return Payment(entry.order.key, entry.collected, entry.order.channel)


def _completed(entry: Entry) -> Completed | None:
    if entry.settlement is None or entry.booking is None or entry.mark(ActKind.CANCEL) is Mark.DONE:
        return None
    return Completed(entry.sid, entry.number, entry.settlement, payment_of(entry), entry.booking)


def _undone(entry: Entry) -> Undone:
    returned = entry.collected if entry.mark(ActKind.REFUND) is Mark.DONE else None
    return Undone(entry.sid, entry.number, entry.fault, entry.reason, returned)
