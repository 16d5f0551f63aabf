"""A sensor that tells whether anybody stands before the kiosk; not who, and not how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class PersonCame:
    """Somebody is there, who was not before."""


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Nobody is there any more, and has not been for as long as the sensor's settings want."""


PresenceEvent = PersonCame | PersonLeft


class PresenceSensor(Protocol):
    """It begins with nobody there: whoever stands there when it is opened has come."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def wait(self, deadline: Monotonic, cancel: Cancel) -> PresenceEvent | None:
        """The next change, each told once and in turn; None at the deadline, when cancelled, or when it is lost."""
        ...
