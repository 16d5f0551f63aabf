"""Who is there: the card is asked for and read, then the platform is asked who it belongs to."""

from __future__ import annotations

from typing import assert_never

from kiosk.domain.codes import CertType
from kiosk.domain.insured import CardField, CardIdentity, Credential, Person
from kiosk.faults import FaultCode
from kiosk.flow import pay, session
from kiosk.flow.effects import FindPerson, ReadCard
from kiosk.flow.events import CardWasRead, Event, Left, PersonWasSought, Stayed, WentBack, Woke
from kiosk.flow.rules import Door
from kiosk.flow.states import AwaitingCard, FindingPerson, ReadingCard
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardNotRead, CardRead, CardRemoved
from kiosk.ports.settlement import PersonFound, PersonMissing


def begin(turn: session.Turn, door: Door) -> session.Turn:
    """A card that is in already is read at once."""
    return _read(turn, door) if turn.state.fixtures.card_in else _await(turn, door)


def _await(turn: session.Turn, door: Door, again: FaultCode | None = None) -> session.Turn:
    turn, ticket = turn.wake(turn.state.rules.insert_card)
    return turn.show(AwaitingCard(ticket, door, again))


def _read(turn: session.Turn, door: Door) -> session.Turn:
    turn, ticket = turn.draw()
    return turn.ask(ReadCard(ticket)).show(ReadingCard(ticket, door))


def awaiting_card(turn: session.Turn, screen: AwaitingCard, event: Event) -> session.Turn:
    match event:
        case CardInserted():
            return _read(turn, screen.door)
        case Woke():
            return session.doubt(turn, screen)
        case Left() | WentBack():
            return session.part(turn)
        case Stayed():
            return _await(turn, screen.door, screen.again)
        case _:
            return turn


def reading_card(turn: session.Turn, screen: ReadingCard, event: Event) -> session.Turn:
    match event:
        case CardWasRead(_, CardRead(identity)):
            return _seek(turn, screen.door, identity)
        case CardWasRead(_, CardNotRead(FaultCode.CARD_READER_GONE)):
            return session.fail(turn, FaultCode.CARD_READER_GONE)
        case CardWasRead(_, CardNotRead(fault)):
            return _await(turn, screen.door, fault)
        case CardWasRead(_, None):
            return _await(turn, screen.door, FaultCode.CARD_UNREADABLE)
        case CardRemoved():
            return _await(turn, screen.door, FaultCode.CARD_PULLED)
        case _:
            return turn


def _seek(turn: session.Turn, door: Door, identity: CardIdentity) -> session.Turn:
    credential = credential_of(identity)
    if credential is None:
        return session.fail(turn, FaultCode.CARD_INCOMPLETE)
    turn, ticket = turn.draw()
    return turn.ask(FindPerson(ticket, credential)).show(FindingPerson(ticket, door, identity))


def credential_of(identity: CardIdentity) -> Credential | None:
    """What 1101 is asked with: the card's number, its 卡识别码 and the name; None when the card keeps its number."""
    if identity.card_number is None or CardField.CARD_NUMBER in identity.missing:
        return None
    return Credential(CertType.SOCIAL_CARD, identity.card_number, identity.card_serial, identity.name)


def finding_person(turn: session.Turn, screen: FindingPerson, event: Event) -> session.Turn:
    if not isinstance(event, PersonWasSought):
        return turn
    match event.answer:
        case PersonFound(person) if _same(person, screen.identity):
            return pay.begin(turn, person)
        case PersonFound():
            return session.fail(turn, FaultCode.PERSON_MISMATCH)
        case PersonMissing(fault, reason):
            return session.fail(turn, fault, reason=reason)
        case Refused(fault, reason):
            return session.fail(turn, fault, reason=reason)
        case NotSent(fault) | Unknown(fault):
            return session.fail(turn, fault, can_retry=True)
        case _ as never:
            assert_never(never)


def _same(person: Person, identity: CardIdentity) -> bool:
    """Whether card and platform mean one person, as far as the card tells."""
    return identity.resident_id in {None, person.certno}
