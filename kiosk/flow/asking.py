"""What is asked before anybody is identified."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.rules import Door
from kiosk.flow.ticket import Ticket


@dataclass(frozen=True, slots=True)
class AskingWhose:
    """For oneself, or for a relative? Only where the hospital lets relatives in. `id_card`: one lies on the plate."""

    ticket: Ticket
    door: Door
    id_card: bool = False
