"""A bill that a kiosk handed to its patient's phone: it waits there to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """Until when it can be paid on the phone, and where there, in the hospital's words. `link` opens the place by a
    scan; "" where the hospital has none. `number` is the order's at the mobile payment centre, for whoever is asked
    about it: without its token it pays nothing.
    """

    until: datetime
    where: str
    number: str
    link: str = ""
