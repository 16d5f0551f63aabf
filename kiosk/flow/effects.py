"""What a flow asks for. What has a result carries the ticket it will bring back; `engine.effects` performs them."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.admission import Admission, Seen
from kiosk.domain.confirming import Place
from kiosk.domain.filing import Answers, Application, Case, Certificate, Score
from kiosk.domain.insured import Credential, Person
from kiosk.domain.money import Money
from kiosk.domain.pages import Guide as GuidePage
from kiosk.domain.pages import Result
from kiosk.domain.personal import PersonName, ResidentId, Voucher
from kiosk.domain.speech import Speech
from kiosk.faults import FaultCode
from kiosk.flow.notice_effects import NoticesRead
from kiosk.flow.offer import Bill
from kiosk.flow.phone_effects import PhoneEffect
from kiosk.flow.sheets import SheetWanted
from kiosk.flow.states import Paid
from kiosk.flow.ticket import Ticket
from kiosk.ports.face import Evidence, FaceTask
from kiosk.ports.guide_light import Spot
from kiosk.ports.hospital import PaidBefore
from kiosk.ports.keypad import Key
from kiosk.ports.photograph import Photograph


@dataclass(frozen=True, slots=True)
class Wake:
    """Say `Woke(ticket)` after so many seconds, unless nobody holds the ticket any more."""

    ticket: Ticket
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadCard:
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class VerifyPin:
    """Have the reader take the card's password on its own keys, for at most so many seconds."""

    ticket: Ticket
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadIdCard:
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class FindPerson:
    ticket: Ticket
    credential: Credential


@dataclass(frozen=True, slots=True)
class FindHolder:
    """Whose code is this, and what does 1101 know of them? Answered as `FindPerson`."""

    ticket: Ticket
    code: Voucher


@dataclass(frozen=True, slots=True)
class FindBills:
    """`code` was scanned from a card, slip or wristband of the hospital: one more place to look for them."""

    ticket: Ticket
    person: Person
    code: Voucher | None = None


@dataclass(frozen=True, slots=True)
class OpenSettlement:
    """Hold, register, upload, quote each of the bills; reports about all of them follow for this ticket."""

    ticket: Ticket
    bills: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class AskInsurer:
    """Their patient agreed that an insurer is told of these, in the words of this fingerprint; reports follow."""

    ticket: Ticket
    sids: tuple[str, ...]
    consent: str


@dataclass(frozen=True, slots=True)
class AcceptQuote:
    """Yes to these, and to no others."""

    ticket: Ticket
    sids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclineQuote:
    """No, or nobody there: undo what was registered and release the bills."""

    ticket: Ticket
    sids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abandon:
    """Nobody waits for these here any more: what is not settled yet is not wanted."""

    sids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScanCode:
    ticket: Ticket
    seconds: float


@dataclass(frozen=True, slots=True)
class StopScanning:
    """The page that wanted a code is gone: light off."""


@dataclass(frozen=True, slots=True)
class PayWithCode:
    """One payment for all of these, by a code that was scanned."""

    ticket: Ticket
    sids: tuple[str, ...]
    code: Voucher
    method: str = ""


@dataclass(frozen=True, slots=True)
class PayByMethod:
    """One payment for all of these, for which the person acts elsewhere: on their phone, at a terminal."""

    ticket: Ticket
    sids: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True)
class StopPayment:
    """The open order is not wanted any more; reports tell whether it was paid before it was closed."""

    ticket: Ticket
    sids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    ticket: Ticket
    paid: Paid


@dataclass(frozen=True, slots=True)
class PrintStatement:
    ticket: Ticket
    paid: Paid


@dataclass(frozen=True, slots=True)
class PrintPendingSlip:
    ticket: Ticket
    bill: Bill
    sid: str
    number: str
    own_part: Money
    fault: FaultCode


@dataclass(frozen=True, slots=True)
class PrintClaimSlip:
    """What an insurer's part of a bill is, who owes it until the insurer pays, and what it is claimed with."""

    ticket: Ticket
    paid: Paid


@dataclass(frozen=True, slots=True)
class PrintWindowSlip:
    """The window's till scans it; `doctor`: first back to the consulting room; `newborn`: once a child is enrolled."""

    ticket: Ticket
    bills: tuple[Bill, ...]
    doctor: bool = False
    newborn: bool = False


@dataclass(frozen=True, slots=True)
class FindAdmission:
    """Which stay was ordered for the person?"""

    ticket: Ticket
    person: Person


@dataclass(frozen=True, slots=True)
class RegisterStay:
    """The stay of this order begins. Asked again it is the same stay."""

    ticket: Ticket
    person: Person
    order: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class PrintAdmissionSlip:
    ticket: Ticket
    person: Person
    admission: Admission


@dataclass(frozen=True, slots=True)
class FindPaid:
    """What of the person's was paid in the last 180 days, or, to have `refunds`, in two years?"""

    ticket: Ticket
    person: Person
    refunds: bool = False


@dataclass(frozen=True, slots=True)
class PrintAgain:
    """The receipt of a bill that was paid before, marked as a copy unless it is the `first`; `refund`: instead of it
    the slip for the window that pays back what is approved; `official`: the sheet printed with it is a copy too.
    """

    ticket: Ticket
    person: Person
    paid: PaidBefore
    refund: bool = False
    official: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class WarmFace:
    """Somebody is being asked whether the camera may look: have everything loaded when they say yes."""


@dataclass(frozen=True, slots=True)
class CheckFace:
    """One try of so many seconds."""

    ticket: Ticket
    task: FaceTask
    seconds: float


@dataclass(frozen=True, slots=True)
class StopFace:
    """Nobody wants to be looked at any more."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak this instead of whatever is being said; with nothing to say, be quiet."""

    speech: Speech


@dataclass(frozen=True, slots=True)
class Steer:
    """A key for the page: the front end moves its focus, presses what has it, or tells again what it is."""

    key: Key


@dataclass(frozen=True, slots=True)
class Guide:
    """Light the way of the hand: these places, and no others."""

    lit: frozenset[Spot]


@dataclass(frozen=True, slots=True)
class CheckStaff:
    """Whose code is this? Answered by `StaffWasChecked`."""

    ticket: Ticket
    code: Voucher


@dataclass(frozen=True, slots=True)
class FindDoctor:
    """Whose staff number is this, and may they confirm? Answered by `DoctorWasSought`."""

    ticket: Ticket
    number: str


@dataclass(frozen=True, slots=True)
class AttestCase:
    """Tell the hospital that a doctor stood here and confirmed. Answered by `CaseWasAttested`."""

    ticket: Ticket
    key: str
    case_no: str
    doctor: str
    place: Place
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """Ask the office what it has of the person for this item, and begin an application or take up a draft."""

    ticket: Ticket
    person: Person
    item: str
    code: str = ""  # of the slip with which they go on


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """Have the office keep what is filled in, for another kiosk or a window. Answered by `DraftWasLeft`."""

    ticket: Ticket
    sid: str


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Have on the disk what is filled in so far."""

    sid: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class TakePicture:
    """Of the paper under the document camera, within so many seconds."""

    ticket: Ticket
    seconds: float


@dataclass(frozen=True, slots=True)
class SendPicture:
    """To whoever receives the application; kept nowhere else."""

    ticket: Ticket
    person: Person
    item: str
    material: str
    photograph: Photograph


@dataclass(frozen=True, slots=True)
class ConfirmFiling:
    """Hand it in; reports follow for this ticket."""

    ticket: Ticket
    sid: str
    application: Application


@dataclass(frozen=True, slots=True)
class RateCase:
    """Send the score when there is a line; nobody waits for it."""

    sid: str
    score: Score


@dataclass(frozen=True, slots=True)
class AskCases:
    ticket: Ticket
    person: Person


@dataclass(frozen=True, slots=True)
class AskStanding:
    """Since when somebody is not covered, whom the platform settles nothing for."""

    ticket: Ticket
    certno: ResidentId
    name: PersonName | None


@dataclass(frozen=True, slots=True)
class RateAgain:
    """追评: a low rating was followed up; the score goes out when there is a line."""

    person: Person
    case: Case
    score: Score


@dataclass(frozen=True, slots=True)
class AskAway:
    """Is it filed that they are treated in this area, where they are not insured?"""

    ticket: Ticket
    person: Person
    area: str


@dataclass(frozen=True, slots=True)
class AskRights:
    """The year's sums and the diseases on file; `visits`: instead, the newest visits, which take some calls each."""

    ticket: Ticket
    person: Person
    visits: bool = False


@dataclass(frozen=True, slots=True)
class PrintCaseSlip:
    """What the page says, with the number and the office's code for a window; a certificate is a slip of its own.
    `number` is empty on the slip of what was not handed in.
    """

    ticket: Ticket
    page: Result
    number: str
    handover: str
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class PrintGuide:
    """What a page tells, to be read at home: a guide, an answer, what is on file of the person."""

    ticket: Ticket
    page: GuidePage


@dataclass(frozen=True, slots=True)
class Forget:
    """The visit is over: drop what was read, scanned and seen."""

    visit: int


Effect = (
    Wake
    | ReadCard
    | VerifyPin
    | ReadIdCard
    | FindPerson
    | FindHolder
    | FindBills
    | OpenSettlement
    | AskInsurer
    | AcceptQuote
    | DeclineQuote
    | Abandon
    | ScanCode
    | StopScanning
    | PayWithCode
    | PayByMethod
    | StopPayment
    | PhoneEffect
    | PrintReceipt
    | PrintStatement
    | SheetWanted
    | PrintPendingSlip
    | PrintClaimSlip
    | PrintWindowSlip
    | FindAdmission
    | RegisterStay
    | PrintAdmissionSlip
    | FindPaid
    | PrintAgain
    | WarmFace
    | CheckFace
    | StopFace
    | Say
    | Steer
    | Guide
    | CheckStaff
    | OpenFiling
    | KeepDraft
    | LeaveDraft
    | TakePicture
    | SendPicture
    | ConfirmFiling
    | RateCase
    | RateAgain
    | AskCases
    | AskStanding
    | NoticesRead
    | AskAway
    | AskRights
    | FindDoctor
    | AttestCase
    | PrintCaseSlip
    | PrintGuide
    | Forget
)
