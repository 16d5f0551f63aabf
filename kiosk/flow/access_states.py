"""How a person is served, and what may lie over their page: somebody is called, or staff come in."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.speech import USUAL_LEVEL
from kiosk.flow.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Helping:
    """A person is called. The page says where this machine stands and what to tell them; `ticket` ends it."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class StaffDoor:
    """A code is wanted: typed, or a badge before the scanner (`scan`, None where the page beneath uses the scanner).

    `checking` waits for the answer, `refused` says that the last code was nobody's, `wait` for how many seconds no
    other is taken.
    """

    ticket: Ticket
    scan: Ticket | None = None
    checking: Ticket | None = None
    refused: bool = False
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class StaffInside:
    """Who showed a code that is on the list looks after the machine; `ticket` closes the door behind them."""

    ticket: Ticket
    who: str


Aid = Helping | StaffDoor | StaffInside
"""What may lie over any page; the visit beneath goes on, and its page waits."""


@dataclass(frozen=True, slots=True)
class Access:
    """How this person wants to be served, besides the look; it ends with the visit.

    `aloud` lets the loudspeaker say amounts and names. `offered`: 关怀 is suggested by age. `keypad` once a key was
    pressed. `ticket` ends what was chosen at a home page that nobody leaves.
    """

    speaking: bool = False
    aloud: bool = False
    low: bool = False
    keypad: bool = False
    offered: bool = False
    volume: int = USUAL_LEVEL
    rate: int = USUAL_LEVEL
    ticket: Ticket | None = None
