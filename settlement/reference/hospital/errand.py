"""What every handler of the hospital is given, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from settlement.reference.people import World


class Declined(Exception):
    """`refused` of a reply, in words that a patient may read."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One request to the hospital, inside its database transaction."""

    session: Session
    now: datetime
    world: World
