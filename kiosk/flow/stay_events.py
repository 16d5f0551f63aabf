"""What the hospital answers about a stay that begins, and all it answers besides bills."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.admission import Admission
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.sheets import DaysWerePrinted, OfficialWasPrinted
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Orders


@dataclass(frozen=True, slots=True)
class AdmissionWasSought:
    ticket: Ticket
    answer: Orders | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class StayWasRegistered:
    ticket: Ticket
    answer: Admission | NotSent | Refused | Unknown


HospitalTold = AdmissionWasSought | StayWasRegistered | PaidWereSought | OfficialWasPrinted | DaysWerePrinted
"""What comes back from the hospital besides bills, and what became of the official sheet and of a day list."""
