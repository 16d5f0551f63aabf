"""The slot of a card reader, whatever service or socket it is reached through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic


@dataclass(frozen=True, slots=True)
class PoweredCard:
    """A card that answers us alone; called with a C-APDU it gives the R-APDU.

    `ask_pin` has the reader take digits on its own keys, put them into a command and give the card's answer to it; None
    for a reader without keys. It waits as long as whoever powered the card does.
    """

    atr: bytes
    transmit: Callable[[bytes], bytes]
    ask_pin: Callable[[bytes], bytes] | None = None

    def __call__(self, apdu: bytes) -> bytes:
        return self.transmit(apdu)


class Occupancy(Enum):
    """What a reader says of its slot; a mute card occupies it too."""

    NO_READER = auto()
    EMPTY = auto()
    OCCUPIED = auto()


@dataclass(frozen=True, slots=True)
class SlotState:
    """`turn` differs for two cards that were never seen apart by an empty slot."""

    occupancy: Occupancy
    turn: int = 0


NO_READER = SlotState(Occupancy.NO_READER)


class CardSlot(Protocol):
    """Used by one thread. Nothing here fails for want of a reader: `look` says so, and `connect` raises
    DeviceGoneError.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def look(self) -> SlotState:
        """What is true now, without waiting."""
        ...

    def wait(self, seen: SlotState, deadline: Monotonic, cancel: Cancel) -> SlotState:
        """The first state that differs from `seen`; `seen` itself at the deadline or when cancelled."""
        ...

    def connect(self, deadline: Monotonic, cancel: Cancel) -> AbstractContextManager[PoweredCard]:
        """Power the card and talk to it alone. Raises, as does each transmission: DeviceGoneError, CardGoneError,
        CardMuteError, InterruptedTransferError.
        """
        ...
