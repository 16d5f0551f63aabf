"""Whether a living person is there, and the one of the card: asked first, tried twice at most, never the only way."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.admission import Seen
from kiosk.domain.insured import Person
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.flow import admission, agent, bills
from kiosk.flow.effects import CheckFace, StopFace, WarmFace
from kiosk.flow.events import (
    AnotherWayChosen,
    Continued,
    Event,
    FaceAgreed,
    FaceFollowed,
    FaceWasChecked,
    IdCardWasRead,
    Left,
    Retried,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.face_states import (
    AMISS,
    Agreed,
    Asks,
    FaceAgain,
    FaceAgent,
    FaceChecking,
    FaceConsent,
    FaceDone,
    FaceElsewhere,
)
from kiosk.flow.rules import Whose
from kiosk.flow.services.desk import Vouching
from kiosk.flow.services.vouching import attest
from kiosk.flow.turn import Turn, doubt, part, wait_anew
from kiosk.ports.face import (
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceProgress,
    FaceRefused,
    FaceTask,
    Purpose,
)
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading

_OF_AGE = 14
"""Below, a guardian decides (order 19 of 2025, article 7): nobody is asked here."""
_NOTHING_AMISS = frozenset({None, FaultCode.FACE_CHILD})
"""Nobody was looked at, and nobody has to be: whoever says no is served like whoever says yes."""
_TRIES = 2
_TRY_SECONDS = 40.0


def begin(turn: Turn, person: Person, reference: Portrait | None) -> Turn:
    """Ask, where the person may be asked and the machine can look; whoever came for them shows who they are first."""
    if turn.state.whose is Whose.RELATIVE:
        return _ask_agent(turn, person)
    if not _wanted(turn):
        return admission.begin(turn, person, Seen.CARD)
    fault = FaultCode.FACE_CHILD if person.age < _OF_AGE else _cannot_look(turn)
    if fault or turn.state.access.keypad:  # who works by keys may not see the circle to look into
        return _elsewhere(turn, person, fault)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.ask(WarmFace()).show(FaceConsent(ticket, person, reference, _asks(turn)))


def begin_settling(turn: Turn, person: Person) -> Turn:
    """The certified terminal may be asked for its word before anything is paid. Nobody has to: the card settles too."""
    asked = turn.state.whose is Whose.SELF and person.age >= _OF_AGE and not turn.state.access.keypad
    if not asked or _cannot_look(turn):
        return bills.begin(turn, person)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(FaceConsent(ticket, person, None, Asks.SETTLING))


def _wanted(turn: Turn) -> bool:
    """A site without anything that looks at faces registers by card alone."""
    return turn.state.rules.certified_faces or "face" in turn.state.fixtures.health


def _ask_agent(turn: Turn, person: Person, again: FaultCode | None = None, *, patients: bool = False) -> Turn:
    """A certified terminal knows the insured alone, and a plate is needed: else the desk looks at both cards."""
    plate, fault = turn.state.fixtures.health.get("id_reader"), _cannot_look(turn)
    if plate is None or not plate.usable:
        fault = FaultCode.ID_READER_GONE
    if fault or turn.state.rules.certified_faces or turn.state.access.keypad:
        return _elsewhere(turn, person, fault)
    turn, ticket = turn.wake(turn.state.rules.insert_card)
    return turn.show(FaceAgent(ticket, person, None, again, patients))


def asking_agent(turn: Turn, screen: FaceAgent, event: Event) -> Turn:
    match event:
        case IdCardPlaced() if screen.reading is None:
            return agent.read_card(turn, screen)
        case IdCardWasRead(ticket, IdCardRead(identity), expired=True) if ticket == screen.reading and agent.refused(
            turn, identity, screen.person
        ):
            return _ask_agent(turn, screen.person, FaultCode.CARD_EXPIRED)
        case IdCardWasRead(ticket, reading, age) if ticket == screen.reading:
            return _agent_read(turn, screen, reading, age)
        case AnotherWayChosen():
            return _elsewhere(turn, screen.person, None)
        case Left() | WentBack():
            return part(turn)
        case Woke() if screen.reading is not None:
            return _elsewhere(turn, screen.person, FaultCode.ID_READER_GONE)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return _ask_agent(turn, screen.person, screen.again, patients=screen.patients)
        case _:
            return turn


def _agent_read(turn: Turn, screen: FaceAgent, reading: IdCardReading | None, age: int | None) -> Turn:
    match reading:
        case IdCardRead(identity) if identity.number == screen.person.certno:
            return _ask_agent(turn, screen.person, patients=True)
        case IdCardRead() if age is None or age < _OF_AGE:
            return _elsewhere(turn, screen.person, FaultCode.FACE_CHILD)
        case IdCardRead(_, portrait):
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.ask(WarmFace()).show(FaceConsent(ticket, screen.person, portrait, Asks.AGENT))
        case IdCardNotRead(fault):
            return _ask_agent(turn, screen.person, fault)
        case None:
            return _ask_agent(turn, screen.person, FaultCode.ID_CARD_UNREADABLE)


def ask_doctor(turn: Turn, desk: Vouching, picture: Portrait) -> Turn:
    """The doctor's own yes to being looked at; whose application it is stays the patient's."""
    person, fault = desk.filing.person, _cannot_look(turn)
    if fault:
        return _elsewhere(turn, person, fault, doctor=True)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.ask(WarmFace()).show(FaceConsent(ticket, person, picture, Asks.DOCTOR, desk))


def _asks(turn: Turn) -> Asks:
    rules = turn.state.rules
    if rules.certified_faces:
        return Asks.CERTIFIED
    return Asks.SECOND if rules.second_consent else Asks.OURS


def _cannot_look(turn: Turn) -> FaultCode | None:
    health = turn.state.fixtures.health
    camera, face = health.get("camera"), health.get("face")
    if turn.state.rules.certified_faces:  # a terminal cannot be asked how it is before it is used
        return FaultCode.FACE_TERMINAL_GONE if face is None or face.warnings else None
    if face is None or not face.usable:
        return FaultCode.FACE_MODELS_MISSING
    return None if camera is not None and camera.usable else FaultCode.CAMERA_GONE


def consenting(turn: Turn, screen: FaceConsent, event: Event) -> Turn:
    match event:
        case FaceAgreed(_, needs, seconded):
            asks = screen.asks
            twice, settling = seconded and asks is Asks.SECOND, asks is Asks.SETTLING
            agreed = Agreed(needs, twice, asks is Asks.AGENT, screen.vouching, settling)
            return _look(turn, screen.person, screen.reference, agreed, tries=1)
        case AnotherWayChosen():
            settling = screen.asks is Asks.SETTLING
            return _otherwise(turn, screen.person, None, Agreed(vouching=screen.vouching, settling=settling))
        case Left() | WentBack():
            return part(turn)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def _look(turn: Turn, person: Person, reference: Portrait | None, agreed: Agreed, *, tries: int) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.wake(_TRY_SECONDS * 2)
    if agreed.vouching:
        task = FaceTask(Purpose.DOCTOR, reference, agreed.needs)
    elif agreed.agent:  # who they are is their card's to say, and nobody's outside the kiosk
        task = FaceTask(Purpose.PROXY, reference, agreed.needs)
    elif agreed.settling:
        task = FaceTask(Purpose.SETTLING, None, agreed.needs, person)
    else:
        task = FaceTask(Purpose.ADMISSION, reference, agreed.needs, person, agreed.seconded)
    nothing_yet = FaceProgress(0, 0)
    turn = turn.ask(CheckFace(ticket, task, _TRY_SECONDS))
    certified = turn.state.rules.certified_faces
    return turn.show(FaceChecking(ticket, patience, person, nothing_yet, reference, agreed, tries, certified))


def checking(turn: Turn, screen: FaceChecking, event: Event) -> Turn:
    match event:
        case FaceFollowed(_, progress):
            return turn.show(replace(screen, progress=progress))
        case FaceWasChecked(_, answer):
            return _answered(turn, screen, answer)
        case AnotherWayChosen():
            return _otherwise(turn.ask(StopFace()), screen.person, None, screen.agreed)
        case Left() | WentBack():
            return part(turn.ask(StopFace()))
        case Woke():
            return _otherwise(turn.ask(StopFace()), screen.person, FaultCode.CAMERA_GONE, screen.agreed)
        case _:
            return turn


def _answered(turn: Turn, screen: FaceChecking, answer: FaceAnswer | None) -> Turn:
    vouching = screen.agreed.vouching
    match answer:
        case FaceAccepted(evidence) if vouching and evidence.compared:
            return attest(turn, vouching, evidence)
        case FaceAccepted() if vouching:  # somebody is there, and nobody can say whether it is the doctor
            return _elsewhere(turn, screen.person, FaultCode.DOCTOR_UNKNOWN, doctor=True)
        case FaceAccepted(holder=None) if screen.agreed.settling:  # no word that a settlement could rest on
            return bills.begin(turn, screen.person)
        case FaceAccepted(evidence, _, holder):
            turn, ticket = turn.wake(turn.state.rules.next_steps_page)
            sure = evidence.provider.authorises
            return turn.show(FaceDone(ticket, screen.person, evidence.compared, sure, screen.agreed.agent, holder))
        case FaceRefused(_, fault) if screen.tries < _TRIES:
            turn, ticket = turn.wake(turn.state.rules.failure_page)
            again = FaceAgain(ticket, screen.person, fault, screen.reference, screen.agreed, screen.tries)
            return turn.show(again)
        case FaceRefused(_, fault) | FaceNotTried(fault):
            return _otherwise(turn, screen.person, fault, screen.agreed)
        case None:
            return _otherwise(turn, screen.person, FaultCode.CAMERA_GONE, screen.agreed)


def again(turn: Turn, screen: FaceAgain, event: Event) -> Turn:
    match event:
        case Retried():
            return _look(turn, screen.person, screen.reference, screen.agreed, tries=screen.tries + 1)
        case AnotherWayChosen():
            return _otherwise(turn, screen.person, screen.fault, screen.agreed)
        case Left() | WentBack():
            return part(turn)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.failure_page)
        case _:
            return turn


def _otherwise(turn: Turn, person: Person, fault: FaultCode | None, agreed: Agreed) -> Turn:
    """Whoever would have paid on the terminal's word pays with the card, unless it found that the face is another's."""
    if agreed.settling and fault not in AMISS:
        return bills.begin(turn, person)
    return _elsewhere(turn, person, fault, doctor=agreed.vouching is not None)


def _elsewhere(turn: Turn, person: Person, fault: FaultCode | None, *, doctor: bool = False) -> Turn:
    """The picture of the card is let go of here, as it is when the check ends well."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    goes_on = fault in _NOTHING_AMISS and turn.state.whose is Whose.SELF and not doctor
    return turn.show(FaceElsewhere(ticket, person, fault, doctor, goes_on))


def _seen(screen: FaceDone) -> Seen:
    if screen.authorised:
        return Seen.TERMINAL
    return Seen.COMPARED if screen.compared else Seen.PRESENT


def ended(turn: Turn, screen: FaceDone | FaceElsewhere, event: Event) -> Turn:
    match event:
        case Continued() if isinstance(screen, FaceDone) and screen.holder is not None:
            return bills.begin(turn, replace(screen.person, credential=screen.holder.credential))
        case Continued() if isinstance(screen, FaceDone):
            return admission.begin(turn, screen.person, _seen(screen))
        case Continued() if isinstance(screen, FaceElsewhere) and screen.goes_on:
            return admission.begin(turn, screen.person, Seen.CARD)
        case Continued() | Left():
            return part(turn)
        case Woke(ticket) if ticket == screen.ticket:
            return part(turn)
        case _:
            return turn
