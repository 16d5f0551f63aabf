"""A reader of resident ID cards that are laid on a plate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import IdCardIdentity
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class IdCardPlaced:
    """A card lies on the plate that was not read yet; nothing is known of it."""


@dataclass(frozen=True, slots=True)
class IdCardRead:
    """`portrait` is the card's photograph as the reader gave it, None where the card holds none; keep it in memory."""

    identity: IdCardIdentity
    portrait: Portrait | None = None


@dataclass(frozen=True, slots=True)
class IdCardNotRead:
    """Why not: ID_CARD_UNREADABLE, ID_CARD_LIFTED, ID_CARD_UNKNOWN or ID_READER_GONE."""

    fault: FaultCode


IdCardReading = IdCardRead | IdCardNotRead


class IdReader(Protocol):
    """Used by one thread; only `Cancel` crosses threads.

    Nobody can ask whether a card still lies there: most readers answer "none" for a card that they have read until it
    is lifted. So there is no event for lifting, and a card that `read` has tried counts as placed again only once the
    plate was seen empty: what somebody forgot there is not taken for the next person's.

    Losing the reader is no event: `wait` returns None early and `status` tells. `open` twice, `close` twice and `open`
    after `close` are allowed; a reader that is not there opens all the same and is found when it comes.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def wait(self, deadline: Monotonic, cancel: Cancel) -> IdCardPlaced | None:
        """That a card lies there, again at each call until it was read; None at the deadline or when cancelled."""
        ...

    def read(self, deadline: Monotonic, cancel: Cancel) -> IdCardReading | None:
        """Read the card on the plate once, without retries; None at the deadline or when cancelled."""
        ...
