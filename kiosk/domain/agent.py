"""Whoever settles for a patient who cannot come (代办人): read from an ID card of their own, and asked who they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.personal import PersonName, ResidentId


class Relation(StrEnum):
    """What the agent says they are to the patient. It is written down and proves nothing."""

    CHILD = "child"
    SPOUSE = "spouse"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER = "other"


class Sight(StrEnum):
    """What of a bill an agent may see besides wards, days and sums; the pack says which. FAMILY: whose account paid."""

    LINES = "lines"
    DISEASE = "disease"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Agent:
    name: PersonName
    number: ResidentId
    relation: Relation
