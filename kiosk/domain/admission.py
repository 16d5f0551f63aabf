"""The beginning of a stay in hospital: what a doctor ordered (住院证), and what the hospital registered.

The hospital registers and reports the stay (2401 is its own); the kiosk brings the person, and what was seen of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.visit import FeeBatch, NextStep


class Seen(StrEnum):
    """How it was made sure that the person, or whoever came for them, is there. The hospital decides what that counts.

    TERMINAL: the certified terminal says so. COMPARED, PRESENT: our camera, with a picture of a card or without one.
    CARD: their card was read, and nobody looked.
    """

    TERMINAL = "terminal"
    COMPARED = "compared"
    PRESENT = "present"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class AdmissionOrder:
    """A stay that a doctor ordered. `obstacles` are the hospital's reasons, in words, why it cannot begin here yet."""

    number: str
    ward: str
    doctor: str
    ordered: datetime
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admission:
    """The hospital's word that the stay is registered. `visit_no` is its 住院号, which looks things up and proves
    nothing. `deposit` is what it asks for now; nobody who is treated first and pays later is asked.
    """

    visit_no: str
    ward: str
    bed: str
    steps: tuple[NextStep, ...] = ()
    deposit: FeeBatch | None = None
