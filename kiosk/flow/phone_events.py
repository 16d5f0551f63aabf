"""What a patient wants with a bill and their phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhoneWanted:
    """Pay it on the phone instead: the bill goes there, and nothing is taken here."""
