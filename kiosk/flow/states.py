"""Everything the screen can be showing. One page for each of these types.

A state holds all that is known of the visit, the tickets it waits for, and nothing about widgets. `patience` is the
ticket that ends a wait for somebody who never answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.benefits import NOTHING_ON_FILE, OnFile
from kiosk.domain.insured import CardIdentity, IdCardIdentity, Insurance, Person
from kiosk.domain.insurer import Claim
from kiosk.domain.money import Money
from kiosk.domain.personal import Portrait
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Return
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.access_states import Access, Aid
from kiosk.flow.asking import AskingWhose
from kiosk.flow.day_states import ReadingDays
from kiosk.flow.face_states import FaceAsking, OfFace
from kiosk.flow.insurer_states import InsurerConsent, OfInsurer
from kiosk.flow.offer import NOT_AWAY, Bill, CareAway, Offer
from kiosk.flow.paid_states import ChoosingPaid, OfPaid
from kiosk.flow.phone_states import AskingBack, OfPhone
from kiosk.flow.rules import Door, Look, PayMethod, Rules, Whose
from kiosk.flow.served_states import Answering, Served
from kiosk.flow.sheets import PaperState
from kiosk.flow.stay_states import OfStay, StayAsking
from kiosk.flow.ticket import BEFORE_ALL, Ticket
from kiosk.ports.health import Health
from kiosk.ports.hospital import Payment
from kiosk.ports.receipt_printer import SlipResult
from kiosk.saga.report import Stuck, Undone


@dataclass(frozen=True, slots=True)
class Home:
    """Nobody is here. The doors, and what cannot work now."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    """No money may be moved, or a needed device is gone; open settlements are still being finished behind this page."""

    fault: FaultCode


@dataclass(frozen=True, slots=True)
class AwaitingCard:
    """Please insert your card, or lay down your ID card, or show a code where codes tell who is there: `scan` waits for
    one. `ticket` is the page's patience, `again` why a try failed.
    """

    ticket: Ticket
    door: Door
    again: FaultCode | None = None
    scan: Ticket | None = None


@dataclass(frozen=True, slots=True)
class ReadingCard:
    ticket: Ticket
    door: Door
    patience: Ticket


@dataclass(frozen=True, slots=True)
class EnteringPin:
    """The card's password is entered on the reader's own keys. `tries` are left after a wrong one; None at first."""

    ticket: Ticket
    door: Door
    identity: CardIdentity
    patience: Ticket
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingIdCard:
    """The ID card on the plate is read; it may be taken away when the page is gone."""

    ticket: Ticket
    door: Door
    patience: Ticket


@dataclass(frozen=True, slots=True)
class FindingPerson:
    """1101 is asked. `portrait` is kept for a door that compares faces, and for no other. None of `identity`: a code
    was scanned, and its centre is asked before.
    """

    ticket: Ticket
    door: Door
    identity: CardIdentity | IdCardIdentity | None
    patience: Ticket
    portrait: Portrait | None = None


@dataclass(frozen=True, slots=True)
class FindingBills:
    """The hospital is asked what is unpaid; `instead` is where to go back to when a scanned code leads nowhere."""

    ticket: Ticket
    person: Person
    patience: Ticket
    instead: ScanningKey | None = None


@dataclass(frozen=True, slots=True)
class ChoosingBill:
    """Unpaid bills: all of them, or one; each is settled by itself. `ticket` is the page's patience."""

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    on_file: OnFile = NOTHING_ON_FILE


@dataclass(frozen=True, slots=True)
class ScanningKey:
    """Scan the code on your hospital card, slip or wristband: the bills of the person identified are looked for there
    too. `batches` are those found so far, `again` is why the page is here or why the last code did not do.
    """

    ticket: Ticket
    scan: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    on_file: OnFile = NOTHING_ON_FILE
    again: FaultCode | None = None


@dataclass(frozen=True, slots=True)
class ChoosingInsurance:
    """Two insurances of the person could settle these bills: only the person can say which.

    `batches` are the chosen ones, `rows` the insurances to choose from, `others` how many bills stay unpaid.
    """

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    rows: tuple[Insurance, ...]
    others: int = 0
    on_file: OnFile = NOTHING_ON_FILE


@dataclass(frozen=True, slots=True)
class Quoting:
    """The bills are held, registered, uploaded and pre-settled (2206A).

    `queue` are those that follow one by one, because the province or the figures want a payment each; `others` are
    unpaid bills that were not chosen. `away`: whether care here is filed, as far as the office has answered.
    """

    ticket: Ticket
    bills: tuple[Bill, ...]
    patience: Ticket
    queue: tuple[Bill, ...] = ()
    others: int = 0
    away: CareAway = NOT_AWAY


@dataclass(frozen=True, slots=True)
class Explaining:
    """Who pays what, in words. `money` waits for the saga, `ticket` is the page's patience."""

    ticket: Ticket
    money: Ticket
    offer: Offer


@dataclass(frozen=True, slots=True)
class Confirming:
    """The one question: pay this much? Or: take this back of what was paid?"""

    ticket: Ticket
    money: Ticket
    offer: Offer


@dataclass(frozen=True, slots=True)
class ChoosingMethod:
    """How would you like to pay? `again` is why the last way did not do; `phone`: the bill may go to the phone."""

    ticket: Ticket
    money: Ticket
    offer: Offer
    methods: tuple[PayMethod, ...]
    again: FaultCode | None = None
    phone: bool = False


@dataclass(frozen=True, slots=True)
class AwaitingCode:
    """Show your payment code to the scanner. `again` is why the last code did not do, `others` that there are other
    ways to pay.
    """

    ticket: Ticket
    scan: Ticket
    money: Ticket
    offer: Offer
    again: FaultCode | None = None
    method: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class ShowingCode:
    """Scan this code with your phone. `code` is empty until the payment service has opened the order.

    No page's patience but the order's own: it is closed when its time is over, and then the money tells. `patience`
    ends the wait for a money that says nothing at all.
    """

    money: Ticket
    offer: Offer
    method: PayMethod
    patience: Ticket
    code: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class AtTerminal:
    """Follow the card terminal: it asks for card or face and PIN, and tells nobody. Otherwise as `ShowingCode`."""

    money: Ticket
    offer: Offer
    method: PayMethod
    patience: Ticket
    others: bool = False


@dataclass(frozen=True, slots=True)
class Collecting:
    """The payment service is asked; it may be waiting for the patient's password on the phone. `stopped`: its order is
    being closed, because the patient wants to pay in another way.
    """

    money: Ticket
    offer: Offer
    patience: Ticket
    method: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Settling:
    """2207A, then the hospital books. No way back from here until an answer."""

    money: Ticket
    offer: Offer
    patience: Ticket


@dataclass(frozen=True, slots=True)
class StillAsking:
    """An answer is missing and is being sought; at `ticket` the patient may leave with a slip. `sid` is in doubt."""

    ticket: Ticket
    money: Ticket
    offer: Offer
    sid: str
    fault: FaultCode


@dataclass(frozen=True, slots=True)
class Cancelling:
    """The patient said no, or something ended it: the bills are being given back.

    Their reports say whether nothing was collected: an answer may have come late. `window`: the patient wants to pay
    at one.
    """

    money: Ticket
    patience: Ticket
    offer: Offer
    fault: FaultCode | None = None
    window: bool = False


@dataclass(frozen=True, slots=True)
class AtWindow:
    """The bills are free again and are paid at a window; `slip` waits for the printer, `printed` is what it did.

    `doctor`: after the doctor has looked at them; `newborn`: when the child is enrolled. `others`: more unpaid bills.
    `late` here and below: the page outstayed its patience once, because the printer was still at work.
    """

    ticket: Ticket
    bills: tuple[Bill, ...]
    slip: Ticket
    printed: SlipResult | None = None
    doctor: bool = False
    others: int = 0
    late: bool = False
    newborn: bool = False

    @property
    def printing(self) -> bool:
        return self.printed is None


@dataclass(frozen=True, slots=True)
class Paid:
    """One bill paid and booked, or one deposit taken, with its papers; `unbooked`: it is a refund."""

    bill: Bill
    sid: str
    number: str
    settlement: Settlement | None
    payment: Payment | None
    booking: Booking | None
    receipt: Ticket
    statement: Ticket | None
    paper: PaperState = field(default_factory=PaperState)
    returns: tuple[Return, ...] = ()
    claim: Claim | None = None
    official: Ticket | None = None
    unbooked: Booking | None = None

    @property
    def papers(self) -> tuple[Ticket | None, ...]:
        return self.receipt, self.statement, self.official

    @property
    def printing(self) -> bool:
        made = ((self.statement, self.paper.statement), (self.official, self.paper.official))
        return self.paper.receipt is None or any(asked and done is None for asked, done in made)


@dataclass(frozen=True, slots=True)
class NextSteps:
    """At least one bill is settled, paid and booked: where to go, and the paper.

    `undone` came to nothing and cost nothing; `doubtful` are still being sought or are staff's: their slips, waited
    for with `slips`, are in the patient's hand. `queue` is paid next, `others` are unpaid bills nobody chose.
    """

    ticket: Ticket
    paid: tuple[Paid, ...]
    undone: tuple[Undone, ...] = ()
    doubtful: tuple[Stuck, ...] = ()
    slips: tuple[Ticket, ...] = ()
    queue: tuple[Bill, ...] = ()
    others: int = 0
    late: bool = False

    @property
    def person(self) -> Person:
        return self.paid[0].bill.person

    @property
    def printing(self) -> bool:
        """While a paper is being made, nobody is asked to go."""
        return any(one.printing for one in self.paid)


@dataclass(frozen=True, slots=True)
class Failed:
    """It ended otherwise: what happened, where the money is, what to do.

    `number` when staff can look it up; `reason` is the far party's own sentence; `can_retry` offers the way back to
    the start of the door, or to the bills of `person` when it is known who is there.
    """

    ticket: Ticket
    fault: FaultCode
    number: str | None = None
    reason: str = ""
    amount: Money | None = None
    can_retry: bool = False
    slip: Ticket | None = None
    person: Person | None = None
    late: bool = False

    @property
    def printing(self) -> bool:
        return self.slip is not None


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


Patient = (
    AskingWhose
    | AwaitingCard
    | ChoosingBill
    | ScanningKey
    | ChoosingInsurance
    | ReadingDays
    | Explaining
    | Confirming
    | StayAsking
    | ChoosingPaid
    | AskingBack
    | ChoosingMethod
    | AwaitingCode
    | FaceAsking
    | InsurerConsent
    | Answering
)
"""The states in which the kiosk waits for the patient, and may ask whether they are still there."""
Screen = (
    Home
    | OutOfService
    | AskingWhose
    | AwaitingCard
    | ReadingCard
    | EnteringPin
    | ReadingIdCard
    | FindingPerson
    | FindingBills
    | ChoosingBill
    | ScanningKey
    | ChoosingInsurance
    | Quoting
    | Explaining
    | Confirming
    | ChoosingMethod
    | AwaitingCode
    | ShowingCode
    | AtTerminal
    | Collecting
    | Settling
    | StillAsking
    | Cancelling
    | AtWindow
    | OfFace
    | OfInsurer
    | ReadingDays
    | OfStay
    | OfPaid
    | OfPhone
    | NextSteps
    | Failed
    | StillThere
    | Farewell
    | Served
)


@dataclass(frozen=True, slots=True)
class Fixtures:
    """What is true of the machine whoever stands before it: devices, card slot, and faults of the far parties."""

    card_in: bool = False
    health: dict[str, Health] = field(default_factory=dict)
    faults: frozenset[FaultCode] = frozenset()
    simulated: bool = False
    headset: bool = False


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The root state. `covered`: what is personal on the page is hidden until its owner shows it again."""

    rules: Rules
    screen: Screen = field(default_factory=Home)
    fixtures: Fixtures = field(default_factory=Fixtures)
    ticket: Ticket = BEFORE_ALL
    lang: str = "zh"
    look: Look = Look.STANDARD
    wish: str = ""  # the catalogue item chosen before anybody said who they are
    draft: str = ""  # the code of the slip with which they go on
    covered: bool = False
    whose: Whose = Whose.SELF
    access: Access = field(default_factory=Access)
    aid: Aid | None = None
    helper: str = ""  # number of the staff beside the person, who have no part in money

    @property
    def care(self) -> bool:
        """关怀: larger, slower, spoken, by the shorter way."""
        return self.look is Look.ELDER

    def patience(self, seconds: float) -> float:
        """How long a page waits for this person: who listens, or looks for keys, needs longer."""
        unhurried = self.care or self.access.speaking or self.access.keypad
        return seconds * self.rules.unhurried if unhurried else seconds
