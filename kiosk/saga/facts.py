"""What is known to have happened to one settlement, in the order it became known. Each is one row of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.handed import Handed
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.insurer import Pledge
from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.terms import TermsTold
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.faults import FaultCode


@dataclass(frozen=True, slots=True)
class Stamp:
    """When: which start of the machine, its monotonic seconds, and wall seconds since 1970 to bridge a restart."""

    boot: str
    mono: float
    wall: float

    def elapsed(self, since: Stamp) -> float:
        """Seconds from `since` to this, never negative; across a restart by the wall clock, which may be wrong."""
        gone = self.mono - since.mono if self.boot == since.boot else self.wall - since.wall
        return max(0.0, gone)


class ActKind(StrEnum):
    """Everything a settlement does to the outside. The names are what the journal shows.

    RENEW prolongs the hold while the patient reads and pays. FIND_SETTLEMENT asks what became of a lost settlement,
    where it can be asked. WATCH is the second reversal of a lost 2207. WATCH_PAYMENT
    looks once more at an order that was closed, RETURN_LATE refunds it when it was paid all the same. RETURN_DEPOSIT
    gives back what a stay left of one deposit, REPORT_RETURNS tells the hospital which are back and which its window
    pays out. TAKE_DEPOSIT has the hospital book a deposit that was paid here, in place of a settlement and its booking.
    ASK_INSURER asks a commercial insurer, with its patient's consent, what it would pay; CLAIM has it pay once the bill
    is booked, REPORT_CLAIM tells the hospital whether it did. CANCEL_PAID undoes the settlement of a bill that was paid
    before, QUERY_PAID asks whether it still stands, UNBOOK has the hospital take it out of its books. HAND_OVER gives
    the bill to its patient's phone in place of a release.
    """

    HOLD = "hold"
    RENEW = "renew"
    REGISTER = "register"
    DESCRIBE = "describe"
    UPLOAD = "upload"
    QUOTE = "quote"
    COLLECT = "collect"
    QUERY_PAYMENT = "query_payment"
    CLOSE_PAYMENT = "close_payment"
    SETTLE = "settle"
    FIND_SETTLEMENT = "find_settlement"
    BOOK = "book"
    REVERSE = "reverse"
    CANCEL = "cancel"
    QUERY_SETTLEMENT = "query_settlement"
    REFUND = "refund"
    WITHDRAW = "withdraw"
    DEREGISTER = "deregister"
    RELEASE = "release"
    WATCH = "watch"
    WATCH_PAYMENT = "watch_payment"
    RETURN_LATE = "return_late"
    RETURN_DEPOSIT = "return_deposit"
    REPORT_RETURNS = "report_returns"
    TAKE_DEPOSIT = "take_deposit"
    ASK_INSURER = "ask_insurer"
    CLAIM = "claim"
    REPORT_CLAIM = "report_claim"
    CANCEL_PAID = "cancel_paid"
    QUERY_PAID = "query_paid"
    UNBOOK = "unbook"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the settlement is about, fixed when it is opened.

    `findable`: the far end can be asked by our key what became of a settlement whose answer was lost. `copied`: what
    leaves may arrive more than once, as where a gateway repeats by itself, and the answer may be that of a copy.
    """

    person: Person
    insurance: Insurance
    batch: FeeBatch
    use_account: bool = True
    findable: bool = False
    copied: bool = False
    use_family: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    plan: Plan


@dataclass(frozen=True, slots=True)
class Intended:
    """About to act.

    `key` is the msgid or order that leaves; `digest` the SHA-256 of the bytes that leave, where there are bytes.
    One payment may serve several settlements: then each of them notes the same order with its own part as `amount`,
    the sum of all parts as `whole`, and its `place` among them. `method` is the site's name for how it is paid ("" in
    journals that knew one method), `patience` for how many seconds it stays open, where the method says so.
    """

    act: ActKind
    key: str
    digest: str = ""
    amount: Money | None = None
    whole: Money | None = None
    place: int = 0
    method: str = ""
    patience: float | None = None


class Verdict(StrEnum):
    """How a far party answered, before meaning."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an intent.

    `mdtrt_id`, `quote`, `settlement`, `booking` and `channel` carry what a yes brought. PENDING is a payment not
    decided; WRONG a success that contradicts itself; for CLOSE_PAYMENT and QUERY_PAYMENT a `channel` tells that the
    order was paid. `show` is the code by which a phone pays the order. `pledge` is what an insurer would pay, `claim`
    its number for what it paid, `owed` what the hospital asks for in its place. `terms` is how an upload's lines were
    split. `handed` is where the phone finds it.
    """

    act: ActKind
    verdict: Verdict
    fault: FaultCode | None = None
    reason: str = ""
    mdtrt_id: str | None = None
    quote: Quote | None = None
    settlement: Settlement | None = None
    booking: Booking | None = None
    channel: str | None = None
    amount: Money | None = None
    stands: bool | None = None
    show: str = ""
    pledge: Pledge | None = None
    claim: str = ""
    owed: FeeBatch | None = None
    terms: TermsTold = ()
    handed: Handed | None = None


@dataclass(frozen=True, slots=True)
class InsurerAgreed:
    """The patient agreed that an insurer is told of the bill; `consent` is the fingerprint of the words they read."""

    consent: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The patient said yes to the quote."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """The patient said no or went away; `fault` when a fault made them."""

    fault: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class PaymentStopped:
    """The patient wants to pay in another way: the open order is closed before another is made."""


@dataclass(frozen=True, slots=True)
class PhoneChosen:
    """The patient takes the bill to their phone, to pay it there: an open order is closed, then it is handed over."""


@dataclass(frozen=True, slots=True)
class PrintIntended:
    """The receipt is about to be printed."""


@dataclass(frozen=True, slots=True)
class PaperDone:
    """Printing ended, well or not; the receipt can be printed again either way."""

    printed: bool
    fault: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """The kiosk was restarted; the patient can no longer see this settlement."""


class Resolution(StrEnum):
    """What staff found or made true."""

    SETTLED = "settled"
    REVERSED = "reversed"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Resolved:
    resolution: Resolution
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The kiosk gave up undoing: staff must resolve."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Over for everybody but the kiosk: what was lost or closed may still land and is looked at once more."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is left to do."""


Fact = (
    Opened
    | Intended
    | Answered
    | InsurerAgreed
    | Accepted
    | GaveUp
    | PaymentStopped
    | PhoneChosen
    | PrintIntended
    | PaperDone
    | Recovered
    | Resolved
    | HandedOver
    | Watching
    | Closed
)
