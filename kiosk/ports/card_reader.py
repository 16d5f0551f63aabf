"""A reader of social security cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class PinAccepted:
    """The card takes the password."""


@dataclass(frozen=True, slots=True)
class PinWrong:
    """It does not, and says how often it may still be tried: at least once."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class PinBlocked:
    """The card takes no password any more; its issuer unblocks it."""


@dataclass(frozen=True, slots=True)
class PinNotEntered:
    """The red key, or nobody pressed anything for as long as the reader waits: the card was not asked."""


PinVerdict = PinAccepted | PinWrong | PinBlocked | PinNotEntered


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


@runtime_checkable
class PinVerifier(Protocol):
    """A reader with keys of its own, on which the holder enters the card's password: it goes from them into the card,
    and no digit of it comes to this process.
    """

    def verify_pin(self, deadline: Monotonic, cancel: Cancel) -> PinVerdict | CardNotRead | None:
        """Take one entry and show it to the card once, never again by itself: a card has few tries.

        PIN_PAD_GONE when this reader has no keys. None when cancelled or out of time: the reader takes no digits any
        more, and whether the card has counted a try is not known.
        """
        ...
