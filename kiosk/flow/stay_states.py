"""The states of what a stay in hospital asks for besides its bill. Each is a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.admission import Admission, AdmissionOrder, Seen
from kiosk.domain.benefits import NOTHING_ON_FILE, OnFile
from kiosk.domain.insured import Person
from kiosk.domain.pages import Choice
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.offer import Offer
from kiosk.flow.rules import Door
from kiosk.flow.ticket import Ticket
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class DepositOffered:
    """The hospital asks for a deposit: this much, for this reason. It is held, and nothing is owed.

    `money` waits for the saga, `ticket` is the page's patience.
    """

    ticket: Ticket
    money: Ticket
    offer: Offer


@dataclass(frozen=True, slots=True)
class FindingAdmission:
    """The hospital is asked which stay was ordered. `seen` is how the person was made sure of."""

    ticket: Ticket
    person: Person
    patience: Ticket
    seen: Seen


@dataclass(frozen=True, slots=True)
class AdmissionOffered:
    """This is the stay that was ordered: register it? With `obstacles` it cannot be yet, and the page says why."""

    ticket: Ticket
    person: Person
    order: AdmissionOrder
    seen: Seen


@dataclass(frozen=True, slots=True)
class Admitting:
    """The hospital registers the stay. `order` is kept for another try: it is the same stay then."""

    ticket: Ticket
    person: Person
    order: AdmissionOrder
    patience: Ticket
    seen: Seen


@dataclass(frozen=True, slots=True)
class Admitted:
    """The stay is registered: where to go, what to take along, and the deposit where one is asked for.

    `slip` waits for the printer, `printed` is what it did; `late` as on other last pages.
    """

    ticket: Ticket
    person: Person
    admission: Admission
    slip: Ticket
    printed: SlipResult | None = None
    late: bool = False

    @property
    def printing(self) -> bool:
        return self.printed is None


@dataclass(frozen=True, slots=True)
class AgentCard:
    """Whoever stands here for the patient lays down an ID card of their own. `reading` brings the card, `again` says
    why the last did not do, `patients`: it was the patient's. `batches`, `on_file` and `door` are for what follows.
    """

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    on_file: OnFile = NOTHING_ON_FILE
    reading: Ticket | None = None
    again: FaultCode | None = None
    patients: bool = False
    door: Door = Door.OUTPATIENT


@dataclass(frozen=True, slots=True)
class AgentRelation:
    """Who the agent is to the patient: `name` and `number` are of the card that was read."""

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    on_file: OnFile
    name: PersonName
    number: ResidentId
    page: Choice
    door: Door = Door.OUTPATIENT


def agents_remedy(again: FaultCode) -> str:
    """The sentence what an agent does when their card did not do: in place of one out of date another relative may lay
    down theirs.
    """
    return "agent.expired_do" if again is FaultCode.CARD_EXPIRED else f"fault.{again}.do"


StayAsking = DepositOffered | AdmissionOffered | AgentCard | AgentRelation
"""Those in which the kiosk waits for somebody."""
OfStay = StayAsking | FindingAdmission | Admitting | Admitted
