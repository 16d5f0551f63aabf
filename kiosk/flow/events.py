"""What can happen: intents of the person, facts from devices, results with tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.domain.benefits import NOTHING_ON_FILE, OnFile, Rights
from kiosk.domain.confirming import Attested
from kiosk.domain.personal import Signature, Typed, Voucher
from kiosk.domain.speech import Part
from kiosk.faults import FaultCode
from kiosk.filing.course import Report as FilingReport
from kiosk.flow.account_events import AccountIntent
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.day_events import BillIntent
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.picture_events import PictureWasSent, PictureWasTaken
from kiosk.flow.rules import Door, Look, Whose
from kiosk.flow.stay_events import HospitalTold
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardNotRead, CardReading, CardRemoved, PinVerdict
from kiosk.ports.confirming import DoctorFound
from kiosk.ports.face import FaceAnswer, FaceProgress, Need
from kiosk.ports.filing import Away, Cases, Prepared, Standing
from kiosk.ports.health import Health
from kiosk.ports.hospital import Bills
from kiosk.ports.id_reader import IdCardPlaced, IdCardReading
from kiosk.ports.keypad import KeyPressed
from kiosk.ports.page_printer import PageResult
from kiosk.ports.presence_sensor import PersonCame, PersonLeft
from kiosk.ports.receipt_printer import SlipResult
from kiosk.ports.scanner import ScanEvent
from kiosk.ports.settlement import PersonFound, PersonMissing
from kiosk.saga.report import Report

# --- intents: what the person did on the screen ---


@dataclass(frozen=True, slots=True)
class Entered:
    """A door of the home page was chosen."""

    door: Door


@dataclass(frozen=True, slots=True)
class WhoseChosen:
    """Whose visit it is, before anybody is asked for a card."""

    whose: Whose


@dataclass(frozen=True, slots=True)
class BillChosen:
    batch_no: str


@dataclass(frozen=True, slots=True)
class AllBillsChosen:
    """Pay everything that is listed."""


@dataclass(frozen=True, slots=True)
class KeyOffered:
    """A bill is missing, and there is a card, slip or wristband with a code to look under."""


@dataclass(frozen=True, slots=True)
class WindowChosen:
    """No phone, or cash: the bills are to be paid at a window instead."""


@dataclass(frozen=True, slots=True)
class OtherMethodWanted:
    """Another way of paying: the list of them, and of the code shown nothing more."""


@dataclass(frozen=True, slots=True)
class MethodChosen:
    """One of the site's ways of paying, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class FilingWanted:
    """File first that care is had here, then see the amounts again."""


@dataclass(frozen=True, slots=True)
class InsuranceChosen:
    insutype: str


@dataclass(frozen=True, slots=True)
class Continued:
    """The affirmative button of a page: understood, pay, done."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One page back, where a page offers it."""


@dataclass(frozen=True, slots=True)
class FaceAgreed:
    """Yes, the camera may look. `words` names the sentences shown (`flow.consent`); `seconded`: to both questions."""

    words: str
    needs: frozenset[Need] = frozenset()
    seconded: bool = False


@dataclass(frozen=True, slots=True)
class AnotherWayChosen:
    """Not by face."""


@dataclass(frozen=True, slots=True)
class Left:
    """The person wants to stop."""


@dataclass(frozen=True, slots=True)
class Retried:
    """Try again, offered by some failures."""


@dataclass(frozen=True, slots=True)
class Stayed:
    """Yes, I am still here; also any touch on a page that waits."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    lang: str


@dataclass(frozen=True, slots=True)
class LookChosen:
    """Larger, or with more contrast, or as it was."""

    look: Look


@dataclass(frozen=True, slots=True)
class CoverChosen:
    """Cover names, amounts and what was entered, because somebody looks over the shoulder; or show them again."""

    covered: bool


@dataclass(frozen=True, slots=True)
class FieldFilled:
    """What was entered into the field of a `pages.Form`."""

    key: str
    value: Typed


@dataclass(frozen=True, slots=True)
class OptionPicked:
    """One of a `pages.Choice`, of a field's list, or of what follows a `pages.Result`."""

    key: str


@dataclass(frozen=True, slots=True)
class PictureWanted:
    """Take what the camera of a `pages.Capture` sees now."""


@dataclass(frozen=True, slots=True)
class PaperWanted:
    """What the page says is to be taken along on paper."""


@dataclass(frozen=True, slots=True)
class OtherWayWanted:
    """The other way that a `pages.Capture` names."""


@dataclass(frozen=True, slots=True)
class LineReopened:
    """A line of a `pages.Review` is to be answered anew."""

    key: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A `pages.Commitment` was given; without `signature` it was confirmed by the keypad, which is worth as much."""

    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class SpeechChosen:
    """Be spoken to, or no longer."""

    on: bool


@dataclass(frozen=True, slots=True)
class AloudChosen:
    """Say amounts and names into the room, because there is no headset and the person wants to hear them."""

    on: bool


@dataclass(frozen=True, slots=True)
class LowReachChosen:
    """Everything to press within reach of a seated person, or as it was."""

    on: bool


@dataclass(frozen=True, slots=True)
class Focused:
    """What the keys would press now, as a screen reader would say it; `moved` when keys went there, not the page."""

    parts: tuple[Part, ...]
    moved: bool = False


AccessIntent = LookChosen | CoverChosen | SpeechChosen | AloudChosen | LowReachChosen | Focused
"""How the person wants to be served; understood on every page."""


@dataclass(frozen=True, slots=True)
class HelpCalled:
    """A person is wanted."""


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """Somebody wants in who is no patient."""


@dataclass(frozen=True, slots=True)
class StaffCodeEntered:
    code: Voucher


@dataclass(frozen=True, slots=True)
class AidClosed:
    """Back to the page that lay beneath."""


AidIntent = HelpCalled | StaffCalled | StaffCodeEntered | HelperJoined | AidClosed
"""What lies over every page."""
Intent = (
    Entered
    | WhoseChosen
    | BillChosen
    | AllBillsChosen
    | InsuranceChosen
    | KeyOffered
    | WindowChosen
    | OtherMethodWanted
    | MethodChosen
    | AccountIntent
    | FilingWanted
    | BillIntent
    | FaceAgreed
    | AnotherWayChosen
    | Continued
    | WentBack
    | Left
    | Retried
    | Stayed
    | LanguageChosen
    | AccessIntent
    | AidIntent
    | FieldFilled
    | OptionPicked
    | PictureWanted
    | PaperWanted
    | OtherWayWanted
    | LineReopened
    | Signed
)

# --- facts: what the machine noticed by itself ---


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    name: str
    health: Health


@dataclass(frozen=True, slots=True)
class FaultsChanged:
    """The faults that stop settling changed: far parties, journal, clock."""

    faults: frozenset[FaultCode]


@dataclass(frozen=True, slots=True)
class HeadsetChanged:
    plugged: bool


Fact = (
    CardInserted
    | CardRemoved
    | IdCardPlaced
    | KeyPressed
    | HeadsetChanged
    | PersonCame
    | PersonLeft
    | DeviceChanged
    | FaultsChanged
)

# --- results: answers to effects, with the effect's ticket ---


@dataclass(frozen=True, slots=True)
class Woke:
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class CardWasRead:
    ticket: Ticket
    reading: CardReading | None


@dataclass(frozen=True, slots=True)
class PinWasVerified:
    """None: nobody entered it in time."""

    ticket: Ticket
    verdict: PinVerdict | CardNotRead | None


@dataclass(frozen=True, slots=True)
class IdCardWasRead:
    """`age` is the holder's in whole years on the kiosk's day; None where nothing was read. `expired` on that day."""

    ticket: Ticket
    reading: IdCardReading | None
    age: int | None = None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class PersonWasSought:
    ticket: Ticket
    answer: PersonFound | PersonMissing | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class BillsWereSought:
    ticket: Ticket
    answer: Bills | NotSent | Refused | Unknown
    on_file: OnFile = NOTHING_ON_FILE


@dataclass(frozen=True, slots=True)
class MoneyReported:
    """The saga tells where a settlement is. Sent on each change for the ticket that opened it."""

    ticket: Ticket
    report: Report


@dataclass(frozen=True, slots=True)
class CodeWasScanned:
    ticket: Ticket
    scan: ScanEvent | None


@dataclass(frozen=True, slots=True)
class FaceFollowed:
    """Where the check is. Sent on each change the page shows."""

    ticket: Ticket
    progress: FaceProgress


@dataclass(frozen=True, slots=True)
class FaceWasChecked:
    ticket: Ticket
    answer: FaceAnswer | None


@dataclass(frozen=True, slots=True)
class StaffWasChecked:
    """Whose code it was. None: nobody's; `wait` are the seconds until another may be tried."""

    ticket: Ticket
    who: str | None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class SlipWasPrinted:
    ticket: Ticket
    result: SlipResult


@dataclass(frozen=True, slots=True)
class StatementWasPrinted:
    ticket: Ticket
    result: PageResult


@dataclass(frozen=True, slots=True)
class FilingOpened:
    """What the office has; `sid` is the application's, empty when none was begun. `today` is the kiosk's day."""

    ticket: Ticket
    sid: str
    answer: Prepared | NotSent | Refused | Unknown
    today: date


@dataclass(frozen=True, slots=True)
class FilingReported:
    """Where an application is. Sent on each change for the ticket that handed it in."""

    ticket: Ticket
    report: FilingReport


@dataclass(frozen=True, slots=True)
class CasesWereSought:
    ticket: Ticket
    answer: Cases | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class StandingWasSought:
    ticket: Ticket
    answer: Standing | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class AwayWasSought:
    ticket: Ticket
    answer: Away | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class DoctorWasSought:
    ticket: Ticket
    answer: DoctorFound | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class CaseWasAttested:
    ticket: Ticket
    answer: Attested | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class RightsWereSought:
    ticket: Ticket
    rights: Rights


Result = (
    Woke
    | CardWasRead
    | PinWasVerified
    | IdCardWasRead
    | PersonWasSought
    | BillsWereSought
    | HospitalTold
    | MoneyReported
    | CodeWasScanned
    | FaceFollowed
    | FaceWasChecked
    | StaffWasChecked
    | SlipWasPrinted
    | StatementWasPrinted
    | FilingOpened
    | PictureWasTaken
    | PictureWasSent
    | DraftWasLeft
    | FilingReported
    | CasesWereSought
    | StandingWasSought
    | AwayWasSought
    | RightsWereSought
    | DoctorWasSought
    | CaseWasAttested
)

Event = Intent | Fact | Result
