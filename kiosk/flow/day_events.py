"""What a person does with a stay's day list."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.insurer_events import InsurerIntent
from kiosk.flow.phone_events import PhoneWanted


@dataclass(frozen=True, slots=True)
class DaysWanted:
    """See a stay's bill day by day."""

    batch_no: str


@dataclass(frozen=True, slots=True)
class DayTurned:
    """The day before, or the one after (`later`)."""

    later: bool


BillIntent = InsurerIntent | PhoneWanted | DaysWanted | DayTurned
"""What may be wanted of a bill besides paying it."""
