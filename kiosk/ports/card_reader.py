"""A reader of social security cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import CardIdentity
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class CardInserted:
    """A card lies in the slot; nothing is known of it yet."""


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The slot is empty again."""


CardEvent = CardInserted | CardRemoved


@dataclass(frozen=True, slots=True)
class CardRead:
    identity: CardIdentity


@dataclass(frozen=True, slots=True)
class CardNotRead:
    """Why not: CARD_UNREADABLE, CARD_FOREIGN, CARD_PULLED or CARD_READER_GONE."""

    fault: FaultCode


CardReading = CardRead | CardNotRead


class CardReader(Protocol):
    """Used by one thread; only `Cancel` crosses threads.

    `wait` gives the next change of the slot, None at the deadline or when cancelled; a card that lies there at `open`
    is reported as inserted by the first wait. Losing the reader is no event: `wait` returns None early and `status`
    tells. `open` twice, `close` twice and `open` after `close` are allowed; a reader that is not there opens all the
    same and is found when it comes.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def wait(self, deadline: Monotonic, cancel: Cancel) -> CardEvent | None: ...

    def read(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        """Read the card in the slot once, without retries; None at the deadline or when cancelled."""
        ...
