"""Everything the screen can be showing. One page for each of these types.

A state holds all that is known of the visit, the tickets it waits for, and nothing about widgets. `patience` is the
ticket that ends a wait for somebody who never answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.insured import CardIdentity, IdCardIdentity, Insurance, Person
from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.rules import Door, Rules
from kiosk.flow.ticket import BEFORE_ALL, Ticket
from kiosk.ports.health import Health
from kiosk.ports.hospital import Payment
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class Home:
    """Nobody is here. The doors, and what cannot work now."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    """No money may be moved, or a needed device is gone; open settlements are still being finished behind this page."""

    fault: FaultCode


@dataclass(frozen=True, slots=True)
class AwaitingCard:
    """Please insert your card, or lay down your ID card. `ticket` is the page's patience, `again` why a try failed."""

    ticket: Ticket
    door: Door
    again: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class ReadingCard:
    ticket: Ticket
    door: Door
    patience: Ticket


@dataclass(frozen=True, slots=True)
class ReadingIdCard:
    """The ID card on the plate is read; it may be taken away when the page is gone."""

    ticket: Ticket
    door: Door
    patience: Ticket


@dataclass(frozen=True, slots=True)
class FindingPerson:
    """1101 is asked."""

    ticket: Ticket
    door: Door
    identity: CardIdentity | IdCardIdentity
    patience: Ticket


@dataclass(frozen=True, slots=True)
class FindingBills:
    """The hospital is asked what is unpaid."""

    ticket: Ticket
    person: Person
    patience: Ticket


@dataclass(frozen=True, slots=True)
class ChoosingBill:
    """One or more unpaid bills; each is settled by itself. `ticket` is the page's patience."""

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]


@dataclass(frozen=True, slots=True)
class ChoosingInsurance:
    """Two insurances of the person could settle this bill: only the person can say which."""

    ticket: Ticket
    person: Person
    batch: FeeBatch
    rows: tuple[Insurance, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill under way: whose, under which insurance. Part of the states below, no page of its own."""

    person: Person
    insurance: Insurance
    batch: FeeBatch
    others: int = 0


@dataclass(frozen=True, slots=True)
class Quoting:
    """The bill is held, registered, uploaded and pre-settled (2206A)."""

    ticket: Ticket
    bill: Bill
    patience: Ticket


@dataclass(frozen=True, slots=True)
class Explaining:
    """Who pays what, in words. `money` waits for the saga, `ticket` is the page's patience."""

    ticket: Ticket
    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Confirming:
    """The one question: pay this much?"""

    ticket: Ticket
    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class AwaitingCode:
    """Show your payment code to the scanner. `again` is why the last code did not do."""

    ticket: Ticket
    scan: Ticket
    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote
    again: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class Collecting:
    """The payment service is asked; it may be waiting for the patient's password on the phone."""

    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote
    patience: Ticket


@dataclass(frozen=True, slots=True)
class Settling:
    """2207A, then the hospital books. No way back from here until an answer."""

    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote
    patience: Ticket

    @property
    def own_part(self) -> Money:
        return self.quote.amounts.psn_cash_pay


@dataclass(frozen=True, slots=True)
class StillAsking:
    """An answer is missing and is being sought; at `ticket` the patient may leave with a slip."""

    ticket: Ticket
    money: Ticket
    bill: Bill
    sid: str
    number: str
    quote: Quote
    fault: FaultCode

    @property
    def own_part(self) -> Money:
        return self.quote.amounts.psn_cash_pay


@dataclass(frozen=True, slots=True)
class Cancelling:
    """The patient said no, or something ended it: the bill is being given back. Nothing was collected."""

    money: Ticket
    patience: Ticket
    fault: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class PaperState:
    """What became of the papers of this visit; None while they are being made."""

    receipt: SlipResult | None = None
    statement: bool | None = None


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Settled, paid and booked: where to go, and the paper. `receipt_ticket`, `statement_ticket` wait for printers."""

    ticket: Ticket
    receipt_ticket: Ticket
    statement_ticket: Ticket | None
    bill: Bill
    sid: str
    number: str
    settlement: Settlement
    payment: Payment | None
    booking: Booking | None
    paper: PaperState = field(default_factory=PaperState)


@dataclass(frozen=True, slots=True)
class Failed:
    """It ended otherwise: what happened, where the money is, what to do.

    `number` when staff can look it up; `reason` is the far party's own sentence; `can_retry` offers the way back to
    the start of the door.
    """

    ticket: Ticket
    fault: FaultCode
    number: str | None = None
    reason: str = ""
    amount: Money | None = None
    can_retry: bool = False
    slip: Ticket | None = None


@dataclass(frozen=True, slots=True)
class StillThere:
    """Nobody touched the screen for long: are you still there? `resume` is where to go back to."""

    ticket: Ticket
    resume: Patient


@dataclass(frozen=True, slots=True)
class Farewell:
    """The visit is forgotten; at most the card is still in the reader."""

    ticket: Ticket
    card_in: bool
    reminded: bool = False


Patient = AwaitingCard | ChoosingBill | ChoosingInsurance | Explaining | Confirming | AwaitingCode
"""The states in which the kiosk waits for the patient, and may ask whether they are still there."""

Screen = (
    Home
    | OutOfService
    | AwaitingCard
    | ReadingCard
    | ReadingIdCard
    | FindingPerson
    | FindingBills
    | ChoosingBill
    | ChoosingInsurance
    | Quoting
    | Explaining
    | Confirming
    | AwaitingCode
    | Collecting
    | Settling
    | StillAsking
    | Cancelling
    | NextSteps
    | Failed
    | StillThere
    | Farewell
)


@dataclass(frozen=True, slots=True)
class Fixtures:
    """What is true of the machine whoever stands before it: devices, card slot, and faults of the far parties."""

    card_in: bool = False
    health: dict[str, Health] = field(default_factory=dict)
    faults: frozenset[FaultCode] = frozenset()
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The root state."""

    rules: Rules
    screen: Screen = field(default_factory=Home)
    fixtures: Fixtures = field(default_factory=Fixtures)
    ticket: Ticket = BEFORE_ALL
    lang: str = "zh"
