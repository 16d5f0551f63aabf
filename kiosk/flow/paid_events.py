"""What the hospital answers about bills that were paid."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import PaidBills


@dataclass(frozen=True, slots=True)
class PaidWereSought:
    ticket: Ticket
    answer: PaidBills | NotSent | Refused | Unknown
