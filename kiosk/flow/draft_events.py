"""What became of a form that is left half-way: whether the office has it, and with which code it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Kept


@dataclass(frozen=True, slots=True)
class DraftWasLeft:
    ticket: Ticket
    answer: Kept | NotSent | Refused | Unknown
