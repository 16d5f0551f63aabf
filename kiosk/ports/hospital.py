"""The hospital's own system: what is unpaid, who holds it, and that it was booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.domain.admission import Admission, AdmissionOrder, Seen
from kiosk.domain.handed import Handed
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.insurer import Claim
from kiosk.domain.money import Money
from kiosk.domain.personal import Particular, Voucher
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Return
from kiosk.domain.visit import Booking, FeeBatch, FeeLine, Redress
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class Bills:
    """The person's unpaid bills, oldest first; empty when there is nothing to pay."""

    batches: tuple[FeeBatch, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Numbers under which the hospital knows whoever a code was printed for: keys to look under, and no identity."""

    numbers: tuple[Particular, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The bill is ours until it is booked or released, or the hold runs out with no payment open."""

    hold_id: str


@dataclass(frozen=True, slots=True)
class Released:
    """The bill is free again; also the answer when it was never held."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A collected own part, as the hospital books it."""

    order: str
    amount: Money
    channel: str


@dataclass(frozen=True, slots=True)
class Prepaid:
    """What a stay's deposits have to do with its booking: `used` of them pay, `returns` go back.

    From the booking on the hospital keeps the sums of `returns` for the kiosk, and pays none of them out at a window
    before `report_returns` says so; those without an order are its window's at once.
    """

    used: Money
    returns: tuple[Return, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What of psn_cash_pay nobody has paid when a bill is booked: an insurer's part, whose claim bears this key, and
    what the hospital lets wait.
    """

    claim: Claim | None
    key: str
    deferred: Money


@dataclass(frozen=True, slots=True)
class Noted:
    """The hospital knows where each deposit's surplus is."""


@dataclass(frozen=True, slots=True)
class Informed:
    """The hospital knows how a claim ended. `owed` is what it asks the patient for where the insurer refused."""

    owed: FeeBatch | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """Stays that were ordered for the person and are not registered yet, newest first."""

    orders: tuple[AdmissionOrder, ...]


class Till(StrEnum):
    """Where a bill was paid."""

    KIOSK = "kiosk"
    PHONE = "phone"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Refundable:
    """What the hospital takes back of a bill, under its approval number: never more than it has marked.

    `reasons` are its own sentences why a window alone can pay it back. `again` is what a kiosk settles to do it
    itself, with what it cancels first: the rest of the bill, or the bill where nothing of it stays. `too_old`: it could
    but for the age of a payment, which its channel does not take back any more.
    """

    number: str
    lines: tuple[FeeLine, ...]
    total: Money
    reasons: tuple[str, ...] = ()
    again: FeeBatch | None = None
    too_old: bool = False


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """A bill that stands settled and booked, wherever it was paid: all its papers tell.

    `sid` is of the visit at a kiosk that paid it, "" for another till. `parts` are what was collected for it, `claim`
    is an insurer's part.
    """

    batch: FeeBatch
    insurance: Insurance
    settlement: Settlement
    parts: tuple[Payment, ...]
    booking: Booking
    till: Till
    sid: str = ""
    refund: Refundable | None = None
    claim: Claim | None = None

    @property
    def payment(self) -> Payment | None:
        """What was collected, as a receipt tells it; the deposits of a stay are no payment of its own."""
        own = self.parts[:1] if self.batch.stay is None else ()
        return own[0] if own else None


@dataclass(frozen=True, slots=True)
class PaidBills:
    """Newest first."""

    bills: tuple[PaidBefore, ...]


Failure = NotSent | Refused | Unknown
NO_KEYS = Keys(())


class HospitalPort(Protocol):
    """Each call with a key is answered alike when repeated with the same key."""

    def look_up(self, code: Voucher, person: Person) -> Keys | Failure:
        """What the code of a hospital card (就诊卡), guide slip (导诊单) or wristband leads to.

        `Refused` with KEY_UNKNOWN, or with KEY_OF_ANOTHER when it bears another name: a slip in the hand proves nothing
        about the hand, so it only adds to what is found of somebody who was identified.
        """
        ...

    def unpaid(self, person: Person, keys: Keys = NO_KEYS) -> Bills | Failure: ...

    def hold(self, key: str, batch_no: str, seconds: int, *, taken_back: bool = False) -> Held | Failure:
        """`taken_back`: the patient says that a bill which waits on their phone is paid here after all. Its order is
        withdrawn with the hold, so that nobody can pay it there; `Refused` with PHONE_PAYING while somebody does, and
        with PHONE_PAID once it is paid.
        """
        ...

    def hand_over(self, key: str, hold_key: str, batch_no: str) -> Handed | Failure:
        """Instead of a release: from now on the patient's phone holds the bill, and it alone may pay it."""
        ...

    def release(self, key: str, batch_no: str) -> Released | Failure: ...

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
        """psn_cash_pay = payment + used + the insurer's part + what is deferred, to the fen. `prepaid` has what is
        used of a stay's deposits, or of what was collected for a bill that is undone: all of it = used + returns.
        """
        ...

    def take_deposit(self, key: str, hold_key: str, batch_no: str, payment: Payment) -> Booking | Failure:
        """A deposit that was asked for is paid: the hospital notes channel and moment, and it is a payment of its own
        until the stay is settled. `Booking.book_no` is the deposit's number (预交金收据号).
        """
        ...

    def admission_orders(self, person: Person) -> Orders | Failure: ...

    def admit(self, order: str, person: Person, seen: Seen) -> Admission | Failure:
        """Registers the stay that was ordered. The order is the key: asked again it is the same stay."""
        ...

    def report_claim(self, key: str, batch_no: str, claim: Claim, prepaid: Prepaid | None = None) -> Informed | Failure:
        """How the claim that bears this key ended; it has. `prepaid` is what a stay's deposits pay and give back since
        its insurer refused: of that part they pay first, and only the rest is owed.
        """
        ...

    def report_returns(self, key: str, batch_no: str, returns: tuple[Return, ...]) -> Noted | Failure:
        """Which deposits are back and which are the window's to pay out; all of them have ended."""
        ...

    def undo(self, key: str, hold_key: str, redress: Redress) -> Booking | Failure:
        """The settlement of a paid bill is cancelled: the bill is out of the books, the rest of it is owed, and what
        was collected waits for `book` or `report_returns`. `Booking.book_no` is the refund's number (退费单号), its
        receipt the red one.
        """
        ...

    def paid(self, person: Person, since: date) -> PaidBills | Failure:
        """What of the person's stands settled and was booked on that day or later. Whoever acts for them
        (`person.agent`) is told to the hospital, which writes it down.
        """
        ...
