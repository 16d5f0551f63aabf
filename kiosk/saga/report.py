"""What the patient's page may know of a settlement under way."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import Booking
from kiosk.faults import FaultCode
from kiosk.ports.hospital import Payment


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
    """Over without a settlement: nothing was taken, or all of it went back (`returned`). `fault` None: the patient declined."""

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
