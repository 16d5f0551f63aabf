"""What the flow asks for once a person has read what their office lets them know."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.insured import Person


@dataclass(frozen=True, slots=True)
class NoticesRead:
    """Tell the office, when there is a line; nobody waits for it. What it does not hear it delivers once more."""

    person: Person
    notices: tuple[str, ...] = field(repr=False)
