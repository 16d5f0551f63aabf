"""Which part of the flow a page belongs to, and the question that may come before any page: are you still there?"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.flow import (
    admission,
    agent,
    bills,
    days,
    deposits,
    face,
    identify,
    insurer,
    outcome,
    pay,
    phone,
    reprint,
    session,
)
from kiosk.flow.asking import AskingWhose
from kiosk.flow.day_states import ListedDays, QuotedDays, ReadingDays
from kiosk.flow.events import Continued, Event, Left, MoneyReported, Stayed, Woke
from kiosk.flow.face_states import FaceAgain, FaceAgent, FaceChecking, FaceConsent, FaceDone, FaceElsewhere, OfFace
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused, OfInsurer
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, OfPaid, Reprinting
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone, OfPhone
from kiosk.flow.rules import Door
from kiosk.flow.served_states import (
    Answering,
    Capturing,
    Choosing,
    Committing,
    Concluding,
    Filling,
    Guiding,
    Reviewing,
    Waiting,
)
from kiosk.flow.services import step as services
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    ChoosingInsurance,
    ChoosingMethod,
    Collecting,
    Confirming,
    EnteringPin,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Home,
    NextSteps,
    OutOfService,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    ScanningKey,
    Screen,
    Settling,
    ShowingCode,
    StillAsking,
    StillThere,
)
from kiosk.flow.stay_states import (
    AdmissionOffered,
    Admitted,
    Admitting,
    AgentCard,
    AgentRelation,
    DepositOffered,
    FindingAdmission,
)
from kiosk.flow.turn import Turn, leave
from kiosk.ports.card_reader import CardInserted
from kiosk.ports.id_reader import IdCardPlaced


def serve(turn: Turn, screen: Screen, event: Event) -> Turn:
    """What an event does on this page: first by what the page is about, then by which of these it is."""
    match screen:
        case Home() | OutOfService() | AskingWhose() | StillThere() | Failed() | Farewell():
            return _frame_step(turn, screen, event)
        case AwaitingCard() | ReadingCard() | EnteringPin() | ReadingIdCard() | FindingPerson():
            return _identify_step(turn, screen, event)
        case FindingBills() | ChoosingBill() | ScanningKey() | ChoosingInsurance() | ListedDays() | QuotedDays():
            return _bills_step(turn, screen, event)
        case Quoting() | Explaining() | Confirming() | DepositOffered():
            return _offer_step(turn, screen, event)
        case ChoosingMethod() | AwaitingCode() | ShowingCode() | AtTerminal() | Collecting():
            return _pay_step(turn, screen, event)
        case Settling() | StillAsking() | Cancelling() | AtWindow() | NextSteps():
            return _outcome_step(turn, screen, event)
        case InsurerConsent() | AskingInsurer() | InsurerRefused():
            return _insurer_step(turn, screen, event)
        case AgentCard() | AgentRelation() | FindingAdmission() | AdmissionOffered() | Admitting() | Admitted():
            return _stay_step(turn, screen, event)
        case FindingPaid() | ChoosingPaid() | Reprinting() | HandingToPhone() | AtPhone() | AskingBack():
            return _paid_step(turn, screen, event)
        case FaceAgent() | FaceConsent() | FaceChecking() | FaceAgain() | FaceDone() | FaceElsewhere():
            return _face_step(turn, screen, event)
        case Guiding() | Filling() | Choosing() | Capturing() | Committing() | Reviewing() | Waiting() | Concluding():
            return services.serve(turn, screen, event)
        case _ as never:
            assert_never(never)


def _frame_step(
    turn: Turn, screen: Home | OutOfService | AskingWhose | StillThere | Failed | Farewell, event: Event
) -> Turn:
    match screen:
        case Home():
            return session.home(turn, event)
        case OutOfService():
            return session.out_of_service(turn, screen, event)
        case AskingWhose():
            return session.asking_whose(turn, screen, event)
        case StillThere():
            return _still_there(turn, screen, event)
        case Failed():
            return session.failed(turn, screen, event)
        case Farewell():
            return session.farewell(turn, screen, event)


def _still_there(turn: Turn, screen: StillThere, event: Event) -> Turn:
    """A yes, or the card it waits for, leads back to the page with its patience anew; its money never stopped."""
    resume = screen.resume
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return leave(turn, resume)
        case Left() if isinstance(resume, Answering):
            return services.serve(turn, resume, event)
        case Left():
            return leave(turn, resume)
        case Stayed() | Continued():
            return serve(turn, resume, Stayed())
        case CardInserted() | IdCardPlaced() if isinstance(resume, AskingWhose):
            laid = resume.id_card or isinstance(event, IdCardPlaced)
            return serve(turn, replace(resume, id_card=laid), Stayed())
        case CardInserted() | IdCardPlaced() | MoneyReported():
            return serve(turn, resume, event)
        case _:
            return turn


def _identify_step(
    turn: Turn, screen: AwaitingCard | ReadingCard | EnteringPin | ReadingIdCard | FindingPerson, event: Event
) -> Turn:
    match screen:
        case AwaitingCard():
            return identify.awaiting_card(turn, screen, event)
        case ReadingCard() | EnteringPin() | ReadingIdCard():
            return identify.at_a_reader(turn, screen, event)
        case FindingPerson():
            return identify.finding_person(turn, screen, event)


def _bills_step(
    turn: Turn, screen: FindingBills | ChoosingBill | ScanningKey | ChoosingInsurance | ReadingDays, event: Event
) -> Turn:
    match screen:
        case FindingBills():
            return bills.finding_bills(turn, screen, event)
        case ChoosingBill():
            return bills.choosing_bill(turn, screen, event)
        case ScanningKey():
            return bills.scanning_key(turn, screen, event)
        case ChoosingInsurance():
            return bills.choosing_insurance(turn, screen, event)
        case ListedDays() | QuotedDays():
            return days.reading(turn, screen, event)


def _offer_step(turn: Turn, screen: Quoting | Explaining | Confirming | DepositOffered, event: Event) -> Turn:
    match screen:
        case Quoting():
            return pay.quoting(turn, screen, event)
        case Explaining():
            return pay.explaining(turn, screen, event)
        case Confirming():
            return pay.confirming(turn, screen, event)
        case DepositOffered():
            return deposits.offered(turn, screen, event)


def _pay_step(
    turn: Turn, screen: ChoosingMethod | AwaitingCode | ShowingCode | AtTerminal | Collecting, event: Event
) -> Turn:
    match screen:
        case ChoosingMethod():
            return pay.choosing_method(turn, screen, event)
        case AwaitingCode():
            return pay.awaiting_code(turn, screen, event)
        case ShowingCode() | AtTerminal():
            return pay.paying_elsewhere(turn, screen, event)
        case Collecting():
            return pay.collecting(turn, screen, event)


def _outcome_step(turn: Turn, screen: Settling | StillAsking | Cancelling | AtWindow | NextSteps, event: Event) -> Turn:
    match screen:
        case Settling():
            return outcome.settling(turn, screen, event)
        case StillAsking():
            return outcome.still_asking(turn, screen, event)
        case Cancelling():
            return outcome.cancelling(turn, screen, event)
        case AtWindow():
            return outcome.at_window(turn, screen, event)
        case NextSteps():
            return outcome.next_steps(turn, screen, event)


def _insurer_step(turn: Turn, screen: OfInsurer, event: Event) -> Turn:
    match screen:
        case InsurerConsent():
            return insurer.consenting(turn, screen, event)
        case AskingInsurer():
            return insurer.asking(turn, screen, event)
        case InsurerRefused():
            return insurer.refused(turn, screen, event)


def _stay_step(
    turn: Turn,
    screen: AgentCard | AgentRelation | FindingAdmission | AdmissionOffered | Admitting | Admitted,
    event: Event,
) -> Turn:
    match screen:
        case AgentCard():
            return agent.asking_card(turn, screen, event)
        case AgentRelation(door=Door.RECEIPTS | Door.REFUND):
            return reprint.relation(turn, screen, event)
        case AgentRelation():
            return bills.relation(turn, screen, event)
        case FindingAdmission():
            return admission.finding(turn, screen, event)
        case AdmissionOffered():
            return admission.offered(turn, screen, event)
        case Admitting():
            return admission.registering(turn, screen, event)
        case Admitted():
            return admission.admitted(turn, screen, event)


def _paid_step(turn: Turn, screen: OfPaid | OfPhone, event: Event) -> Turn:
    match screen:
        case HandingToPhone() | AtPhone() | AskingBack():
            return phone.step(turn, screen, event)
        case FindingPaid():
            return reprint.finding(turn, screen, event)
        case ChoosingPaid():
            return reprint.choosing(turn, screen, event)
        case Reprinting():
            return reprint.reprinting(turn, screen, event)


def _face_step(turn: Turn, screen: OfFace, event: Event) -> Turn:
    match screen:
        case FaceAgent():
            return face.asking_agent(turn, screen, event)
        case FaceConsent():
            return face.consenting(turn, screen, event)
        case FaceChecking():
            return face.checking(turn, screen, event)
        case FaceAgain():
            return face.again(turn, screen, event)
        case FaceDone() | FaceElsewhere():
            return face.ended(turn, screen, event)
