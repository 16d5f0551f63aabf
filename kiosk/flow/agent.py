"""Somebody else stands here than the patient: whose card it is, who they are to the patient, what they see.

They settle a stay, or want the papers of what was paid. A number or a wristband leads to the stay and proves nothing:
the patient's own voucher is read before, the agent's ID card here, and both are written down with the relation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from kiosk.domain.agent import Agent, Relation, Sight
from kiosk.domain.benefits import NOTHING_ON_FILE, OnFile
from kiosk.domain.insured import IdCardIdentity, Person
from kiosk.domain.pages import Choice, Heading, Option
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import ReadIdCard
from kiosk.flow.events import (
    AnotherWayChosen,
    Event,
    IdCardWasRead,
    Left,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.face_states import FaceAgent
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.stay_states import AgentCard, AgentRelation
from kiosk.flow.turn import Turn, doubt, fail, part, wait_anew
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading

ToldT = TypeVar("ToldT", Quote, Settlement)

_OF_AGE = 18
"""Below, nobody can act for another (civil code, articles 17 to 19)."""


def wanted(turn: Turn, person: Person, batches: tuple[FeeBatch, ...]) -> bool:
    """Whether these are a stay's, and somebody stands here for its patient who has not shown who they are."""
    for_another = turn.state.whose is Whose.RELATIVE and person.agent is None
    return for_another and any(batch.stay is not None for batch in batches)


def seen(batch: FeeBatch, rules: Rules) -> FeeBatch:
    """What of a stay goes any further: what an agent may not see is in no page and on no paper of this visit."""
    return batch if batch.stay is None else withheld(batch, rules)


def withheld(batch: FeeBatch, rules: Rules) -> FeeBatch:
    """A bill without what its patient alone may see."""
    lines = batch.lines if Sight.LINES in rules.agent_sees else ()
    return replace(batch, lines=lines, disease=batch.disease if Sight.DISEASE in rules.agent_sees else "")


def unnamed(turn: Turn, told: ToldT, person: Person) -> ToldT:
    """A quote or settlement without the owner of a relative's account, where whoever stands here may not see who."""
    for_another = turn.state.whose is Whose.RELATIVE or person.agent is not None
    hidden = for_another and Sight.FAMILY not in turn.state.rules.agent_sees
    return replace(told, family=()) if hidden else told


def begin(
    turn: Turn,
    person: Person,
    batches: tuple[FeeBatch, ...],
    on_file: OnFile = NOTHING_ON_FILE,
    again: FaultCode | None = None,
    *,
    patients: bool = False,
    door: Door = Door.OUTPATIENT,
) -> Turn:
    plate = turn.state.fixtures.health.get("id_reader")
    if plate is None or not plate.usable:
        return fail(turn, FaultCode.ID_READER_GONE)
    turn, ticket = turn.wake(turn.state.rules.insert_card)
    return turn.show(AgentCard(ticket, person, batches, on_file, None, again, patients, door))


def _anew(turn: Turn, screen: AgentCard, again: FaultCode | None = None, *, patients: bool = False) -> Turn:
    return begin(turn, screen.person, screen.batches, screen.on_file, again, patients=patients, door=screen.door)


def asking_card(turn: Turn, screen: AgentCard, event: Event) -> Turn:
    match event:
        case IdCardPlaced() if screen.reading is None:
            return read_card(turn, screen)
        case IdCardWasRead(ticket, IdCardRead(identity), expired=True) if ticket == screen.reading and refused(
            turn, identity, screen.person
        ):
            return _anew(turn, screen, FaultCode.CARD_EXPIRED)
        case IdCardWasRead(ticket, reading, age) if ticket == screen.reading:
            return _read(turn, screen, reading, age)
        case AnotherWayChosen() | Left() | WentBack():
            return part(turn)
        case Woke() if screen.reading is not None:
            return fail(turn, FaultCode.ID_READER_GONE)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return _anew(turn, screen, screen.again, patients=screen.patients)
        case _:
            return turn


def read_card(turn: Turn, screen: AgentCard | FaceAgent) -> Turn:
    """The card of whoever came for the patient lies on the plate: the page stays while it is read."""
    turn, reading = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(ReadIdCard(reading)).show(replace(screen, ticket=patience, reading=reading))


def refused(turn: Turn, identity: IdCardIdentity, person: Person) -> bool:
    """Whether an agent's card that is past its last day is none here. That it is the patient's matters more."""
    return identity.number != person.certno and Whose.RELATIVE not in turn.state.rules.expired_id_cards


def _read(turn: Turn, screen: AgentCard, reading: IdCardReading | None, age: int | None) -> Turn:
    match reading:
        case IdCardRead(identity) if identity.number == screen.person.certno:
            return _anew(turn, screen, patients=True)
        case IdCardRead() if age is None or age < _OF_AGE:
            return fail(turn, FaultCode.AGENT_UNDER_AGE)
        case IdCardRead(identity):
            turn, ticket = turn.wake(turn.state.rules.read_page)
            page = relations(turn.state.rules.book)
            name, number = identity.name, identity.number
            bills, on_file = screen.batches, screen.on_file
            return turn.show(AgentRelation(ticket, screen.person, bills, on_file, name, number, page, screen.door))
        case IdCardNotRead(fault):
            return _anew(turn, screen, fault)
        case None:
            return _anew(turn, screen, FaultCode.ID_CARD_UNREADABLE)


_CALLED = {
    Relation.CHILD: "agent.child",
    Relation.SPOUSE: "agent.spouse",
    Relation.PARENT: "agent.parent",
    Relation.SIBLING: "agent.sibling",
    Relation.OTHER: "agent.other",
}


def relations(book: Phrasebook) -> Choice:
    """What the agent may be to the patient."""
    options = tuple(Option(one.value, book.say(called)) for one, called in _CALLED.items())
    heading = Heading(book.say("agent.head"))
    return Choice(heading, book.say("agent.relation"), options, book.say("agent.relation_hint"))


def agent_of(screen: AgentRelation, key: str) -> Person | None:
    """The patient with whoever came for them; None for an answer that was not offered."""
    if key not in set(Relation):
        return None
    return replace(screen.person, agent=Agent(screen.name, screen.number, Relation(key)))


def waiting(turn: Turn, screen: AgentRelation, event: Event) -> Turn:
    """Everything but the answer, which leads to the bills."""
    match event:
        case Left() | WentBack():
            return part(turn)
        case Woke():
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn
